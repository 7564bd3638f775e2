"""Proves a cluster: a UDF that runs at least one task on each Worker, and a sum that must be right."""

import json
import os
import sys
import time

from pyspark.sql import SparkSession
from pyspark.sql.functions import col, udf

workers = int(sys.argv[1])
spark = SparkSession.builder.getOrCreate()


@udf("string")
def where(number):
    # Long enough that a free core elsewhere gets the next task.
    time.sleep(0.02)
    return json.dumps([os.environ.get("HUDDLE_HOST", "?"), sys.version.split()[0]])


seen = {}
tasks = 2 * workers
for attempt in range(20):
    numbers = spark.range(0, 4 * tasks, 1, tasks)
    for row in numbers.select(col("id"), where(col("id")).alias("at")).collect():
        host, python = json.loads(row["at"])
        seen[host] = python
    if len(seen) >= workers:
        break
total = spark.range(0, 1000, 1, tasks).selectExpr("sum(id)").collect()[0][0]
print("HUDDLE_PROOF " + json.dumps({"hosts": seen, "sum": total, "spark": spark.version}))
spark.stop()
