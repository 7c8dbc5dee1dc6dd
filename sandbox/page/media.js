// Images and files: where their bytes are, and how they look.
import { bytes, el, link, unknown } from "./dom.js";

const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** The address to load: `attachment://name` through the message's files, the sandbox's own files from this origin. */
export function resolve(url, files = []) {
  if (!url) return "";
  if (url.startsWith("attachment://")) {
    const name = decodeURIComponent(url.slice(13));
    return resolve(files.find((file) => file.name === name)?.url ?? "");
  }
  try {
    const at = new URL(url, location.href);
    return LOOPBACK.has(at.hostname) ? at.pathname + at.search : at.href;
  } catch { return ""; }
}

/** An image with its words; one that cannot be loaded says so. */
export function picture(url, alt, files, props = {}) {
  const src = resolve(url, files);
  if (!src) return unknown(`image ${url ?? "without an address"}`);
  const image = el("img", { src, alt: alt ?? "", loading: "lazy", ...props });
  image.addEventListener("error", () => image.replaceWith(el("span", { class: "noimage" }, `▨ ${alt || "image"} (not loaded)`)), { once: true });
  return image;
}

/** A file a message carries: images inline, others as a link with their size. */
export function fileCard(file) {
  const src = resolve(file.url);
  if ((file.mimetype ?? "").startsWith("image/")) {
    return el("figure", { class: "file image" }, el("a", { href: src, target: "_blank", rel: "noreferrer" }, picture(file.url, file.alt || file.name)), el("figcaption", {}, file.name));
  }
  return el("div", { class: "file" }, el("span", { class: "paper", "aria-hidden": "true" }, extension(file.name)),
    el("div", {}, src ? el("a", { href: src, target: "_blank", rel: "noreferrer", download: file.name }, file.name) : file.name,
      el("small", {}, ` ${[file.size !== undefined && bytes(file.size), file.mimetype].filter(Boolean).join(" · ")}`), file.alt && el("small", { class: "alt" }, file.alt)));
}

const extension = (name) => (/\.(\w{1,4})$/.exec(name ?? "")?.[1] ?? "file").toUpperCase();

/** A video is never played here (the page loads no foreign media): its picture, title and address are shown. */
export function video({ title, url, thumb, alt, about }, files) {
  return el("figure", { class: "file video" }, thumb && picture(thumb, alt, files), el("figcaption", {}, "▶ ", url ? link(url, title || "video") : title, about && el("small", {}, ` ${about}`)));
}
