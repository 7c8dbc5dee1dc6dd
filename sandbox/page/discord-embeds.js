// Embeds, and the attachments no component shows.
import { el, link } from "./dom.js";
import { discordText, inline } from "./discord-text.js";
import { picture, video } from "./media.js";
import { clockTime, shortDay } from "./when.js";

export const colour = (number) => (number || number === 0 ? `#${Number(number).toString(16).padStart(6, "0")}` : "");

export function embed(item, ctx) {
  const title = item.title && inline(item.title, ctx);
  const box = el("div", { class: "container embed" },
    item.thumbnail && el("div", { class: "thumb" }, picture(item.thumbnail.url, item.thumbnail.description ?? "", ctx.files, { className: "small" })),
    item.provider?.name && el("small", {}, item.provider.name),
    item.author && el("small", { class: "embed-author" }, item.author.icon_url && picture(item.author.icon_url, "", ctx.files, { className: "tiny" }), item.author.url ? link(item.author.url, item.author.name) : item.author.name),
    title && el("h4", {}, item.url ? link(item.url, title) : title),
    item.description && el("div", { class: "text" }, discordText(item.description, ctx)),
    item.fields?.length ? el("div", { class: "embed-fields" }, item.fields.map((field) => el("div", { class: field.inline ? "inline" : "" }, el("strong", {}, inline(field.name, ctx)), el("div", { class: "text" }, discordText(field.value, ctx))))) : "",
    item.image && picture(item.image.url, item.image.description ?? "", ctx.files),
    item.video && video({ title: "video", url: item.video.url }, ctx.files),
    (item.footer || item.timestamp) && el("small", { class: "embed-foot" }, item.footer?.icon_url && picture(item.footer.icon_url, "", ctx.files, { className: "tiny" }),
      [item.footer?.text, item.timestamp && `${shortDay(new Date(item.timestamp), ctx.zone)} ${clockTime(new Date(item.timestamp), ctx.zone)}`].filter(Boolean).join(" · ")));
  if (colour(item.color)) box.style.setProperty("--accent", colour(item.color));
  return box;
}
