// One message as one person sees it: who, when, for whom, what, its files and its thread.
import { discordMessage } from "./discord-render.js";
import { drawn, el } from "./dom.js";
import { fileCard } from "./media.js";
import { slackMessage } from "./slack-render.js";
import { clockTime, dayName, fullTime } from "./when.js";

const DRAW = { slack: slackMessage, discord: discordMessage };
const V2 = 32768;
const hue = (text) => [...text].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 360, 7);

/** What drawing a message needs to know around it. */
export function context({ names, zone, now, files = [], controls = [], act, insert }) {
  const byId = new Map(controls.map((control) => [control.id, control]));
  return {
    zone, now, files, act, insert,
    control: (id) => byId.get(id),
    name: (id, otherwise) => names[id] ?? otherwise ?? id,
    known: (prefixes) => Object.entries(names).filter(([id]) => prefixes.includes(id[0]) && !id.includes("/")),
    slackFile: (ref) => (ref ? (ref.url ?? files.find((file) => file.id === ref.id)?.url) : ""),
  };
}

/** Files that no part of the message shows already. */
function loose(platform, m) {
  const native = JSON.stringify(m.native ?? {});
  if (platform === "slack") return m.files.filter((file) => !native.includes(`"slack_file":{"id":"${file.id}"`));
  return m.native.flags & V2 ? [] : m.files.filter((file) => !native.includes(`attachment://${file.name}`));
}

function avatar(author) {
  const box = el("span", { class: "avatar", "aria-hidden": "true" }, ([...author][0] ?? "?").toUpperCase());
  box.style.setProperty("--hue", hue(author));
  return box;
}

function threadButton(platform, m, deeds) {
  if (platform === "discord") return m.thread ? el("button", { class: "thread-link", type: "button", "data-control": "thread", onclick: () => deeds.room(m.thread) }, "↳ ", deeds.names[m.thread] ?? "open the thread", m.replies ? ` · ${m.replies}` : "") : "";
  if (!deeds.thread || m.only_you) return "";
  const text = m.replies ? `${m.replies} ${m.replies === 1 ? "reply" : "replies"}` : "Reply in a thread";
  return el("button", { class: m.replies ? "thread-link" : "thread-link quiet", type: "button", "data-control": "thread", onclick: () => deeds.thread(m.id) }, "↳ ", text);
}

function article(platform, m, deeds, follows) {
  const at = new Date(m.at);
  const ctx = context({ names: deeds.names, zone: deeds.zone, now: deeds.now, files: m.files ?? [], controls: m.controls ?? [], act: (control, values) => deeds.press(m.id, control, values), insert: deeds.insert });
  const content = drawn("message", () => DRAW[platform](m.native ?? {}, ctx));
  const files = m.files?.length ? loose(platform, m).map(fileCard) : [];
  const time = el("time", { dateTime: m.at, title: fullTime(at, deeds.zone) }, clockTime(at, deeds.zone));
  return el("article", { class: ["message", m.only_you ? "only-you" : "", m.by_bot ? "from-bot" : "", follows ? "follows" : ""].join(" "), "data-id": m.id, "aria-label": `${m.author}, ${clockTime(at, deeds.zone)}` },
    follows ? el("span", { class: "gutter" }, time) : avatar(m.author),
    el("div", { class: "content" },
      follows ? "" : el("div", { class: "by" }, el("strong", {}, m.author), m.by_bot && el("span", { class: "app" }, "APP"), time),
      el("div", { class: "drawn" }, content, files), m.edited && el("small", { class: "edited" }, "(edited)"),
      m.only_you && el("div", { class: "note only" }, el("span", { "aria-hidden": "true" }, "◐ "), "Only you can see this"), threadButton(platform, m, deeds)));
}

const keyOf = (m, deeds, follows) => {
  const key = JSON.stringify([m, deeds.zone, follows]);
  return key + (key.includes(":R>") || key.includes("{ago}") ? Math.floor(deeds.now / 60000) : "") + JSON.stringify(deeds.names).length;
};

/** Keeps `log` showing `messages`; what did not change is left alone, so focus and open menus survive. */
export function showMessages(platform, log, messages, deeds, empty) {
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80, old = new Map([...log.children].map((node) => [node.dataset.key, node]));
  const active = document.activeElement, mine = log.contains(active) ? [active.closest("[data-id]")?.dataset.id, active.dataset.control] : null;
  const fresh = [], wanted = [];
  let day = "", before = null;
  for (const m of messages) {
    const today = dayName(new Date(m.at), deeds.zone);
    const add = (key, make) => { const node = old.get(key) ?? make(); if (!old.has(key)) fresh.push(node); node.dataset.key = key; old.delete(key); wanted.push(node); };
    if (today !== day && !deeds.undated) { add(`day ${today}`, () => el("div", { class: "day" }, el("span", {}, today))); before = null; }
    day = today;
    const follows = before !== null && before.author === m.author && before.only_you === m.only_you && new Date(m.at) - new Date(before.at) < 300000;
    add(keyOf(m, deeds, follows), () => article(platform, m, deeds, follows));
    before = m;
  }
  if (!wanted.length) wanted.push(el("div", { class: "empty" }, empty));
  if (wanted.length !== log.children.length || wanted.some((node, n) => node !== log.children[n])) arrange(log, wanted);
  if (mine?.[0] && !log.contains(document.activeElement)) {
    const home = [...log.querySelectorAll("[data-id]")].find((node) => node.dataset.id === mine[0]);
    const again = home && [...home.querySelectorAll("[data-control]")].find((node) => node.dataset.control === mine[1] && !node.disabled);
    (again ?? log).focus({ preventScroll: true });
  }
  if (fresh.length && atEnd) log.scrollTop = log.scrollHeight;
}

// Only what moved is touched: taking a node out and in again would close its menus.
function arrange(log, wanted) {
  const keep = new Set(wanted);
  for (const node of [...log.children]) if (!keep.has(node)) node.remove();
  wanted.forEach((node, n) => { if (log.children[n] !== node) log.insertBefore(node, log.children[n] ?? null); });
}
