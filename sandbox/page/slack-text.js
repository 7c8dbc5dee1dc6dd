// Slack's mrkdwn and rich text: the same words, two ways of writing them.
import { el, link, unknown } from "./dom.js";
import { emoji, fromCodes } from "./emoji.js";
import { codeBlock, markdown } from "./markdown.js";
import { slackDate } from "./when.js";

const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };
const bare = (text) => text.replace(/&(lt|gt|amp);/g, (entity) => ENTITIES[entity]);
const MARK = new RegExp([
  "`([^`\\n]+)`", String.raw`<([^<>\n]+)>`, String.raw`(?<![\p{L}\p{N}*])\*(?=\S)([^*\n]*?[^\s*]|[^\s*])\*(?![\p{L}\p{N}*])`, String.raw`(?<![\p{L}\p{N}_])_(?=\S)([^_\n]*?[^\s_]|[^\s_])_(?![\p{L}\p{N}_])`,
  String.raw`(?<![\p{L}\p{N}~])~(?=\S)([^~\n]*?[^\s~]|[^\s~])~(?![\p{L}\p{N}~])`, String.raw`(?<![\w:]):([a-z0-9_+'-]+):(?:(?::skin-tone-\d:)?)`, String.raw`(https?:\/\/[^\s<>|]*[^\s<>|.,:;!?)\]"'])`,
].join("|"), "gu");

const mention = (words) => el("span", { class: "mention" }, words);

function angle(inside, ctx) {
  const [target, label] = [inside.replace(/\|.*$/s, ""), inside.includes("|") ? bare(inside.slice(inside.indexOf("|") + 1)) : ""];
  if (target.startsWith("@")) return mention(`@${ctx.name(target.slice(1), label || target.slice(1)).replace(/^@/, "")}`);
  if (target.startsWith("#")) return mention(`#${ctx.name(target.slice(1), label || target.slice(1)).replace(/^#/, "")}`);
  if (target.startsWith("!date^")) {
    const [, seconds, format, url] = target.split("^");
    const words = el("time", { class: "stamp", title: label }, slackDate(Number(seconds), format, ctx));
    return url ? link(url, words) : words;
  }
  if (target.startsWith("!subteam^")) return mention(label || `@${ctx.name(target.slice(9), target.slice(9))}`);
  if (target.startsWith("!")) return mention(`@${(label || target.slice(1)).replace(/^@/, "")}`);
  return /^[a-z]+:/i.test(target) ? link(bare(target), label || bare(target).replace(/^mailto:/, "")) : bare(`<${inside}>`);
}

function inline(text, ctx) {
  const out = [];
  let at = 0;
  for (const m of text.matchAll(MARK)) {
    const [whole, code, inside, bold, italic, strike, name, url] = m;
    out.push(bare(text.slice(at, m.index)));
    at = m.index + whole.length;
    if (code) out.push(el("code", {}, bare(code)));
    else if (inside) out.push(angle(inside, ctx));
    else if (bold) out.push(el("strong", {}, inline(bold, ctx)));
    else if (italic) out.push(el("em", {}, inline(italic, ctx)));
    else if (strike) out.push(el("s", {}, inline(strike, ctx)));
    else if (name) out.push(emoji(name) ? el("span", { role: "img", "aria-label": name }, emoji(name)) : whole);
    else out.push(link(bare(url), bare(url)));
  }
  out.push(bare(text.slice(at)));
  return out;
}

/** mrkdwn with its fences and quotes; everything between keeps its line breaks. */
export function mrkdwn(text, ctx) {
  return (text ?? "").split(/```\n?([\s\S]*?)\n?```\n?/).flatMap((part, n) => {
    if (n % 2) return [codeBlock(bare(part))];
    return part.split(/((?:^(?:&gt;|>).*(?:\n|$))+)/m).filter(Boolean).map((piece) =>
      /^(&gt;|>)/.test(piece) ? el("blockquote", {}, inline(piece.replace(/^(?:&gt;|>) ?/gm, "").replace(/\n$/, ""), ctx)) : inline(piece, ctx));
  });
}

/** A text object: plain_text shows its emoji and nothing else. */
export function words(object, ctx) {
  if (!object) return [];
  if (object.type === "mrkdwn") return mrkdwn(object.text, ctx);
  return [object.type === "plain_text" || !object.type ? plain(object) : unknown(`text ${object.type}`)];
}

