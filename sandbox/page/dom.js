// Building elements without ever parsing a string as HTML: text is only ever text.

/** el("p", {class: "x", onclick: f}, "words", child) */
export function el(name, props = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "class") node.className = value;
    else if (key in node && key !== "list" && key !== "form") node[key] = value;
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return node;
}

/** A part this page does not know is shown, not hidden. */
export function unknown(type) {
  return el("div", { class: "unknown" }, `unknown part: ${type}`);
}

/** Runs a drawing function; what it cannot draw is named instead of taking the page down. */
export function drawn(name, draw) {
  try { return draw(); } catch (error) { return unknown(`${name} (${error.message})`); }
}

/** A link that may go anywhere a person would let it go. */
export function link(url, ...words) {
  if (!/^(https?|mailto|tel|slack|discord):/i.test(url ?? "")) return el("span", { class: "deadlink", title: url }, ...words);
  return el("a", { href: url, target: "_blank", rel: "noreferrer noopener" }, ...words);
}

export async function post(path, body) {
  const answer = await fetch(`/sandbox/${path}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  let data = {};
  try { data = await answer.json(); } catch { data = { error: `the sandbox answered ${answer.status} to ${path}` }; }
  if (!answer.ok) throw new Error(data.error ?? `the sandbox answered ${answer.status} to ${path}`);
  return data;
}

export async function get(path, query) {
  const answer = await fetch(`/sandbox/${path}?${new URLSearchParams(query)}`);
  try { return await answer.json(); } catch { throw new Error(`the sandbox answered ${answer.status} to ${path}`); }
}

let numbers = 0;
/** An id no other element has. */
export const fresh = (prefix) => `${prefix}-${++numbers}`;

/** What this browser tab remembers; private windows may refuse. */
export const memory = {
  get(key) { try { return JSON.parse(sessionStorage.getItem(key)); } catch { return null; } },
  set(key, value) { try { sessionStorage.setItem(key, JSON.stringify(value)); } catch { /* nothing kept */ } },
};

export const bytes = (size) => (size < 1024 ? `${size} B` : size < 1048576 ? `${(size / 1024).toFixed(1)} KB` : `${(size / 1048576).toFixed(1)} MB`);
