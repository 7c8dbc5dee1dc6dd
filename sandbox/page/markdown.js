// The block grammar shared by Discord's markdown and Slack's "markdown" block; `inline` draws one line's words.
import { el } from "./dom.js";

const ITEM = /^(\s*)([-*+]|\d{1,9}[.)]) +(.*)$/;

export function markdown(text, inline, { subtext = true } = {}) {
  const out = [];
  let at = 0;
  for (const fence of text.matchAll(/```(?:([\w+#.-]+)\n|\n)?([\s\S]*?)\n?```/g)) {
    out.push(...lines(text.slice(at, fence.index).replace(/\n$/, ""), inline, subtext));
    out.push(codeBlock(fence[2], fence[1]));
    at = fence.index + fence[0].length;
    if (text[at] === "\n") at += 1;
  }
  return [...out, ...lines(text.slice(at), inline, subtext)];
}

export const codeBlock = (code, language) => el("pre", { tabIndex: 0, "aria-label": language ? `${language} code` : "code" }, el("code", { "data-language": language }, code));

function lines(text, inline, subtext) {
  if (text === "") return [];
  const rows = text.split("\n"), out = [];
  for (let n = 0; n < rows.length; n++) {
    const row = rows[n];
    let m;
    if (row.startsWith(">>> ")) { out.push(el("blockquote", {}, lines([row.slice(4), ...rows.slice(n + 1)].join("\n"), inline, subtext))); break; }
    if (/^> ?/.test(row)) {
      const quoted = [];
      while (n < rows.length && /^>( |$)/.test(rows[n])) quoted.push(rows[n++].replace(/^> ?/, ""));
      if (quoted.length) { n -= 1; out.push(el("blockquote", {}, lines(quoted.join("\n"), inline, subtext))); continue; }
    }
    if ((m = row.match(/^(#{1,6}) +(.+?)(?: +#+)?$/))) out.push(el(`h${Math.min(m[1].length + 1, 5)}`, {}, inline(m[2])));
    else if (subtext && (m = row.match(/^-# +(.*)$/))) out.push(el("div", { class: "note" }, inline(m[1])));
    else if (!subtext && /^\s*([-*_])(\s*\1){2,}\s*$/.test(row)) out.push(el("hr"));
    else if (!subtext && row.includes("|") && /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/.test(rows[n + 1] ?? "")) {
      const table = [row];
      n += 2;
      while (n < rows.length && rows[n].includes("|")) table.push(rows[n++]);
      n -= 1;
      out.push(grid(table.map((line) => line.replace(/^\s*\||\|\s*$/g, "").split(/(?<!\\)\|/).map((cell) => inline(cell.trim())))));
    } else if (ITEM.test(row)) {
      const items = [];
      while (n < rows.length && (m = rows[n].match(ITEM))) { items.push(m); n += 1; }
      n -= 1;
      out.push(...lists(items, inline));
    } else out.push(el("div", { class: "line" }, inline(row)));
  }
  return out;
}

function lists(items, inline) {
  const out = [];
  let before = "";
  for (const [, space, sign, words] of items) {
    const ordered = /\d/.test(sign), depth = Math.min(Math.floor(space.length / 2), 5), kind = `${ordered} ${depth}`;
    if (kind !== before) out.push(el(ordered ? "ol" : "ul", { class: `indent-${depth}`, ...(ordered ? { start: Number.parseInt(sign, 10) } : {}) }));
    before = kind;
    out.at(-1).append(el("li", {}, inline(words)));
  }
  return out;
}

/** A table whose first row is its head; it scrolls by itself when it is too wide. */
export function grid([head, ...body], align = []) {
  const cell = (name) => (content, n) => el(name, { class: align[n] ? `align-${align[n]}` : "" }, content);
  return el("div", { class: "tablebox", tabIndex: 0, role: "region", "aria-label": "table" },
    el("table", {}, el("thead", {}, el("tr", {}, head.map(cell("th")))), el("tbody", {}, body.map((row) => el("tr", {}, row.map(cell("td")))))));
}
