// The page on the left: which is shown, how close, and what is marked on it; or the lines of a dump.

export function parse(text) {
  if (!text) return null;
  if (text.startsWith("L")) return { line: Number(text.slice(1)) };
  const [page, ...box] = text.split(" ").map(Number);
  return { page, box: box.length === 4 ? box : null };
}

export function viewer(doc) {
  const desk = document.getElementById("desk");
  const sheet = document.getElementById("sheet");
  if (!sheet) return lines(desk);
  const picture = document.getElementById("picture");
  const marks = document.getElementById("marks");
  const number = document.getElementById("page-number");
  const sizes = sheet.dataset.sizes.split(";").map((pair) => pair.split(" ").map(Number));
  const ZOOMS = [0.5, 0.75, 1, 1.5, 2, 3];
  let page = Number(sheet.dataset.page);
  let zoom = 2;
  let marked = [];
  const ahead = new Map(); // neighbours, fetched while a page is looked at
  let waits = 0;

  const address = (n, scale) => `/documents/${doc.dataset.id}/page/${doc.dataset.sha}/${n}-${scale}.jpg`;
  const scale = () => (ZOOMS[zoom] * desk.clientWidth * devicePixelRatio > 1500 ? 3 : 2);

  function show(n) {
    const wanted = Math.min(Math.max(n, 1), sizes.length);
    const source = address(wanted, scale());
    if (picture.getAttribute("src") !== source) picture.src = source;
    if (wanted !== page) {
      page = wanted;
      desk.scrollTop = 0;
    }
    const [width, height] = sizes[page - 1];
    picture.width = Math.round(width);
    picture.height = Math.round(height);
    picture.alt = picture.dataset.alt.replace("{number}", page);
    marks.setAttribute("viewBox", `0 0 ${width} ${height}`);
    number.value = page;
    clearTimeout(waits);
    waits = setTimeout(fetchNear, 400);
    draw();
  }

  function fetchNear() {
    for (const near of [page + 1, page - 1]) {
      if (near < 1 || near > sizes.length || ahead.has(near)) continue;
      const image = new Image();
      image.src = address(near, scale());
      ahead.set(near, image);
    }
    while (ahead.size > 8) ahead.delete(ahead.keys().next().value);
  }

  function draw() {
    marks.replaceChildren(
      ...marked
        .filter((m) => m.page === page && m.box)
        .map((m) => {
          const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
          const [x0, top, x1, bottom] = m.box;
          const pad = m.around ? 0 : 1;
          rect.setAttribute("class", m.around ? "mark around" : "mark");
          rect.setAttribute("x", x0 - pad);
          rect.setAttribute("y", top - pad);
          rect.setAttribute("width", Math.max(x1 - x0, 1) + 2 * pad);
          rect.setAttribute("height", Math.max(bottom - top, 1) + 2 * pad);
          return rect;
        }),
    );
  }

  function mark(place, around) {
    const found = parse(place);
    const wide = parse(around);
    marked = [];
    if (wide?.box) marked.push({ ...wide, around: true });
    if (found?.box && place !== around) marked.push(found);
    else if (marked.length) marked[0].around = false;
    const target = found ?? wide;
    if (!target) return draw();
    show(target.page);
    if (target.box) reveal(target.box);
  }

  function reveal(box) {
    const [width, height] = sizes[page - 1];
    const middle = ((box[1] + box[3]) / 2 / height) * sheet.clientHeight;
    const across = ((box[0] + box[2]) / 2 / width) * sheet.clientWidth;
    desk.scrollTop = sheet.offsetTop + middle - desk.clientHeight / 2;
    desk.scrollLeft = sheet.offsetLeft + across - desk.clientWidth / 2;
  }

  function magnify(step) {
    zoom = Math.min(Math.max(zoom + step, 0), ZOOMS.length - 1);
    sheet.style.width = `${ZOOMS[zoom] * 100}%`;
    show(page);
    const first = marked.at(-1);
    if (first?.box && first.page === page) reveal(first.box);
  }

  for (const [id, step] of [["page-back", -1], ["page-on", 1]]) {
    document.getElementById(id).addEventListener("click", (event) => {
      event.preventDefault();
      show(page + step);
    });
  }
  document.getElementById("turn").addEventListener("submit", (event) => {
    event.preventDefault();
    show(Number.parseInt(number.value, 10) || page);
  });
  document.getElementById("closer").addEventListener("click", () => magnify(1));
  document.getElementById("farther").addEventListener("click", () => magnify(-1));
  number.addEventListener("change", () => show(Number.parseInt(number.value, 10) || page));
  picture.addEventListener("error", () => (picture.alt = picture.dataset.missing));
  show(page);

  return {
    mark,
    turn: (step) => show(page + step),
    onPoint(handle) {
      sheet.addEventListener("click", (event) => {
        const [width, height] = sizes[page - 1];
        const its = sheet.getBoundingClientRect();
        handle({ page, x: ((event.clientX - its.left) / its.width) * width, y: ((event.clientY - its.top) / its.height) * height });
      });
    },
  };
}

function lines(desk) {
  const list = document.getElementById("lines");
  let last = null;

  function clear() {
    if (!last) return;
    last.classList.remove("marked");
    last.textContent = last.textContent;
    last = null;
  }

  return {
    mark(place, around, text) {
      if (!list) return;
      clear();
      const found = parse(place) ?? parse(around);
      last = found?.line ? document.getElementById(`L${found.line}`) : null;
      if (!last) return;
      last.classList.add("marked");
      // The text of a cell within its line: shown where it stands there as a word of its own.
      const whole = last.textContent;
      const at = text ? where(whole, text) : -1;
      if (at >= 0) {
        const mark = document.createElement("mark");
        mark.textContent = whole.slice(at, at + text.length);
        last.replaceChildren(whole.slice(0, at), mark, whole.slice(at + text.length));
      }
      last.scrollIntoView({ block: "center" });
    },
    turn: (step) => desk?.scrollBy(0, step * desk.clientHeight * 0.9),
    onPoint(handle) {
      list?.addEventListener("click", (event) => {
        const line = event.target.closest("li");
        if (line) handle({ line: Number(line.id.slice(1)) });
      });
    },
  };
}

const LETTER = /[\p{L}\p{N}]/u;
function where(whole, text) {
  for (let at = whole.indexOf(text); at >= 0; at = whole.indexOf(text, at + 1)) {
    const before = whole[at - 1] ?? " ";
    const after = whole[at + text.length] ?? " ";
    if (!(LETTER.test(before) && LETTER.test(text[0])) && !(LETTER.test(after) && LETTER.test(text.at(-1)))) return at;
  }
  return -1;
}
