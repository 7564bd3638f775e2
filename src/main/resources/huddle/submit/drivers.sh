# Prints the record of each driver that Huddle started here, those that run first.
# In: ROOT (a leading ~/ is the home folder).
case $ROOT in
  "~/"*) ROOT=$HOME/${ROOT#"~/"} ;;
esac
alive() {
  pid= start=
  while IFS='=' read -r key value; do
    case $key in
      pid) pid=$value ;;
      start) start=$value ;;
    esac
  done <"$1"
  case $pid in '' | *[!0-9]*) return 1 ;; esac
  read -r stat 2>/dev/null <"/proc/$pid/stat" || return 1
  set -- ${stat##*) }
  [ "$1" != Z ] && [ "${20}" = "$start" ]
}
for file in "$ROOT"/run/driver-*; do
  [ -f "$file" ] || continue
  id=${file##*/driver-}
  echo "driver $id"
  head -c 4096 "$file"
  echo
  if alive "$file"; then echo alive=yes; fi
  notes=$ROOT/run/submit-$id/notes
  [ ! -f "$notes" ] || tail -n 20 "$notes" | sed 's/^/note /'
done
for file in "$ROOT"/logs/driver-*.end; do
  [ -f "$file" ] || continue
  id=${file##*/driver-}
  echo "driver ${id%.end}"
  head -c 8192 "$file"
  echo
done
