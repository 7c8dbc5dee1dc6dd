// Building elements without ever parsing a string as HTML: text is only ever text.

/** el("p", {class: "x", onclick: f}, "words", child) */
export function el(name, props = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key in node && key !== "list" && key !== "form") node[key] = value;
    else node.setAttribute(key, value === true ? "" : value);
  }
  if (props.class) node.className = props.class;
  node.append(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** A part this page does not know is shown, not hidden. */
export function unknown(type) {
  return el("div", { class: "unknown" }, `unknown part: ${type}`);
}

export async function post(path, body) {
  const answer = await fetch(`/sandbox/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const data = await answer.json();
  if (!answer.ok) throw new Error(data.error);
  return data;
}
