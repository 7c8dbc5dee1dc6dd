// Components v1 and v2, embeds and content as a person sees them.
import { several, single, visible } from "./choose.js";
import { colour, embed } from "./discord-embeds.js";
import { discordText, spoiler } from "./discord-text.js";
import { drawn, el, link, unknown } from "./dom.js";
import { fileCard, picture } from "./media.js";

const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger" };
const CHOICES = { 3: "", 5: "Choose people", 6: "Choose roles", 7: "Choose people or roles", 8: "Choose channels" };
const V2 = 32768, LOADING = 128;

const face = (emoji) => (emoji ? el("span", { "aria-hidden": "true" }, emoji.id ? `:${emoji.name}:` : emoji.name, " ") : "");

function button(item, ctx) {
  const words = [face(item.emoji), item.label ?? (item.sku_id ? `Premium ${item.sku_id}` : "")];
  if (item.style === 5) {
    const made = link(item.url, words, el("span", { "aria-hidden": "true" }, " ↗"));
    made.className = "button";
    return made;
  }
  return el("button", { class: `button ${STYLES[item.style] ?? ""}`, type: "button", disabled: !!item.disabled, "data-control": item.custom_id,
    "aria-label": item.label ? undefined : (item.emoji?.name ?? "button"), onclick: () => ctx.act(item.custom_id, []) }, words);
}

function select(item, ctx) {
  const control = ctx.control(item.custom_id);
  const abouts = new Map((item.options ?? []).map((option) => [option.value, option.description ?? ""]));
  const options = control?.options?.length ? control.options.map(([value, text]) => [value, text, abouts.get(value)]) : (item.options ?? []).map((option) => [option.value, option.label, option.description]);
  const least = item.min_values ?? control?.least ?? 1, most = item.max_values ?? control?.most ?? 1;
  const before = control?.chosen?.length ? control.chosen : [...(item.options ?? []).filter((option) => option.default).map((option) => option.value), ...(item.default_values ?? []).map((value) => value.id)];
  const label = item.placeholder || control?.label || CHOICES[item.type] || "Choose";
  const common = { id: item.custom_id, label, options, disabled: !!item.disabled, onpick: (values) => ctx.act(item.custom_id, values) };
  if (!options.length) return single({ ...common, label: `${label} (nobody and nothing to choose)`, disabled: true });
  return most > 1 || least === 0 ? several({ ...common, chosen: before, least, most }) : single({ ...common, chosen: before[0] });
}

function choiceGroup(item, ctx) {
  const kind = item.type === 21 ? "radio" : "checkbox";
  const options = (item.options ?? [{ value: "true", label: item.label ?? "Yes" }]).map((option) => [option.value, option.label, option.description]);
  return visible({ kind, id: item.custom_id, label: item.label ?? "Choose", options, chosen: (item.options ?? []).filter((option) => option.default).map((option) => option.value), onpick: (values) => ctx.act(item.custom_id, values) });
}

const image = (entry, ctx, props) => {
  const made = picture(entry.media?.url, entry.description, ctx.files, props);
  return entry.spoiler ? spoiler(made, "hidden image") : made;
};

function file(item, ctx) {
  const name = decodeURIComponent((item.file?.url ?? "").replace(/^attachment:\/\//, ""));
  const made = fileCard(ctx.files.find((one) => one.name === name || one.url === item.file?.url) ?? { name: item.name ?? name, url: item.file?.url, size: item.size, mimetype: "" });
  return item.spoiler ? spoiler(made, "hidden file") : made;
}

function container(item, ctx) {
  const box = el("div", { class: item.accent_color || item.accent_color === 0 ? "container bar" : "container" }, parts(item.components, ctx));
  if (colour(item.accent_color)) box.style.setProperty("--accent", colour(item.accent_color));
  return item.spoiler ? spoiler(box, "hidden part") : box;
}

export function part(item, ctx) {
  switch (item.type) {
    case 1: return el("div", { class: "actions" }, parts(item.components, ctx));
    case 2: return button(item, ctx);
    case 3: case 5: case 6: case 7: case 8: return select(item, ctx);
    case 4: case 19: return ctx.field ? ctx.field(item) : unknown(`component type ${item.type} outside a modal`);
    case 9: return el("div", { class: "section with-accessory" }, el("div", {}, parts(item.components, ctx)), item.accessory && el("div", { class: "accessory" }, part(item.accessory, ctx)));
    case 10: return el("div", { class: "text" }, discordText(item.content, ctx));
    case 11: return image(item, ctx, { className: "thumbnail" });
    case 12: return el("div", { class: `gallery of-${Math.min(item.items.length, 5)}` }, item.items.map((entry) => image(entry, ctx)));
    case 13: return file(item, ctx);
    case 14: return el(item.divider === false ? "div" : "hr", { class: item.spacing === 2 ? "wide" : "narrow" });
    case 17: return container(item, ctx);
    case 18: return ctx.field ? ctx.field(item) : el("div", { class: "field" }, el("strong", {}, item.label), item.description && el("small", {}, item.description), item.component && part(item.component, ctx));
    case 21: case 22: case 23: return ctx.field ? ctx.field(item) : choiceGroup(item, ctx);
    default: return unknown(`component type ${item.type}`);
  }
}

export const parts = (items, ctx) => (items ?? []).map((item) => drawn(`component type ${item.type}`, () => part(item, ctx)));

export function discordMessage(native, ctx) {
  if (native.flags & LOADING) return [el("p", { class: "thinking" }, "thinking", el("span", { class: "dots", "aria-hidden": "true" }, " …"))];
  const old = native.flags & V2 ? [] : [native.content ? el("div", { class: "text" }, discordText(native.content, ctx)) : "", (native.embeds ?? []).map((item) => drawn("embed", () => embed(item, ctx)))];
  const others = [native.poll && unknown("poll"), native.sticker_items?.length && unknown("stickers")];
  return [...old, ...parts(native.components, ctx), ...others];
}
