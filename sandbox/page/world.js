// One platform's half of the page: who one is, the rooms, the messages, the box to type in.
import { el, post } from "./dom.js";
import { openDialog } from "./dialog.js";

const hue = (text) => [...text].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 360, 7);

export class World {
  constructor(platform, title, draw) {
    Object.assign(this, { platform, draw, member: "", place: "", seen: {}, drawn: "", commands: [], dialogBox: null, dialogKey: "", picked: -1 });
    this.people = el("select", { "aria-label": `Who you are on ${title}`, onchange: (e) => this.become(e.target.value) });
    this.about = el("p", { class: "about" });
    this.rooms = el("nav", { "aria-label": `${title} rooms` });
    this.log = el("div", { class: "log", role: "log", "aria-live": "polite", tabIndex: 0, "aria-label": `${title} messages` });
    this.hints = el("ul", { class: "hints", role: "listbox", hidden: true, id: `hints-${platform}` });
    this.box = el("input", { disabled: true, placeholder: "Type / for commands", autocomplete: "off", "aria-label": `Message on ${title}`, role: "combobox", "aria-controls": `hints-${platform}`, "aria-expanded": "false",
      oninput: () => this.complete(), onkeydown: (e) => this.key(e) });
    this.problem = el("p", { class: "error", role: "alert" });
    const form = el("form", { class: "type", onsubmit: (e) => { e.preventDefault(); this.say(); } }, this.hints, this.box, el("button", { class: "button primary" }, "Send"));
    this.timeline = el("ol", { class: "timeline" });
    const faults = el("div", { class: "actions" }, this.fault("drop the connection", { drop_connections: true }),
      this.fault("lose the next answer", { add: { match: platform === "slack" ? "chat.postMessage" : "/messages", kind: "drop" } }),
      this.fault("429 for the next send", { add: { match: platform === "slack" ? "chat.postMessage" : "/messages", kind: "rate_limit", seconds: 5 } }),
      el("button", { class: "button", onclick: () => this.toggleDms() }, "open or close my direct messages"));
    this.node = el("section", { class: `world ${platform}`, "aria-label": title },
      el("header", {}, el("h2", {}, title), this.people, this.about), el("div", { class: "body" }, this.rooms, el("div", { class: "talk" }, this.log, this.problem, form)),
      el("details", { class: "deliveries" }, el("summary", {}, "Deliveries and faults"), faults, this.timeline));
  }

  get who() { return { platform: this.platform, member: this.member }; }

  fault(label, body) { return el("button", { class: "button", onclick: () => this.try(() => post("faults", { platform: this.platform, ...body })) }, label); }

  async toggleDms() {
    const me = this.residents.find((r) => r.id === this.member);
    await this.try(() => post("dms", { ...this.who, open: !me.dms_open }));
  }

  become(member) { Object.assign(this, { member, place: "", drawn: "" }); this.refresh(); }

  async refresh() {
    const query = new URLSearchParams({ platform: this.platform, member: this.member, place: this.place });
    let state = await (await fetch(`/sandbox/state?${query}`)).json();
    if (!this.member) { this.member = state.residents[0].id; return this.refresh(); }
    if (state.error) { this.place = ""; return; }
    this.residents = state.residents;
    this.place = state.place;
    this.commands = state.commands;
    this.box.disabled = false; // before this, nobody knows which commands there are
    this.drawPeople(state);
    this.drawRooms(state);
    this.drawMessages(state);
    this.drawDialog(state.dialog);
    this.timeline.replaceChildren(...state.ledger.slice(-20).reverse().map((e) => el("li", { class: e.ok ? "" : "bad" }, `${e.at.slice(11, 19)} ${e.method} ${e.ok ? "ok" : e.error}${e.pings ? ` ${e.pings} pings` : ""}`)));
    return state;
  }

  get me() { return this.residents?.find((r) => r.id === this.member); }

  drawPeople({ residents, clock }) {
    if (this.people.length !== residents.length) {
      const spaces = [...new Set(residents.map((r) => r.space_name))];
      this.people.replaceChildren(...spaces.map((name) => el("optgroup", { label: name }, residents.filter((r) => r.space_name === name).map((r) => el("option", { value: r.id }, r.name)))));
    }
    this.people.value = this.member;
    const now = new Date(clock.now).toLocaleString("en-GB", { timeZone: this.me.zone, weekday: "short", hour: "2-digit", minute: "2-digit" });
    this.about.textContent = `${this.me.zone.replace("_", " ")} · ${now} · ${this.me.locale}${this.me.dms_open ? "" : " · direct messages closed"}${clock.connected ? "" : " · bot not connected"}`;
  }

  drawRooms({ rooms }) {
    for (const room of rooms) if (room.id === this.place) this.seen[this.member + room.id] = room.count;
    this.rooms.replaceChildren(...rooms.map((room) => {
      const unread = room.count - (this.seen[this.member + room.id] ?? 0);
      const badge = room.kind === "dm" && unread > 0 && el("span", { class: "badge", "aria-label": `${unread} new` }, String(unread));
      return el("button", { class: "room", "aria-current": room.id === this.place ? "page" : undefined, "data-kind": room.kind, onclick: () => { this.place = room.id; this.drawn = ""; this.refresh(); } },
        room.kind === "dm" ? "✉ " : room.id === "home" ? "⌂ " : "# ", room.name, badge);
    }));
  }

