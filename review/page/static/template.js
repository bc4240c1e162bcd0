// The template of a document: a fault that was named is shown at its line, and the line of the caret is told.
const text = document.getElementById("text");
const at = document.getElementById("at");

function tell() {
  at.textContent = at.dataset.text.replace("{line}", text.value.slice(0, text.selectionStart).split("\n").length);
}

const line = Number(text.dataset.line);
if (line) {
  const lines = text.value.split("\n");
  const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  text.focus();
  text.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
  text.scrollTop = ((line - 5) / lines.length) * text.scrollHeight;
}
for (const kind of ["keyup", "click", "input"]) text.addEventListener(kind, tell);
tell();
