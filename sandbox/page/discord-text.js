// Discord's markdown within a line: emphasis, spoilers, links, mentions, timestamps, emoji.
import { el, link } from "./dom.js";
import { markdown } from "./markdown.js";
import { fullTime, stamp } from "./when.js";

const MARK = new RegExp([
  String.raw`\\([^\w\s]|_)`, "(`{1,2})(.+?)\\2(?!`)", String.raw`\*\*\*((?:\\.|[^*])+?)\*\*\*`, String.raw`\*\*((?:\\.|.)+?)\*\*(?!\*)`, String.raw`__((?:\\.|.)+?)__(?!_)`,
  String.raw`(?<![\w*])\*(?=\S)((?:\\.|[^*\\])*?(?:\\.|[^\s*\\]))\*(?!\*)`, String.raw`(?<!\w)_((?:\\.|[^_\\])+)_(?!\w)`, String.raw`~~((?:\\.|.)+?)~~`, String.raw`\|\|((?:\\.|.)+?)\|\|`,
  String.raw`\[((?:\\.|[^\]\\])+)\]\(<?(https?:[^\s)>]+)>?(?:\s+"[^"]*")?\)`, String.raw`<(https?:[^\s>]+)>`, String.raw`(https?:\/\/[^\s<>]*[^\s<>.,:;"')\]])`,
  String.raw`<@!?(\d+)>`, String.raw`<@&(\d+)>`, String.raw`<#(\d+)>`, String.raw`<\/([^:>]+):\d+>`, String.raw`<t:(-?\d{1,13})(?::([tTdDfFRsS]))?>`, String.raw`<a?:(\w+):\d+>`, "(@everyone|@here)", "<id:(\\w+)>",
].join("|"), "gs");

const mention = (sign, name) => el("span", { class: "mention" }, `${sign}${name.replace(/^[@#]/, "")}`);

export function spoiler(children, what = "spoiler") {
  const box = el("span", { class: "spoiler", role: "button", tabIndex: 0, "aria-expanded": "false", "aria-label": `Show ${what}` }, el("span", {}, children));
  const open = () => { box.classList.add("open"); box.setAttribute("aria-expanded", "true"); box.removeAttribute("aria-label"); };
  box.addEventListener("click", open);
  box.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); open(); } });
  return box;
}

function one(m, ctx) {
  const inside = (text) => inline(text, ctx);
  const [, escaped, , code, both, bold, under, star, low, strike, hidden, label, url, bare, plain, user, role, room, command, seconds, style, custom, all, guide] = m;
  if (escaped) return escaped;
  if (code) return el("code", {}, code.trim() || code);
  if (both) return el("strong", {}, el("em", {}, inside(both)));
  if (bold) return el("strong", {}, inside(bold));
  if (under) return el("u", {}, inside(under));
  if (star || low) return el("em", {}, inside(star ?? low));
  if (strike) return el("s", {}, inside(strike));
  if (hidden) return spoiler(inside(hidden));
  if (label) return link(url, inside(label));
  if (bare || plain) return link(bare ?? plain, bare ?? plain);
  if (user) return mention("@", ctx.name(user, "somebody"));
  if (role) return mention("@", ctx.name(role, "role"));
  if (room) return mention("#", ctx.name(room, "unknown channel"));
  if (command) return el("button", { class: "mention command", type: "button", onclick: () => ctx.insert?.(`/${command} `) }, `/${command}`);
  if (seconds) return el("time", { class: "stamp", dateTime: new Date(seconds * 1000).toISOString(), title: fullTime(new Date(seconds * 1000), ctx.zone) }, stamp(Number(seconds), style, ctx));
  if (custom) return el("span", { class: "emoji" }, `:${custom}:`);
  return all ? mention("@", all) : mention("#", guide);
}

export function inline(text, ctx) {
  const out = [];
  let at = 0;
  for (const m of text.matchAll(MARK)) {
    out.push(text.slice(at, m.index), one(m, ctx));
    at = m.index + m[0].length;
  }
  out.push(text.slice(at));
  return out;
}

export const discordText = (text, ctx) => markdown(text ?? "", (line) => inline(line, ctx));
