#!/bin/sh
# Brings a Chromium for the browser tests where there is none: the system's package manager, else Playwright's own.
# Without one the browser tests skip and say so; in CI (CI=true) that is an error.
set -u
python=$1
for name in chromium chromium-browser google-chrome chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
"$python" -c 'import sys
from playwright.sync_api import sync_playwright
with sync_playwright() as p:
    import os; sys.exit(not os.path.exists(p.chromium.executable_path))' 2>/dev/null && exit 0
if command -v apt-get >/dev/null 2>&1; then
    as_root=""
    [ "$(id -u)" = 0 ] || as_root="sudo -n"
    $as_root apt-get update -qq && $as_root apt-get install -y -qq chromium >/dev/null && exit 0
fi
"$python" -m playwright install chromium && exit 0
echo "No Chromium could be installed; the browser tests will be skipped." >&2
[ "${CI:-}" != true ]
