// The person one is: direct messages, zone, language, leaving; and somebody new.
import { el, fresh } from "./dom.js";

const ZONES = typeof Intl.supportedValuesOf === "function" ? Intl.supportedValuesOf("timeZone") : ["UTC"];
const LOCALES = ["en-US", "en-GB", "zh-CN", "de-DE", "es-ES", "fr-FR", "hi-IN", "ja-JP", "pt-BR"];
const labelled = (text, input) => el("label", { class: "mini" }, el("span", {}, text), input);
const listed = (values) => { const id = fresh("list"); return [el("datalist", { id }, values.map((value) => el("option", { value }))), id]; };

export class PersonPanel {
  /** deeds: me(), post(path, body), become(id) */
  constructor(platform, deeds) {
    Object.assign(this, { platform, deeds });
    const [zones, zoneList] = listed(ZONES), [locales, localeList] = listed(LOCALES);
    const text = (list) => el("input", { autocomplete: "off", ...(list ? { list } : {}) });
    [this.zone, this.locale, this.name] = [text(zoneList), text(localeList), text()];
    [this.newName, this.newLocale, this.newZone] = [text(), text(localeList), text(zoneList)];
    this.newLocale.value = "en-US";
    this.newZone.value = "Europe/Berlin";
    this.dms = el("button", { class: "button", type: "button", onclick: () => this.post("dms", { open: !this.deeds.me().dms_open }) });
    this.leave = el("button", { class: "button danger", type: "button", onclick: () => this.post("members", { leave: true }) }, "Leave");
    this.heading = el("h4");
    this.node = el("div", { class: "panel" }, zones, locales,
      el("form", { class: "group", onsubmit: (event) => { event.preventDefault(); this.change(); } }, this.heading, el("div", { class: "minis" }, labelled("zone", this.zone), labelled("locale", this.locale), labelled("name", this.name)),
        el("div", { class: "actions" }, el("button", { class: "button primary", type: "submit" }, "Change"), this.dms, this.leave)),
      el("form", { class: "group", onsubmit: (event) => { event.preventDefault(); this.join(); } }, el("h4", {}, "Somebody new"), el("div", { class: "minis" }, labelled("name", this.newName), labelled("locale", this.newLocale), labelled("zone", this.newZone)),
        el("div", { class: "actions" }, el("button", { class: "button", type: "submit" }, "Come in"))));
  }

  post(path, body) { return this.deeds.post(path, { platform: this.platform, member: this.deeds.me().id, ...body }); }

  change() {
    const me = this.deeds.me(), change = {};
    for (const key of ["zone", "locale", "name"]) if (this[key].value.trim() && this[key].value.trim() !== me[key]) change[key] = this[key].value.trim();
    if (Object.keys(change).length) this.post("members", { change });
  }

  async join() {
    const number = Math.floor(Math.random() * 1e8), { space } = this.deeds.me();
    const id = this.platform === "slack" ? `U${String(number).padStart(9, "0")}` : `80000000${String(number).padStart(10, "0")}`;
    const member = `${space}/${id}`, name = this.newName.value.trim() || "Newcomer";
    const done = await this.deeds.post("members", { platform: this.platform, member, join: { name, locale: this.newLocale.value, zone: this.newZone.value } });
    if (done) { this.newName.value = ""; this.deeds.become(member); }
  }

  show(me) {
    const key = JSON.stringify(me);
    if (key === this.key) return;
    this.key = key;
    this.heading.textContent = `${me.name} (${me.id})`;
    for (const box of ["zone", "locale", "name"]) this[box].value = me[box];
    this.dms.textContent = me.dms_open ? "Close my direct messages" : "Open my direct messages";
    this.leave.disabled = !!me.gone;
  }
}
