# Passes on what a driver notes of itself, until it or standard input ends.
# In: ROOT, ID.
folder=$ROOT/run/submit-$ID
me=$$
# What runs in the background has no standard input but this.
exec 3<&0
{
  cat >/dev/null
  kill "$me"
} <&3 >/dev/null 2>&1 &
exec 3<&-
seen=0
while [ -d "$folder" ]; do
  if [ -f "$folder/notes" ]; then
    now=$(wc -l <"$folder/notes")
    if [ "$now" -gt "$seen" ]; then
      tail -n +$((seen + 1)) "$folder/notes" | head -n $((now - seen))
      seen=$now
    fi
  fi
  sleep 0.5 2>/dev/null || sleep 1
done
