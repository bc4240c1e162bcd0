#!/usr/bin/env bash
# Writes docs/images/report.png, the top of a demo report. Needs chromium: CHROMIUM=/path/to/it names another one.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
document=caja-poi-2022-seguimiento
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
"${VEEDOR:-.venv/bin/veedor}" run "corpus/samples/$document.txt" --out "$room/out" > /dev/null
# Chromium refuses its sandbox to the root user, as in a container.
alone=()
[ "$(id -u)" -ne 0 ] || alone=(--no-sandbox)
"${CHROMIUM:-chromium}" --headless "${alone[@]}" --user-data-dir="$room/profile" --hide-scrollbars --window-size=1200,1088 \
  --screenshot="$PWD/docs/images/report.png" "file://$room/out/$document/report.html" 2> /dev/null
ls -l docs/images/report.png
