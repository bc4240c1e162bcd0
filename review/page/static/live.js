// Listens to what happens on the server while the page is looked at; a page in the background lets its connection go.

export function listen(handle) {
  let source = null;
  const open = () => {
    if (source === null) {
      source = new EventSource("/live");
      source.onmessage = (message) => handle(JSON.parse(message.data));
    }
  };
  const close = () => {
    source?.close();
    source = null;
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  window.addEventListener("pagehide", close);
  if (!document.hidden) open();
}

export async function part(url, options = {}) {
  const key = document.querySelector("meta[name=veedor-form]").content;
  return fetch(url, { ...options, headers: { "x-veedor": "part", "x-veedor-form": key, ...options.headers } });
}

export function announce(text) {
  document.getElementById("live").textContent = text;
}
