// A document that waits: its page is shown as soon as it was read.
import { listen } from "./live.js";

const waits = document.getElementById("waits");
if (waits) {
  listen((event) => {
    if (event.kind === "read" && String(event.id) === waits.dataset.id) location.reload();
  });
}
