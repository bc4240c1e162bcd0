// One document: joins page, table, list of what to do and panel; sends forms and shows what followed; follows what others do.
import { grid } from "./grid.js";
import { announce, listen, part } from "./live.js";
import { viewer } from "./viewer.js";

const doc = document.getElementById("doc");
const panel = document.getElementById("panel");
const todo = document.getElementById("todo");
const said = document.getElementById("said");
const base = `/documents/${doc.dataset.id}`;
const view = viewer(doc);
const table = grid(chosen);
let loading = null;
let shown = Promise.resolve(); // until the panel shows what was last asked for
let item = null; // the reference of the thing to do that is being looked at

const whole = fill();

async function fill() {
  const more = document.getElementById("rest");
  if (!more) return;
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const answer = await part(`${base}/rows`);
  if (!answer.ok) return;
  await table.append(await answer.text());
  more.remove();
  const version = answer.headers.get("x-version");
  if (version !== doc.dataset.version) {
    const changes = await (await part(`${base}/changes?since=${version}`)).json();
    if (changes.rows) table.update(changes.rows);
  }
}

function mark(about) {
  view.mark(about.place, about.around, about.text);
}

function chosen(about) {
  mark(about);
  setItem(null);
  load({ row: about.row, cell: about.cell });
}

function load(asked) {
  shown = fetchPanel(asked);
}

async function fetchPanel(asked) {
  const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value));
  history.replaceState(null, "", `?${query}`);
  loading?.abort();
  loading = new AbortController();
  try {
    const answer = await part(`${base}/cell?${query}`, { signal: loading.signal });
    if (answer.ok) show(await answer.text());
  } catch (error) {
    if (error.name !== "AbortError") tell(doc.dataset.failed);
  }
}

function show(html) {
  panel.innerHTML = html;
  panel.scrollTop = 0;
}

function tell(text, reload = false) {
  said.hidden = !text;
  said.textContent = text;
  if (reload) {
    const button = document.createElement("button");
    button.textContent = doc.dataset.reload;
    button.addEventListener("click", () => location.reload());
    said.append(" ", button);
  }
}

view.onPoint(async (point) => {
  await whole;
  const cell = table.at(point);
  if (!cell) return;
  table.pick(cell, { focus: false });
  chosen(table.about(cell));
});

// What is left to do

const links = () => [...todo.querySelectorAll("li > a")].filter((link) => link.closest("details").open);

function setItem(link) {
  todo.querySelector("a[aria-current]")?.removeAttribute("aria-current");
  link?.setAttribute("aria-current", "true");
  item = link?.dataset.ref ?? null;
}

async function take(link) {
  setItem(link);
  link.focus({ preventScroll: true });
  link.scrollIntoView({ block: "nearest" });
  const { row, cell, p, ref } = link.dataset;
  if (row && !document.getElementById(`r${row}`)) await whole;
  if (item !== ref) return; // another was taken meanwhile
  const found = row ? table.find(row, cell) : null;
  if (found) table.pick(found, { focus: false });
  const about = found ? table.about(found) : {};
  mark({ place: p || about.place, around: about.around, text: about.cell === cell ? about.text : "" });
  load({ row, cell: cell || undefined, finding: ref.startsWith("h") ? ref.slice(1) : undefined });
}

function go(step) {
  const all = links();
  if (!all.length) return;
  const at = all.findIndex((link) => link.dataset.ref === item);
  take(all[at < 0 ? (step > 0 ? 0 : all.length - 1) : (at + step + all.length) % all.length]);
}

todo.addEventListener("click", (event) => {
  const link = event.target.closest("li > a");
  if (link) {
    event.preventDefault();
    take(link);
  }
  const step = event.target.closest("[data-go]");
  if (step) go(Number(step.dataset.go));
  if (event.target.closest("[data-keys]")) document.getElementById("keys").showModal();
});

// Forms

