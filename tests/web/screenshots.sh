#!/bin/sh
# Makes the pictures of the guide anew, from build/release: tests/web/screenshots.sh
root=$(cd "$(dirname "$0")/../.." && pwd)
mkdir -p "$root/doc/pictures"
exec "$root/tests/web/run.sh" "$root/build/release/tests/web/kronik_web_fixture" \
  "$root/build/release/kronik" "$root/build/release/tests/web" \
  "$root/tests/web/screenshots.js" "$root/doc/pictures"
