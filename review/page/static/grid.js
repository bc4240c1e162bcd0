// The table: arrows go from cell to cell, one of which can be reached with Tab; a cell knows its row, its name and its place.
import { parse } from "./viewer.js";

export function grid(choose) {
  const table = document.getElementById("grid");
  const body = table.tBodies[0];
  const names = [...table.tHead.rows[0].cells].map((head) => head.dataset.c ?? "");
  const scroller = document.getElementById("grid-scroll");
  let current = null;
  let chosen = null;
  let boxes = null;

  function become(cell) {
    current?.removeAttribute("tabindex");
    current = cell;
    current?.setAttribute("tabindex", "0");
  }

  function go(cell) {
    if (!cell) return;
    become(cell);
    cell.focus({ preventScroll: true });
    reveal(cell);
  }

  function reveal(cell) {
    const its = cell.getBoundingClientRect();
    const room = scroller.getBoundingClientRect();
    const head = table.tHead.getBoundingClientRect().height;
    const side = body.rows[0].cells[0].getBoundingClientRect().width;
    if (its.top < room.top + head) scroller.scrollTop -= room.top + head - its.top;
    else if (its.bottom > room.bottom - 14) scroller.scrollTop += its.bottom - room.bottom + 14;
    if (cell.cellIndex > 0 && its.left < room.left + side) scroller.scrollLeft -= room.left + side - its.left;
    else if (its.right > room.right - 14) scroller.scrollLeft += Math.min(its.right - room.right + 14, its.left - room.left - side);
  }

  const rowOf = (cell) => cell.parentNode;
  const nameOf = (cell) => (cell.dataset.f !== undefined ? `f${cell.dataset.f}` : names[cell.cellIndex]);

  function about(cell) {
    const row = rowOf(cell);
    return {
      row: row.id.slice(1),
      cell: nameOf(cell),
      place: cell.dataset.p ?? row.dataset.p,
      around: row.dataset.p,
      text: cell.dataset.t ?? (cell.cellIndex ? textOf(cell) : ""),
    };
  }

  function textOf(cell) {
    return (cell.firstChild?.nodeType === Node.TEXT_NODE ? cell.firstChild.data : "").replace(/^[≈✕▮≥≤<>\s]+/, "").trim();
  }

  function pick(cell, { focus = true } = {}) {
    chosen?.classList.remove("chosen");
    chosen?.parentNode?.classList.remove("chosen");
    chosen = cell;
    chosen.classList.add("chosen");
    rowOf(chosen).classList.add("chosen");
    if (focus) go(cell);
    else {
      become(cell);
      reveal(cell);
    }
  }

  table.addEventListener("click", (event) => {
    const cell = event.target.closest("tbody td, tbody th");
    if (!cell) return;
    event.preventDefault();
    pick(cell);
    choose(about(cell));
  });

  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td, th");
    if (!cell || event.altKey || event.metaKey) return;
    const row = rowOf(cell);
    const page = Math.max(Math.floor(scroller.clientHeight / row.offsetHeight) - 1, 1);
    const at = row.sectionRowIndex;
    const rows = body.rows;
    const below = (n) => rows[Math.min(Math.max(n, 0), rows.length - 1)].cells[cell.cellIndex];
    const steps = {
      ArrowRight: () => cell.nextElementSibling,
      ArrowLeft: () => cell.previousElementSibling,
      ArrowDown: () => below(at + 1),
      ArrowUp: () => below(at - 1),
      PageDown: () => below(at + page),
      PageUp: () => below(at - page),
      Home: () => (event.ctrlKey ? rows[0].cells[0] : row.cells[0]),
      End: () => (event.ctrlKey ? rows[rows.length - 1].lastElementChild : row.lastElementChild),
    };
    if (event.key in steps) {
      event.preventDefault();
      go(steps[event.key]());
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      pick(cell);
      choose(about(cell));
    }
  });

  // Which cells stand where: made when the page is first clicked, and anew after rows changed.
  function placed() {
    if (boxes) return boxes;
    boxes = new Map();
    const add = (key, entry) => (boxes.get(key) ?? boxes.set(key, []).get(key)).push(entry);
    for (const row of body.rows) {
      for (const its of [row, ...row.querySelectorAll("td[data-p]")]) {
        const place = parse(its.dataset.p);
        if (place) add(place.line ? `L${place.line}` : place.page, { box: place.box, cell: its === row ? row.cells[1] : its, row: its === row });
      }
    }
    return boxes;
  }

  function at(point) {
    if (point.line) return placed().get(`L${point.line}`)?.[0].cell ?? null;
    const hit = (placed().get(point.page) ?? []).filter(
      ({ box }) => box && point.x >= box[0] && point.x <= box[2] && point.y >= box[1] && point.y <= box[3],
    );
    const size = ({ box }) => (box[2] - box[0]) * (box[3] - box[1]);
    hit.sort((a, b) => a.row - b.row || size(a) - size(b));
    return hit[0]?.cell ?? null;
  }

  function find(row, name) {
    const line = document.getElementById(`r${row}`);
    if (!line) return null;
    return [...line.cells].find((cell) => name && nameOf(cell) === name) ?? line.cells[0];
  }

  function update(rows) {
    for (const [sequence, html] of Object.entries(rows)) {
      const old = document.getElementById(`r${sequence}`);
      if (!old) continue;
      const made = document.createElement("template");
      made.innerHTML = html;
      const fresh = made.content.firstElementChild;
      const keep = (cell) => (cell && cell.parentNode === old ? fresh.cells[cell.cellIndex] : null);
      const [tabbed, picked, focused] = [keep(current), keep(chosen), keep(document.activeElement)];
      old.replaceWith(fresh);
      if (tabbed) become(tabbed);
      if (picked) pick(picked, { focus: false });
      if (focused) focused.focus({ preventScroll: true });
    }
    boxes = null;
  }

  // The rows behind the first, appended part by part so that the page answers meanwhile.
  async function append(html) {
    const made = document.createElement("template");
    made.innerHTML = html;
    const rows = [...made.content.children];
    for (let at = 0; at < rows.length; at += 200) {
      body.append(...rows.slice(at, at + 200));
      await new Promise((done) => setTimeout(done));
    }
    boxes = null;
  }

  if (body.rows.length) become(body.rows[0].cells[0]);
  return { about, append, at, find, pick, update, focus: () => go(current), current: () => chosen };
}
