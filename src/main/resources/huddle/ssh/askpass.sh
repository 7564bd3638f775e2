#!/bin/sh
# Gives ssh the password once, and only for the host it is for: never for a key's passphrase, an
# unknown host key, or a jump host (which is why the prompt must name the host where there is one).
case $1 in
  *yes/no* | *assphrase* | *PIN*) exit 1 ;;
esac
if [ -n "$HUDDLE_ASKPASS_HOST" ]; then
  case $1 in
    *"@$HUDDLE_ASKPASS_HOST's password: " | *"@$HUDDLE_ASKPASS_HOST) "*) ;;
    *) exit 1 ;;
  esac
fi
mv "$HUDDLE_ASKPASS" "$HUDDLE_ASKPASS.read" 2>/dev/null || exit 1
IFS= read -r password <"$HUDDLE_ASKPASS.read" || exit 1
printf '%s\n' "$password"