export const plain = (object) => (typeof object === "string" ? object : (object?.text ?? "")).replace(/:([a-z0-9_+-]+):/g, (whole, name) => emoji(name) || whole);

/** The "markdown" block: standard markdown, with Slack's mentions. */
export const standard = (text, ctx) => markdown(text ?? "", (line) => marks(line, ctx), { subtext: false });

const STANDARD = /\\([^\w\s])|`([^`]+)`|!?\[([^\]]*)\]\((\S+?)(?: "[^"]*")?\)|(?:\*\*|__)(?=\S)(.+?)(?:\*\*|__)|(?<![\w*])[*_](?=\S)([^*_]+?)[*_](?![\w*])|~~(.+?)~~|<([^<>\n]+)>|:([a-z0-9_+-]+):|(https?:\/\/[^\s<>]*[^\s<>.,:;)\]])/g;

function marks(text, ctx) {
  const out = [];
  let at = 0;
  for (const [whole, escaped, code, label, url, bold, italic, strike, inside, name, address, m = null] of [...text.matchAll(STANDARD)].map((m) => [...m, m])) {
    out.push(bare(text.slice(at, m.index)));
    at = m.index + whole.length;
    if (escaped) out.push(escaped);
    else if (code) out.push(el("code", {}, code));
    else if (url) out.push(link(url, marks(label || url, ctx)));
    else if (bold) out.push(el("strong", {}, marks(bold, ctx)));
    else if (italic) out.push(el("em", {}, marks(italic, ctx)));
    else if (strike) out.push(el("s", {}, marks(strike, ctx)));
    else if (inside) out.push(angle(inside, ctx));
    else if (name) out.push(emoji(name) || whole);
    else out.push(link(address, address));
  }
  out.push(bare(text.slice(at)));
  return out;
}

// --- rich text ------------------------------------------------------------------------------------------------------

function run(item, ctx) {
  let node;
  switch (item.type) {
    case "text": node = document.createTextNode(item.text ?? ""); break;
    case "link": node = link(item.url, item.text || item.url); break;
    case "user": node = mention(`@${ctx.name(item.user_id, item.user_id)}`); break;
    case "usergroup": node = mention(`@${ctx.name(item.usergroup_id, item.usergroup_id)}`); break;
    case "team": node = mention(ctx.name(item.team_id, item.team_id)); break;
    case "channel": node = mention(`#${ctx.name(item.channel_id, item.channel_id).replace(/^#/, "")}`); break;
    case "broadcast": node = mention(`@${item.range}`); break;
    case "emoji": node = el("span", { class: "emoji", role: "img", "aria-label": item.name }, item.unicode ? fromCodes(item.unicode) : emoji(item.name) || `:${item.name}:`); break;
    case "date": node = el("time", { class: "stamp", title: item.fallback }, slackDate(item.timestamp, item.format ?? "{date}", ctx)); if (item.url) node = link(item.url, node); break;
    case "color": node = el("code", {}, item.value); break;
    default: return unknown(`rich text ${item.type}`);
  }
  const style = item.style ?? {};
  for (const [name, tag] of [["code", "code"], ["bold", "strong"], ["italic", "em"], ["strike", "s"], ["underline", "u"]]) if (style[name]) node = el(tag, {}, node);
  return node;
}

const runs = (part, ctx) => (part.elements ?? []).map((item) => run(item, ctx));

export function richText(part, ctx) {
  switch (part.type) {
    case "rich_text_section": return el("p", {}, runs(part, ctx));
    case "rich_text_quote": return el("blockquote", { class: part.border ? "bordered" : "" }, runs(part, ctx));
    case "rich_text_preformatted": return el("pre", { tabIndex: 0, "aria-label": "code" }, el("code", {}, runs(part, ctx)));
    case "rich_text_list": return el(part.style === "ordered" ? "ol" : "ul", { class: `indent-${part.indent ?? 0} ${part.border ? "bordered" : ""}`, ...(part.style === "ordered" ? { start: (part.offset ?? 0) + 1 } : {}) },
      part.elements.map((item) => el("li", {}, item.type === "rich_text_section" ? runs(item, ctx) : richText(item, ctx))));
    default: return unknown(part.type);
  }
}
