// Everything between the bot and the platform, both ways, newest first.
import { el } from "./dom.js";

const isBad = (entry) => !entry.ok || entry.fault || (entry.attempt ?? 0) > 0;

/** One row of ledger and deliveries by their common counter. */
export function merged(state) {
  const sent = (state.ledger ?? []).map((entry) => ({ ...entry, from: "bot" }));
  const told = (state.deliveries ?? []).map((entry) => ({ ...entry, from: "platform" }));
  return [...sent, ...told].sort((a, b) => (b.n ?? 0) - (a.n ?? 0) || String(b.at).localeCompare(String(a.at)));
}

function row(entry, who, platform) {
  const up = entry.from === "bot";
  const outcome = entry.ok ? "ok" : (entry.error || "failed");
  const tags = [entry.fault && `fault: ${entry.fault}`, entry.member && who(entry.member), (entry.attempt ?? 0) > 0 && `try ${entry.attempt + 1}`, entry.pings && `${entry.pings} ${entry.pings === 1 ? "ping" : "pings"}`, entry.ms !== undefined && entry.ms !== null && `${Math.round(entry.ms)} ms`, entry.key && `key ${String(entry.key).slice(0, 10)}`];
  return el("li", { class: `${up ? "up" : "down"} ${isBad(entry) ? "bad" : ""}` },
    el("time", {}, String(entry.at ?? "").slice(11, 19)), el("span", { class: "arrow", role: "img", "aria-label": up ? `bot to ${platform}` : `${platform} to bot` }, up ? "↑" : "↓"),
    el("span", { class: "what" }, entry.method ?? "?"), el("span", { class: "outcome" }, outcome), tags.filter(Boolean).map((tag) => el("span", { class: "tag" }, tag)));
}

export class Timeline {
  constructor(platform) {
    this.platform = platform === "slack" ? "Slack's side" : "Discord's side";
    this.only = el("input", { type: "checkbox", onchange: () => this.draw() });
    this.list = el("ol", { class: "timeline", tabIndex: 0, "aria-label": "Timeline" });
    this.pending = el("div", { class: "pending" });
    this.node = el("div", { class: "panel" }, el("div", { class: "panel-head" }, el("span", { class: "legend" }, el("span", {}, "↑ bot asks"), el("span", {}, "↓ bot is told")), el("label", { class: "check" }, this.only, el("span", {}, "only problems"))), this.pending, this.list);
  }

  show(state) { this.state = state; this.draw(); }

  get problems() { return merged(this.state ?? {}).filter(isBad).length; }

  draw() {
    if (!this.state) return;
    const key = JSON.stringify([this.state.ledger, this.state.deliveries, this.state.faults, this.only.checked]);
    if (key === this.key) return;
    this.key = key;
    const names = new Map((this.state.residents ?? []).flatMap((one) => [[one.id, one.name], [one.id.split("/")[1], one.name]]));
    const rows = merged(this.state).filter((entry) => !this.only.checked || isBad(entry));
    const faults = this.state.faults ?? [];
    this.pending.replaceChildren(...faults.map((fault) => el("span", { class: "fault" }, `waiting: ${fault.kind}${fault.kind === "status" || fault.kind === "lose" ? ` ${fault.status}` : ""}${fault.seconds ? ` ${fault.seconds} s` : ""} × ${fault.times} at ${fault.match || "anything"}`)));
    this.list.replaceChildren(...(rows.length ? rows.map((entry) => row(entry, (id) => names.get(id) ?? id, this.platform)) : [el("li", { class: "none" }, this.only.checked ? "No problem so far." : "Quiet so far.")]));
  }
}
