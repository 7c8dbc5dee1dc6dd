// Block Kit as a person sees it: messages, the home and modals draw the same blocks.
import { drawn, el, link, unknown } from "./dom.js";
import { grid } from "./markdown.js";
import { picture, video } from "./media.js";
import { element } from "./slack-elements.js";
import { mrkdwn, plain, richText, standard, words } from "./slack-text.js";

function contextPart(item, ctx) {
  return item.type === "image" ? picture(item.image_url ?? ctx.slackFile(item.slack_file), item.alt_text, ctx.files, { className: "tiny" }) : el("span", {}, words(item, ctx));
}

function cell(value, ctx) {
  if (!value || value.type === "raw_text") return value?.text ?? "";
  if (value.type === "raw_number") return String(value.text ?? value.value ?? "");
  return value.type === "rich_text" ? value.elements.map((part) => richText(part, ctx)) : unknown(`cell ${value.type}`);
}

export function block(item, ctx) {
  switch (item.type) {
    case "header": return el("h3", {}, plain(item.text));
    case "section": return el("div", { class: item.accessory ? "section with-accessory" : "section" },
      el("div", {}, item.text && el("div", { class: "words" }, words(item.text, ctx)), item.fields && el("div", { class: "fields" }, item.fields.map((field) => el("div", { class: "words" }, words(field, ctx))))),
      item.accessory && el("div", { class: "accessory" }, element(item, item.accessory, ctx)));
    case "context": return el("div", { class: "note context" }, item.elements.map((part) => contextPart(part, ctx)));
    case "divider": return el("hr");
    case "actions": case "context_actions": return el("div", { class: "actions" }, item.elements.map((part) => element(item, part, ctx)));
    case "image": return el("figure", {}, item.title && el("figcaption", {}, plain(item.title)), picture(item.image_url ?? ctx.slackFile(item.slack_file), item.alt_text, ctx.files));
    case "rich_text": return el("div", { class: "rich" }, item.elements.map((part) => richText(part, ctx)));
    case "markdown": return el("div", { class: "rich" }, standard(item.text, ctx));
    case "input": return ctx.field ? ctx.field(item) : el("div", { class: "field" }, el("strong", {}, plain(item.label), item.optional && el("small", {}, " optional")), element(item, item.element, ctx), item.hint && el("small", {}, plain(item.hint)));
    case "video": return video({ title: plain(item.title), url: item.title_url ?? item.video_url, thumb: item.thumbnail_url, alt: item.alt_text, about: [item.provider_name, plain(item.description)].filter(Boolean).join(" · ") }, ctx.files);
    case "file": return el("div", { class: "note" }, `📎 file ${item.external_id ?? item.file_id ?? ""}`);
    case "table": return grid(item.rows.map((row) => row.map((value) => cell(value, ctx))), (item.column_settings ?? []).map((column) => column?.align));
    default: return unknown(item.type);
  }
}

export const blocks = (items, ctx) => items.map((item) => drawn(item.type, () => block(item, ctx)));

/** The older attachments: a bar of colour beside words or blocks. */
function attachment(item, ctx) {
  const box = el("div", { class: "container bar" }, item.pretext && el("div", { class: "words" }, mrkdwn(item.pretext, ctx)), item.author_name && el("small", {}, item.author_name),
    item.title && el("strong", {}, item.title_link ? link(item.title_link, item.title) : item.title), item.text && el("div", { class: "words" }, mrkdwn(item.text, ctx)),
    item.fields && el("div", { class: "fields" }, item.fields.map((field) => el("div", { class: "words" }, el("strong", {}, field.title ?? ""), "\n", mrkdwn(field.value, ctx)))),
    item.blocks && blocks(item.blocks, ctx), item.image_url && picture(item.image_url, item.fallback, ctx.files), item.thumb_url && picture(item.thumb_url, "", ctx.files, { className: "small" }),
    item.actions && unknown("attachment actions"), item.footer && el("small", {}, item.footer), !item.blocks && !item.text && !item.title && item.fallback);
  const colour = { good: "#2f7d4f", warning: "#c07a16", danger: "#a3322b" }[item.color] ?? (item.color ? `#${item.color.replace("#", "")}` : "");
  if (colour) box.style.setProperty("--accent", colour);
  return box;
}

/** A message or a home view. */
export function slackMessage(native, ctx) {
  const parts = native.blocks?.length ? blocks(native.blocks, ctx) : native.text ? [el("div", { class: "words" }, mrkdwn(native.text, ctx))] : [];
  return [...parts, ...(native.attachments ?? []).map((item) => drawn("attachment", () => attachment(item, ctx)))];
}