doc.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  event.preventDefault();
  const data = new URLSearchParams(new FormData(form, event.submitter));
  data.set("version", doc.dataset.version);
  const buttons = form.querySelectorAll("button");
  const pressed = event.submitter ?? buttons[0];
  const label = pressed.textContent;
  for (const button of buttons) button.disabled = true;
  pressed.textContent = doc.dataset.saving;
  announce(doc.dataset.saving);
  try {
    const answer = await part(form.action, { method: "POST", body: data });
    const found = await answer.json();
    if (found.panel === undefined) tell(found.said ?? doc.dataset.failed);
    else {
      apply(found.changes);
      show(found.panel);
      panel.focus({ preventScroll: true });
      form.closest("details")?.removeAttribute("open");
      announce(panel.querySelector(".flash, [role=alert]")?.textContent ?? "");
    }
  } catch {
    tell(doc.dataset.failed);
  } finally {
    for (const button of buttons) button.disabled = false;
    pressed.textContent = label;
  }
});

doc.addEventListener("input", (event) => {
  // Who writes a figure means that there is one.
  if (event.target.name === "text") {
    const none = event.target.form.querySelector('input[name=state][value=""]');
    if (none) none.checked = true;
  }
});

doc.addEventListener("click", (event) => {
  const fact = event.target.closest("[data-fact]");
  if (fact) {
    event.preventDefault();
    load({ fact: fact.dataset.fact });
    panel.focus();
  }
  if (event.target.closest("[data-cancel]")) {
    event.preventDefault();
    load(Object.fromEntries(new URLSearchParams(event.target.closest("[data-cancel]").search)));
  }
});

panel.addEventListener("submit", async (event) => {
  if (event.target.method === "get") {
    event.preventDefault();
    await whole;
    const { row, cell } = event.target.elements;
    const found = table.find(row.value, cell.value);
    if (found) table.pick(found, { focus: false });
    load({ row: row.value, cell: cell.value });
  }
});

// What changed, by this person or another

function apply(changes) {
  if (changes.reload) {
    tell(doc.dataset.again, true);
    return;
  }
  doc.dataset.version = changes.version;
  if (!changes.rows) return;
  table.update(changes.rows);
  for (const [id, html] of [["status", changes.status], ["journal", changes.journal]]) {
    const place = document.getElementById(id);
    if (!place.contains(document.activeElement)) place.innerHTML = html;
  }
  const scroll = todo.querySelector(".items").scrollTop;
  const open = new Map([...todo.querySelectorAll(".items > details")].map((d) => [d.className, d.open]));
  const focused = todo.contains(document.activeElement);
  todo.innerHTML = changes.todo;
  for (const group of todo.querySelectorAll(".items > details")) if (open.has(group.className)) group.open = open.get(group.className);
  todo.querySelector(".items").scrollTop = scroll;
  const same = item === null ? null : todo.querySelector(`a[data-ref="${CSS.escape(item)}"]`);
  if (same) setItem(same);
  if (focused) (same ?? todo.querySelector("li > a, [data-go]"))?.focus({ preventScroll: true });
}

async function refresh(author) {
  const before = doc.dataset.version;
  const answer = await part(`${base}/changes?since=${before}`);
  if (!answer.ok || doc.dataset.version !== before) return;
  const changes = await answer.json();
  if (changes.version === before) return;
  apply(changes);
  const who = author ?? changes.authors?.join(", ");
  if (!changes.reload && who) {
    tell(doc.dataset.changed.replace("{author}", who));
    announce(said.textContent);
  }
}

listen((event) => {
  if (event.kind === "listening") refresh();
  if (event.kind === "changed" && String(event.id) === doc.dataset.id) setTimeout(() => refresh(event.author), 50);
  if (event.kind === "read" && String(event.id) === doc.dataset.id) tell(doc.dataset.again, true);
});

// Keys, where no field has the focus

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.target.closest("input, textarea, select")) {
    if (event.key === "Escape") table.focus();
    return;
  }
  const keys = {
    n: () => go(1),
    p: () => go(-1),
    e: () => shown.then(() => panel.querySelector("input[name=text], textarea[name=text], input[name=verdict]:checked")?.focus()),
    t: () => table.focus(),
    "[": () => view.turn(-1),
    "]": () => view.turn(1),
    "?": () => document.getElementById("keys").showModal(),
    Escape: () => table.focus(),
  };
  if (event.key in keys) {
    event.preventDefault();
    keys[event.key]();
  }
});

// What the address asks for
const asked = new URLSearchParams(location.search);
if (asked.get("row")) {
  const cell = table.find(asked.get("row"), asked.get("cell") ?? "");
  if (cell) {
    table.pick(cell, { focus: false });
    mark(table.about(cell));
  }
}
