#!/usr/bin/env bash
# Writes docs/images/report.png, the top of a demo report, and page.png, a document on the review page.
# Needs chromium: CHROMIUM=/path/to/it names another one.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
document=caja-poi-2022-seguimiento
room=$(mktemp -d)
trap '[ -z "${server:-}" ] || kill "$server"; rm -rf "$room"' EXIT
"${VEEDOR:-.venv/bin/veedor}" run "corpus/samples/$document.txt" --out "$room/out" > /dev/null
# Chromium refuses its sandbox to the root user, as in a container.
alone=()
[ "$(id -u)" -ne 0 ] || alone=(--no-sandbox)
"${CHROMIUM:-chromium}" --headless "${alone[@]}" --user-data-dir="$room/profile" --hide-scrollbars --window-size=1200,1088 \
  --screenshot="$PWD/docs/images/report.png" "file://$room/out/$document/report.html" 2> /dev/null
"${VEEDOR:-.venv/bin/veedor}" corpus add corpus/samples/caja-poi-2022-cuadricula.pdf --store "$room/corpus.sqlite" > /dev/null 2>&1
"${VEEDOR:-.venv/bin/veedor}" serve --port 0 --store "$room/corpus.sqlite" > "$room/address" 2> /dev/null &
server=$!
until grep -qs http "$room/address"; do sleep 0.2; done
"${CHROMIUM:-chromium}" --headless "${alone[@]}" --user-data-dir="$room/profile" --hide-scrollbars --window-size=1300,850 --timeout=4000 \
  --screenshot="$PWD/docs/images/page.png" "$(grep -o 'http://[^ ]*' "$room/address")documents/1?row=6&cell=f6" 2> /dev/null
ls -l docs/images/report.png docs/images/page.png
