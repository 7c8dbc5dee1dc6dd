// One platform's half of the page: who one is, the rooms, the messages, the box to type in.
import { now } from "./clock.js";
import { Composer } from "./composer.js";
import { el, get, memory, post } from "./dom.js";
import { showMessages } from "./message.js";
import { Modal } from "./modal.js";
import { showRooms } from "./rooms.js";
import { clockTime } from "./when.js";
import { Workbench } from "./workbench.js";

export class World {
  constructor(platform, title, about) {
    const kept = memory.get(platform) ?? {};
    Object.assign(this, { platform, member: kept.member ?? "", place: kept.place ?? "", thread: "", seen: kept.seen ?? {}, commands: [] });
    this.people = el("select", { "aria-label": `Who you are on ${title}`, onchange: () => this.become(this.people.value) });
    this.about = el("p", { class: "about" });
    this.link = el("span", { class: "link", role: "status" });
    this.rooms = el("nav", { "aria-label": `${title} rooms` });
    this.log = el("div", { class: "log", role: "log", "aria-live": "polite", tabIndex: 0, "aria-label": `${title} messages` });
    this.problem = el("p", { class: "error", role: "alert" });
    this.inside = el("p", { class: "inside-here", hidden: true });
    const deeds = { commands: () => this.commands, complete: (line) => this.ask(line), say: (text) => this.try(() => post("say", { ...this.who, place: this.place, text })) };
    this.composer = new Composer({ platform, label: `Message on ${title}`, id: platform, hint: "Write, or type / for commands", deeds });
    const reply = { commands: () => [], complete: async () => [], say: (text) => this.try(() => post("say", { ...this.who, place: this.place, thread: this.thread, text })) };
    this.reply = new Composer({ platform, label: `Reply in the thread on ${title}`, id: `${platform}-thread`, slash: false, hint: "Reply in this thread", deeds: reply });
    this.replies = el("div", { class: "replies", role: "log", "aria-live": "polite", tabIndex: 0, "aria-label": "Thread" });
    this.pane = el("aside", { class: "thread", hidden: true, "aria-label": "Thread", onkeydown: (event) => { if (event.key === "Escape") this.openThread(""); } },
      el("header", {}, el("h3", {}, "Thread"), el("button", { class: "button", type: "button", onclick: () => this.openThread("") }, "Close")), this.replies, this.reply.node);
    this.talk = el("div", { class: "talk" }, el("div", { class: "main" }, this.inside, this.log, this.problem, this.composer.node), this.pane);
    this.modal = new Modal(platform, { try: (work) => this.try(work), who: () => this.who, refresh: () => this.refresh(), back: () => this.composer.box.focus({ preventScroll: true }) });
    this.bench = new Workbench(platform, { me: () => this.me, post: (path, body) => this.try(() => post(path, body)), become: (id) => this.become(id) });
    this.node = el("section", { class: `world ${platform}`, id: `world-${platform}`, "aria-label": title },
      el("header", {}, el("h2", {}, title), this.link, el("p", { class: "what" }, about), el("label", { class: "you" }, el("span", {}, "you are"), this.people), this.about),
      el("div", { class: "body" }, this.rooms, this.talk), this.bench.node);
  }

  get who() { return { platform: this.platform, member: this.member }; }
  get me() { return this.residents?.find((one) => one.id === this.member); }

  keep() { memory.set(this.platform, { member: this.member, place: this.place, seen: this.seen }); }

  become(member) {
    Object.assign(this, { member, place: "", thread: "" });
    return this.try(() => null);
  }

  open(place) {
    const room = this.state.rooms.find((one) => one.id === place);
    Object.assign(this, { place, thread: "" });
    if (room?.kind === "home") this.try(() => post("home", this.who));
    else this.try(() => null);
  }

  async openThread(id) {
    const before = this.thread;
    this.thread = id;
    await this.refresh();
    if (id) this.reply.box.focus();
    else if (before) (this.log.querySelector(`[data-id="${CSS.escape(before)}"] [data-control="thread"]`) ?? this.log).focus();
  }

  async ask(line) {
    try { return (await post("complete", { ...this.who, text: line })).choices ?? []; } catch { return []; }
  }

