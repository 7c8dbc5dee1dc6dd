// Components v2 as a person sees them. `act(control, values)` presses something.
import { el, unknown } from "./dom.js";

const MARK = /\\([^\w\s]|_)|\*\*((?:\\.|[^*\\])+)\*\*|(?<!\w)[*_]((?:\\.|[^*_\\\n])+)[*_](?!\w)|~~([^~]+)~~|`([^`\n]+)`|\[((?:\\.|[^\]\\])+)\]\((https?:[^\s)]+)\)|(<[@#][!&]?\d+>|@everyone|@here)/g;
const bare = (text) => text.replace(/\\([^\w\s]|_)/g, "$1");

function inline(text) {
  const out = [];
  let at = 0;
  for (const m of text.matchAll(MARK)) {
    out.push(text.slice(at, m.index));
    at = m.index + m[0].length;
    if (m[1]) out.push(m[1]);
    else if (m[2]) out.push(el("strong", {}, inline(m[2])));
    else if (m[3]) out.push(el("em", {}, bare(m[3])));
    else if (m[4]) out.push(el("s", {}, bare(m[4])));
    else if (m[5]) out.push(el("code", {}, m[5]));
    else if (m[6]) out.push(el("a", { href: m[7], rel: "noreferrer", target: "_blank" }, bare(m[6])));
    else out.push(el("span", { class: "mention" }, m[8]));
  }
  out.push(text.slice(at));
  return out;
}

function markdown(text) {
  return text.split("\n").map((line) => {
    let m;
    if ((m = line.match(/^(#{1,3}) (.*)$/))) return el(`h${m[1].length + 1}`, {}, inline(m[2]));
    if ((m = line.match(/^-# (.*)$/))) return el("div", { class: "note" }, inline(m[1]));
    if ((m = line.match(/^> (.*)$/))) return el("blockquote", {}, inline(m[1]));
    if ((m = line.match(/^[-*] (.*)$/))) return el("div", { class: "item" }, "• ", inline(m[1]));
    return el("div", { class: "line" }, inline(line));
  });
}

const STYLES = { 1: "primary", 3: "success", 4: "danger" };

function part(item, act) {
  switch (item.type) {
    case 1: return el("div", { class: "actions" }, item.components.map((child) => part(child, act)));
    case 2:
      if (item.style === 5) return el("a", { class: "button", href: item.url, target: "_blank", rel: "noreferrer" }, item.label);
      return el("button", { class: `button ${STYLES[item.style] ?? ""}`, disabled: !!item.disabled, onclick: () => act(item.custom_id) }, item.label);
    case 3: {
      const options = item.options.map((option) => el("option", { value: option.value }, option.label));
      return el("select", { "aria-label": item.placeholder ?? "Choose", onchange: (event) => event.target.value && act(item.custom_id, [event.target.value]) },
        el("option", { value: "" }, item.placeholder ?? "Choose"), options);
    }
    case 9: return el("div", { class: "section" }, item.components.map((child) => part(child, act)), part(item.accessory, act));
    case 10: return el("div", { class: "text" }, markdown(item.content));
    case 11: return el("img", { src: item.media.url, alt: item.description ?? "" });
    case 12: return el("div", { class: "gallery" }, item.items.map((entry) => el("img", { src: entry.media.url, alt: entry.description ?? "" })));
    case 14: return el("hr");
    case 17: return el("div", { class: "container" }, item.components.map((child) => part(child, act)));
    default: return unknown(`component type ${item.type}`);
  }
}

export function discordMessage(native, act) {
  if (native.flags & 128) return [el("p", { class: "thinking" }, "thinking …")];
  return [native.content ? el("div", { class: "text" }, markdown(native.content)) : null, ...native.components.map((item) => part(item, act))];
}
