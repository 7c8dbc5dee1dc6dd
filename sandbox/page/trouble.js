// Making trouble for the bot: scripted faults, its connections and its token.
import { el } from "./dom.js";

const KINDS = [
  ["drop", "carry out, then hang up"], ["drop_before", "hang up before carrying out"], ["lose", "carry out, but say it failed"],
  ["status", "answer an error"], ["stall", "make it wait"], ["rate_limit", "429: too fast"],
];
const TROUBLES = {
  slack: [["drop", "Cut the sockets"], ["half_open", "Fall silent"], ["warning", "Warn of a disconnect"], ["refresh", "Ask to reconnect"], ["link_disabled", "Disable Socket Mode"], ["revoke", "Revoke the token"], ["restore", "Give the token back"]],
  discord: [["drop", "Cut the sockets"], ["half_open", "Fall silent"], ["reconnect", "Op 7: reconnect"], ["invalid_session", "Op 9: invalid session"], ["revoke", "Revoke the token"], ["restore", "Give the token back"]],
};
const SENDING = { slack: "chat.postMessage", discord: "/messages" };
const labelled = (text, input) => el("label", { class: "mini" }, el("span", {}, text), input);

/** post(path, body) tells of its own errors. */
export function troublePanel(platform, post) {
  const match = el("input", { value: SENDING[platform], autocomplete: "off" });
  const kind = el("select", {}, KINDS.map(([value, about]) => el("option", { value }, `${value}: ${about}`)));
  const number = (value, most) => el("input", { type: "number", min: 0, max: most, value, step: "any" });
  const times = number("1", 999), status = number("500", 599), seconds = number("5", 600);
  const rows = [labelled("at (part of the method or path)", match), labelled("what happens", kind), labelled("times", times), labelled("status", status), labelled("seconds", seconds)];
  const fit = () => {
    rows[3].hidden = !["status", "lose"].includes(kind.value);
    rows[4].hidden = !["stall", "rate_limit"].includes(kind.value);
  };
  kind.addEventListener("change", fit);
  fit();
  const add = (event) => {
    event.preventDefault();
    const fault = { match: match.value, kind: kind.value, times: Math.max(1, Number(times.value)) };
    if (!rows[3].hidden) fault.status = Number(status.value);
    if (!rows[4].hidden) fault.seconds = Number(seconds.value);
    post("faults", { platform, add: fault });
  };
  return el("div", { class: "panel" },
    el("div", { class: "group", role: "group", "aria-label": "Connections and token" }, el("h4", {}, "Connections and token"), el("div", { class: "actions" },
      TROUBLES[platform].map(([name, text]) => el("button", { class: `button ${name === "revoke" ? "danger" : ""}`, type: "button", "data-trouble": name, onclick: () => post("trouble", { platform, kind: name }) }, text)))),
    el("form", { class: "group", onsubmit: add, "aria-label": "A fault for the next requests" }, el("h4", {}, "A fault for the next requests"), el("div", { class: "minis" }, rows),
      el("div", { class: "actions" }, el("button", { class: "button primary", type: "submit" }, "Add this fault"), el("button", { class: "button", type: "button", onclick: () => post("faults", { platform, clear: true }) }, "Forget all faults"))));
}