  drawMessages({ messages }) {
    const key = JSON.stringify([this.member, this.place, messages]);
    if (key === this.drawn) return;
    this.drawn = key;
    this.log.replaceChildren(...(messages.length ? messages.map((m) => this.message(m)) : [el("p", { class: "empty" }, "Nothing here yet. Type / below.")]));
    this.log.scrollTop = this.log.scrollHeight;
  }

  message(m) {
    const act = (control, values = []) => this.try(() => post("press", { ...this.who, message: m.id, control, values }));
    const time = new Date(m.at).toLocaleTimeString("en-GB", { timeZone: this.me.zone, hour: "2-digit", minute: "2-digit" });
    const avatar = el("span", { class: "avatar", "aria-hidden": "true" }, [...m.author][0].toUpperCase());
    avatar.style.setProperty("--hue", hue(m.author));
    return el("article", { class: m.only_you ? "message only-you" : "message", "data-id": m.id }, avatar,
      el("div", { class: "content" }, el("div", { class: "by" }, el("strong", {}, m.author), m.by_bot ? el("span", { class: "app" }, "APP") : "", el("time", {}, time), m.edited ? el("small", {}, "(edited)") : ""),
        m.only_you ? el("div", { class: "note" }, "Only you can see this") : "", this.draw(m.native, act)));
  }

  drawDialog(dialog) {
    const key = dialog ? JSON.stringify([this.member, dialog.id, dialog.errors]) : "";
    if (key === this.dialogKey) return;
    const typed = this.dialogBox && dialog && this.dialogBox.dataset.dialog === dialog.id ? new FormData(this.dialogBox.querySelector("form")) : null;
    this.dialogKey = key;
    this.dialogBox?.remove();
    this.dialogBox = null;
    if (!dialog) return;
    if (typed) for (const field of dialog.fields) field.value = field.kind === "multiselect" ? typed.getAll(field.id) : String(typed.get(field.id) ?? field.value);
    this.dialogBox = openDialog(this.who, dialog, () => this.refresh());
  }

  async try(work) {
    this.problem.textContent = "";
    try { await work(); } catch (error) { this.problem.textContent = error.message; }
    await this.refresh();
  }

  async say() {
    const text = this.box.value;
    if (!text.trim()) return;
    this.box.value = "";
    this.show([]);
    await this.try(() => post("say", { ...this.who, place: this.place, text }));
  }

  async complete() {
    const text = this.box.value;
    if (!text.startsWith("/")) return this.show([]);
    const typed = text.slice(1).toLowerCase();
    const known = this.commands.filter((c) => c.name.startsWith(typed.trim()) || typed.startsWith(`${c.name} `));
    let lines = known.map((c) => [`/${c.name} `, `/${c.name} ${c.usage}`, c.description]);
    if (this.platform === "discord" && known.some((c) => typed.startsWith(`${c.name} `) && c.options.length)) {
      const command = known.find((c) => typed.startsWith(`${c.name} `));
      const option = command.options[0][0];
      const part = text.slice(command.name.length + 2).replace(`${option}:`, "");
      const { choices } = await post("complete", { ...this.who, text: `/${command.name} ${option}:${part || " "}` });
      if (this.box.value !== text) return;
      if (choices.length) lines = choices.map(([value, label]) => [`/${command.name} ${option}:${value}`, label, option]);
    }
    this.show(lines.slice(0, 12));
  }

  show(lines) {
    this.picked = -1;
    this.hints.hidden = lines.length === 0;
    this.box.setAttribute("aria-expanded", String(lines.length > 0));
    this.hints.replaceChildren(...lines.map(([insert, label, text], n) => el("li", { role: "option", id: `h-${this.platform}-${n}`, "data-insert": insert, onmousedown: (e) => { e.preventDefault(); this.take(insert); } }, el("strong", {}, label), " ", el("span", {}, text ?? ""))));
  }

  take(insert) { this.box.value = insert; this.box.focus(); this.complete(); }

  key(event) {
    const items = [...this.hints.children];
    if (this.hints.hidden || !items.length) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.picked = (this.picked + (event.key === "ArrowDown" ? 1 : items.length - 1) + (this.picked < 0 && event.key === "ArrowUp" ? 1 : 0)) % items.length;
      items.forEach((item, n) => item.setAttribute("aria-selected", String(n === this.picked)));
      this.box.setAttribute("aria-activedescendant", items[this.picked].id);
      items[this.picked].scrollIntoView({ block: "nearest" });
    } else if ((event.key === "Tab" || event.key === "Enter") && this.picked >= 0) {
      event.preventDefault();
      this.take(items[this.picked].dataset.insert);
    } else if (event.key === "Escape") this.show([]);
  }
}
