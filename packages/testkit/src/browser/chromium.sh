#!/bin/sh
# Starts $CHROMIUM without the pages of the browser's own address bar.
# Chromium loads two such pages for each context, which cost ten times the page of a test. Of two lists of turned off
# features Chromium reads the last one, so this one repeats the list of the caller.
for argument; do
  case $argument in
    --disable-features=*) set -- "$@" "$argument,WebUIOmniboxPopup,WebUIOmniboxAimPopup" ;;
  esac
done
exec "$CHROMIUM" "$@"
