# Lets the operator in by key from now on. Reads: key, the public key's line; blob, its second word.
cd || exit 1
mkdir -p .ssh || exit 1
file=.ssh/authorized_keys
touch "$file" || exit 1
grep -qF -e "$blob" "$file" && exit 0
# A last line without an end would swallow the key.
if [ -s "$file" ] && [ -n "$(tail -c 1 "$file")" ]; then
  echo >>"$file" || exit 1
fi
printf '%s\n' "$key" >>"$file" || exit 1
# sshd ignores a file that others may write to.
chmod go-w .ssh "$file"
