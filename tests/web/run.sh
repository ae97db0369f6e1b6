#!/bin/sh
# run.sh FIXTURE KRONIK BUILD_DIR [SCRIPT ARGUMENT...]: installs Playwright into the build folder (no browser: it drives
# the system's chromium) and runs page_test.js, or the script that is named. Exit 77 means skipped.
here=$(cd "$(dirname "$0")" && pwd)
skip() { echo "SKIPPED: $1"; exit 77; }
command -v node >/dev/null || skip "node is not installed (packages.txt: nodejs)"
for name in chromium chromium-browser google-chrome; do
  KRONIK_BROWSER=${KRONIK_BROWSER:-$(command -v $name)}
done
[ -n "$KRONIK_BROWSER" ] || skip "chromium is not installed (packages.txt: chromium)"
export KRONIK_BROWSER
cd "$3" || exit 2
if ! cmp -s "$here/package-lock.json" package-lock.json || [ ! -d node_modules/playwright-core ]; then
  command -v npm >/dev/null || skip "npm is not installed (packages.txt: npm)"
  cp "$here/package.json" . || exit 2
  cp "$here/package-lock.json" lock.tmp && cp lock.tmp package-lock.json
  npm ci --ignore-scripts --no-audit --no-fund >npm.log 2>&1 || {
    tail -3 npm.log
    rm -f package-lock.json
    skip "npm could not install playwright-core (no network?)"
  }
fi
rm -f page.db page.db-wal page.db-shm
"$1" page.db || exit 1
kronik=$2
script=${4:-$here/page_test.js}
[ $# -lt 4 ] && shift 3 || shift 4
NODE_PATH=$PWD/node_modules exec node "$script" "$kronik" page.db "$@"
