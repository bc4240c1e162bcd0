// The list: documents dropped anywhere on it are handed over; lines and progress follow what happens.
import { announce, listen, part } from "./live.js";

const drop = document.getElementById("drop");
const files = document.getElementById("files");
const said = document.getElementById("drop-said");
const list = document.getElementById("list");

function tell(text) {
  said.textContent = text;
}

async function send(chosen) {
  const size = chosen.reduce((sum, file) => sum + file.size, 0);
  if (!chosen.length) return;
  if (size > Number(drop.dataset.limit)) return tell(drop.dataset.tooLarge);
  const data = new FormData();
  data.append("form_key", drop.elements.form_key.value);
  for (const file of chosen) data.append("files", file, file.name);
  tell(drop.dataset.sending);
  try {
    const answer = await part("/documents", { method: "POST", body: data });
    const found = await answer.json();
    tell(answer.ok ? drop.dataset.sent.replace("{names}", found.names.join(", ")) : found.said || drop.dataset.failed);
  } catch {
    tell(drop.dataset.failed);
  }
  drop.reset();
  refresh();
}

// The browser's own button speaks the browser's language, so the page has its own, and says itself what was chosen.
const chosen = document.getElementById("chosen");
function sayChosen() {
  const names = [...files.files].map((file) => file.name);
  chosen.textContent = names.length > 3 ? chosen.dataset.some.replace("{count}", names.length) : names.join(", ") || chosen.dataset.none;
}
files.addEventListener("change", sayChosen);
drop.addEventListener("reset", () => setTimeout(sayChosen));
drop.addEventListener("submit", (event) => {
  event.preventDefault();
  send([...files.files]);
});
for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
}
document.addEventListener("dragleave", (event) => {
  if (event.relatedTarget === null) drop.classList.remove("over");
});
document.addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  send([...event.dataTransfer.files]);
});

let asked = 0;
let busy = false;
async function refresh() {
  asked += 1;
  if (busy) return;
  busy = true;
  try {
    while (asked) {
      asked = 0;
      const answer = await part(location.href);
      if (answer.ok) replace(await answer.text());
      await new Promise((done) => setTimeout(done, 150));
    }
  } finally {
    busy = false;
  }
}

function replace(html) {
  const focused = document.activeElement?.closest?.("#list a")?.getAttribute("href");
  list.innerHTML = html;
  if (focused) list.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
}

listen((event) => {
  if (event.kind === "pages") {
    const row = list.querySelector(`tr[data-id="${event.id}"]`);
    const bar = row?.querySelector("progress");
    if (!bar) return refresh();
    bar.max = event.of;
    bar.value = event.read;
    const text = row.querySelector(".pages");
    text.textContent = text.dataset.text.replace("{read}", event.read).replace("{of}", event.of);
  } else if (event.kind !== "changed") {
    refresh();
    if (event.kind === "read") announce(list.querySelector(`tr[data-id="${event.id}"] a`)?.textContent ?? "");
  } else {
    refresh();
  }
});
