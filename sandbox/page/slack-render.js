// Block Kit as a person sees it. `act(control, values)` presses something.
import { el, unknown } from "./dom.js";

const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };
const plainText = (text) => text.replace(/&(lt|gt|amp);/g, (entity) => ENTITIES[entity]);
const MARK = /\*([^*\n]+)\*|_([^_\n]+)_|~([^~\n]+)~|`([^`\n]+)`|<(https?:[^|>]+)(?:\|([^>]+))?>|<([@#!][^>]*)>/g;

function mrkdwn(text) {
  const out = [];
  let at = 0;
  for (const m of text.matchAll(MARK)) {
    out.push(plainText(text.slice(at, m.index)));
    at = m.index + m[0].length;
    if (m[1]) out.push(el("strong", {}, plainText(m[1])));
    else if (m[2]) out.push(el("em", {}, plainText(m[2])));
    else if (m[3]) out.push(el("s", {}, plainText(m[3])));
    else if (m[4]) out.push(el("code", {}, plainText(m[4])));
    else if (m[5]) out.push(el("a", { href: m[5], rel: "noreferrer", target: "_blank" }, plainText(m[6] || m[5])));
    else out.push(el("span", { class: "mention" }, m[7]));
  }
  out.push(plainText(text.slice(at)));
  return out;
}

const words = (object) => (object.type === "mrkdwn" ? mrkdwn(object.text) : [object.text]);

function run(item) {
  const text = item.text ?? item.url ?? item.name ?? item.user_id ?? item.range ?? "";
  let node = item.type === "link" ? el("a", { href: item.url, rel: "noreferrer", target: "_blank" }, text) : document.createTextNode(text);
  if (item.type === "user" || item.type === "broadcast") node = el("span", { class: "mention" }, `@${text}`);
  const style = item.style ?? {};
  for (const [name, tag] of [["bold", "strong"], ["italic", "em"], ["strike", "s"], ["code", "code"]]) if (style[name]) node = el(tag, {}, node);
  return node;
}

function richText(part) {
  if (part.type === "rich_text_list") return el(part.style === "ordered" ? "ol" : "ul", {}, part.elements.map((item) => el("li", {}, item.elements.map(run))));
  if (part.type === "rich_text_quote") return el("blockquote", {}, part.elements.map(run));
  if (part.type === "rich_text_preformatted") return el("pre", {}, part.elements.map(run));
  return part.type === "rich_text_section" ? el("p", {}, part.elements.map(run)) : unknown(part.type);
}

function control(block, element, act) {
  const id = `${block.block_id}/${element.action_id}`;
  if (element.type === "button") {
    if (element.url) return el("a", { class: "button", href: element.url, target: "_blank", rel: "noreferrer" }, element.text.text);
    return el("button", { class: `button ${element.style ?? ""}`, onclick: () => act(id) }, element.text.text);
  }
  if (element.type === "static_select") {
    const options = element.options.map((option) => el("option", { value: option.value }, option.text.text));
    const first = el("option", { value: "" }, element.placeholder?.text ?? "Choose");
    return el("select", { "aria-label": element.placeholder?.text ?? "Choose", onchange: (event) => event.target.value && act(id, [event.target.value]) }, first, options);
  }
  return element.type === "image" ? el("img", { src: element.image_url, alt: element.alt_text }) : unknown(element.type);
}

export function slackMessage(native, act) {
  if (!native.blocks?.length) return [el("p", {}, mrkdwn(native.text ?? ""))];
  return native.blocks.map((block) => {
    switch (block.type) {
      case "header": return el("h3", {}, block.text.text);
      case "section": return el("div", { class: "section" },
        block.text && el("p", {}, words(block.text)),
        block.fields && el("div", { class: "fields" }, block.fields.map((field) => el("div", {}, words(field)))),
        block.accessory && control(block, block.accessory, act));
      case "context": return el("div", { class: "note" }, block.elements.map((e) => (e.type === "image" ? el("img", { src: e.image_url, alt: e.alt_text }) : el("span", {}, words(e)))));
      case "divider": return el("hr");
      case "actions": return el("div", { class: "actions" }, block.elements.map((element) => control(block, element, act)));
      case "image": return el("img", { src: block.image_url, alt: block.alt_text });
      case "rich_text": return el("div", {}, block.elements.map(richText));
      default: return unknown(block.type);
    }
  });
}
