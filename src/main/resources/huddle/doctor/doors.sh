# Prints the cluster's processes of this login and the TCP ports that they listen on: lines `process<TAB>pid<TAB>words of
# the command line` and `door<TAB>pid<TAB>address and port as the kernel has them`.
# In: ROOT.
LC_ALL=C
export LC_ALL
case $ROOT in
  '~/'*) ROOT=${HOME%/}/${ROOT#??} ;;
esac
cd /proc || exit 1
count=0
# Whatever the cluster starts has this in its environment, which only the same login can read.
for file in $(grep -lzxF "HUDDLE_HOME=$ROOT" [0-9]*/environ 2>/dev/null); do
  pid=${file%%/*}
  [ $((count += 1)) -le 500 ] || break
  inodes=$(ls -l "$pid/fd" 2>/dev/null | sed -n 's/.*socket:\[\([0-9]*\)\]$/\1/p' | tr '\n' ' ')
  [ -n "$inodes" ] || continue
  set --
  for table in net/tcp net/tcp6; do
    [ ! -r "$table" ] || set -- "$@" "$table"
  done
  doors=$(INODES=$inodes awk -v pid="$pid" '
    BEGIN { n = split(ENVIRON["INODES"], all, " "); for (i = 1; i <= n; i++) mine[all[i]] = 1 }
    $4 == "0A" && ($10 in mine) && count++ < 64 { print "door\t" pid "\t" $2 }' "$@")
  [ -n "$doors" ] || continue
  printf 'process\t%s\t%s\n' "$pid" "$(tr '\000-\037' ' ' <"$pid/cmdline" | tail -c 3000)"
  printf '%s\n' "$doors"
done
echo end