  async refresh() {
    const asked = { member: this.member, place: this.place, thread: this.thread };
    const state = await get("state", { platform: this.platform, ...asked });
    if (asked.member !== this.member || asked.place !== this.place || asked.thread !== this.thread) return this.refresh(); // somebody chose in the meantime
    if (!state.error && (!this.member || !state.residents.some((one) => one.id === this.member))) {
      this.member = state.residents.find((one) => !one.gone)?.id ?? state.residents[0]?.id ?? "";
      return this.member ? this.refresh() : null;
    }
    if (state.error) {
      if (!asked.member && !asked.place) { this.problem.textContent = state.error; return null; }
      Object.assign(this, asked.place ? { place: "", thread: "" } : { member: "", place: "", thread: "" }); // the room, or the person, is gone
      return this.refresh();
    }
    this.draw(state);
    return state;
  }

  draw(state) {
    for (const key of ["rooms", "messages", "thread", "commands", "ledger", "deliveries", "faults"]) state[key] ??= [];
    state.names ??= {};
    Object.assign(this, { state, residents: state.residents, place: state.place, commands: state.commands });
    for (const room of state.rooms) if (room.id === this.place) this.seen[this.member + room.id] = room.count ?? 0;
    this.drawPeople(state);
    showRooms(this.rooms, state.rooms, this.place, (room) => (room.count ?? 0) - (this.seen[this.member + room.id] ?? 0), (id) => this.open(id));
    this.drawTalk(state);
    this.modal.show(state.dialog, state, this.me);
    this.bench.show(state, this.me);
    this.composer.ready(); // before this, nobody knows which commands there are
    this.keep();
  }

  drawPeople({ residents, clock }) {
    const key = JSON.stringify(residents);
    if (key !== this.peopleKey) {
      this.peopleKey = key;
      const spaces = [...new Set(residents.map((one) => one.space_name))];
      const note = (one) => [one.is_admin && "admin", one.stranger && "from elsewhere", one.gone && "left"].filter(Boolean).join(", ");
      this.people.replaceChildren(...spaces.map((name) => el("optgroup", { label: name }, residents.filter((one) => one.space_name === name).map((one) => el("option", { value: one.id }, one.name, note(one) && ` (${note(one)})`)))));
    }
    this.people.value = this.member;
    this.tick();
    this.link.textContent = clock.connected ? "bot connected" : "bot not connected";
    this.link.classList.toggle("off", !clock.connected);
  }

  /** The hour where this person is, as the clock runs. */
  tick() {
    const me = this.me;
    if (me) this.about.textContent = [me.zone.replaceAll("_", " "), clockTime(new Date(now()), me.zone), me.locale, !me.dms_open && "direct messages closed", me.gone && "has left"].filter(Boolean).join(" · ");
  }

  deeds(extra) {
    return { names: this.state.names, zone: this.me.zone, now: now(), room: (id) => this.open(id), insert: (text) => this.composer.take(text),
      press: (message, control, values = []) => this.try(() => post("press", { ...this.who, message, control, values })), ...extra };
  }

  drawTalk({ rooms, messages, thread }) {
    const room = rooms.find((one) => one.id === this.place);
    const kind = room?.id === "home" ? "home" : (room?.kind ?? "channel");
    const key = `${this.member} ${this.place}`;
    if (this.shown !== key) this.log.replaceChildren();
    this.log.dataset.kind = kind;
    const top = messages.filter((m) => this.platform !== "slack" || !m.thread || m.thread === m.id || m.native?.subtype === "thread_broadcast");
    const empty = [el("strong", {}, "Nothing here yet"), el("span", {}, kind === "dm" ? "Steps and replies of the bot arrive here." : "Type / below to see what the bot can do.")];
    const canThread = this.platform === "slack" && kind !== "home";
    showMessages(this.platform, this.log, top, this.deeds({ thread: canThread ? (id) => this.openThread(id) : null, undated: kind === "home" }), empty);
    if (this.shown !== key) this.log.scrollTop = kind === "home" ? 0 : this.log.scrollHeight;
    this.shown = key;
    this.composer.node.hidden = kind === "home";
    this.inside.hidden = !room?.members?.length;
    this.inside.textContent = this.inside.hidden ? "" : `In here: ${new Intl.ListFormat("en-GB").format(room.members)}`;
    this.pane.hidden = !this.thread;
    this.talk.classList.toggle("threaded", !!this.thread);
    if (this.thread) showMessages(this.platform, this.replies, thread, this.deeds({ undated: true }), "The replies will stand here.");
  }

  /** Does something, tells what went wrong, and looks again; whether it went well. */
  async try(work) {
    this.problem.textContent = "";
    let good = true;
    this.node.setAttribute("aria-busy", "true");
    try { await work(); } catch (error) { good = false; this.problem.textContent = error.message; }
    this.node.removeAttribute("aria-busy");
    try { await this.refresh(); } catch (error) { this.problem.textContent = error.message; }
    return good;
  }
}
