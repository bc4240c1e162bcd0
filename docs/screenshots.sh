#!/usr/bin/env bash
# Writes the pictures of docs/images from the samples. Needs chromium: CHROMIUM=/path/to/it names another one; PYTHON another Python.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
room=$(mktemp -d)
trap '[ -z "${server:-}" ] || kill "$server"; rm -rf "$room"' EXIT
python=${PYTHON:-.venv/bin/python}
# Chromium refuses its sandbox to the root user, as in a container.
alone=()
[ "$(id -u)" -ne 0 ] || alone=(--no-sandbox)

chromium() { "${CHROMIUM:-chromium}" --headless "${alone[@]}" --user-data-dir="$room/profile" --hide-scrollbars --virtual-time-budget=3000 "$@" > /dev/null 2>&1; }

# A page, and where on it, as a picture of docs/images: its name, width, height, address. It is put in a frame, since a window is never as
# narrow as a telephone, and one that is not at its top is photographed white.
shoot() {
  printf '<body style="margin:0"><iframe src="file://%s" style="border:0;display:block;width:%spx;height:%spx"></iframe>' "$4" "$2" "$3" > "$room/frame.html"
  chromium --window-size="$2,$3" --screenshot="$PWD/docs/images/$1.png" "file://$room/frame.html"
}

"$python" -m veedor run corpus/samples/caja-poi-2022-cuadricula.pdf corpus/samples/caja-poi-2022-seguimiento.txt corpus/samples/isss-pat-2023-semaforo.pdf \
  --out "$room/out" > /dev/null
"$python" -m veedor corpus add corpus/samples --store "$room/corpus.sqlite" > /dev/null
"$python" -m veedor corpus compare --store "$room/corpus.sqlite" --format html > "$room/comparison.html"
"$python" -m veedor corpus history sv-caja-mutual --store "$room/corpus.sqlite" --format html > "$room/history.html"

grid=$room/out/caja-poi-2022-cuadricula/report.html
shoot report 1200 1180 "$grid"
shoot report-findings 1200 1000 "$grid#s-findings"
shoot report-withheld 1200 620 "$room/out/isss-pat-2023-semaforo/report.html#PUB001"
shoot report-lines 1200 760 "$room/out/caja-poi-2022-seguimiento/report.html#s-findings"
shoot report-phone 375 1100 "$grid#s-findings"
shoot comparison 1300 1500 "$room/comparison.html"
shoot history 1200 1100 "$room/history.html#y2022"

# A document on the review page, which is alive: no frame of another page may show it.
"$python" -m veedor serve --port 0 --store "$room/corpus.sqlite" > "$room/address" 2> /dev/null &
server=$!
until grep -qs http "$room/address"; do sleep 0.2; done
page=$("$python" -m veedor corpus list --store "$room/corpus.sqlite" --format json | "$python" -c \
  "import json, sys; names = sorted(d['document'] for d in json.load(sys.stdin)['documents']); print(1 + names.index('caja-poi-2022-cuadricula'))")
"${CHROMIUM:-chromium}" --headless "${alone[@]}" --user-data-dir="$room/profile" --hide-scrollbars --window-size=1300,850 --timeout=4000 \
  --screenshot="$PWD/docs/images/page.png" "$(grep -o 'http://[^ ]*' "$room/address")documents/$page?row=6&cell=f6" > /dev/null 2>&1

# Two pages as they are printed, side by side; and all pictures in few colours, which a page of text needs no more of.
chromium --no-pdf-header-footer --print-to-pdf="$room/report.pdf" "file://$grid"
"$python" - "$room/report.pdf" docs/images <<'PYTHON'
import sys
from pathlib import Path

import pypdfium2
from PIL import Image

pages, folder = pypdfium2.PdfDocument(sys.argv[1]), Path(sys.argv[2])
shown = [pages[k].render(scale=1.1).to_pil() for k in (0, 2)]
whole = Image.new("RGB", (sum(p.width for p in shown) + 16, max(p.height for p in shown)), "#888")
for k, page in enumerate(shown):
    whole.paste(page, (k * (shown[0].width + 16), 0))
whole.save(folder / "report-print.png")
for file in sorted(folder.glob("*.png")):
    Image.open(file).convert("RGB").quantize(255, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(file, optimize=True)
PYTHON
ls -l docs/images/*.png
