// The box to type in, and the list of what could be typed: a combobox with a listbox over it.
import { alternatives, matching, named, progress, withOption } from "./completion.js";
import { el } from "./dom.js";

export class Composer {
  /** deeds: say(text), complete(line) -> [[value, label]], commands() */
  constructor({ platform, label, id, slash = true, hint, deeds }) {
    Object.assign(this, { platform, deeds, slash, picked: -1, said: [], back: 0, asked: 0 });
    this.usage = el("div", { class: "usage", id: `${id}-usage`, hidden: true });
    this.list = el("ul", { class: "hints", role: "listbox", id: `${id}-hints`, "aria-label": "Completions", hidden: true });
    const combo = slash ? { role: "combobox", "aria-controls": `${id}-hints`, "aria-expanded": "false", "aria-autocomplete": "list", "aria-describedby": `${id}-usage` } : {};
    this.box = el("input", { disabled: slash, placeholder: hint, autocomplete: "off", "aria-label": label, ...combo, oninput: () => this.complete(), onkeydown: (event) => this.key(event), onblur: () => this.show([]) });
    this.node = el("form", { class: "type", onsubmit: (event) => { event.preventDefault(); this.say(); } }, slash && el("div", { class: "popup" }, this.usage, this.list), this.box, el("button", { class: "button primary send", type: "submit" }, "Send"));
  }

  ready() {
    if (this.box.disabled) this.box.disabled = false;
    const key = JSON.stringify(this.deeds.commands());
    if (key !== this.known && this.box.value.startsWith("/") && document.activeElement === this.box) this.complete();
    this.known = key;
  }

  async say() {
    const text = this.box.value;
    if (!text.trim()) return;
    this.said.push(text);
    this.back = this.said.length;
    this.box.value = "";
    this.close();
    await this.deeds.say(text);
  }

  take(text) {
    this.box.value = text;
    this.box.focus();
    this.box.setSelectionRange(text.length, text.length);
    this.complete();
  }

  close() { this.asked += 1; this.usage.hidden = true; this.show([]); }

  async complete() {
    const text = this.box.value, turn = ++this.asked;
    if (!this.slash || !text.startsWith("/")) return this.close();
    const command = named(text, this.deeds.commands());
    if (!command) {
      this.usage.hidden = true;
      return this.show(matching(text, this.deeds.commands()).map((one) => ({ insert: `/${one.name} `, label: `/${one.name}`, more: one.usage, about: one.description })));
    }
    const lines = this.optionLines(text, command);
    this.show(lines);
    if (this.platform !== "discord" || !command.options.length) return;
    const { next, value } = progress(text, command);
    if (!next) return;
    const choices = await this.deeds.complete(withOption(text, command, next, value.trim() || " "));
    if (turn !== this.asked || this.box.value !== text || !choices.length) return;
    this.show([...choices.map(([worth, label]) => ({ insert: String(worth).startsWith("/") ? worth : withOption(text, command, next, worth), label, about: label === worth ? next : "" })), ...lines]);
  }

  /** The command's options, the next one marked; on Slack the alternatives of its usage. */
  optionLines(text, command) {
    const words = alternatives(command, text);
    const { next, filled } = command.options.length ? progress(text, command) : { next: "", filled: new Set() };
    this.usage.replaceChildren(el("strong", {}, `/${command.name}`), " ",
      ...(command.options.length ? command.options.map(([name, , required]) => el("span", { class: `slot ${name === next ? "now" : ""} ${filled.has(name) ? "filled" : ""}` }, required ? `<${name}>` : `[${name}]`)) : [el("span", {}, command.usage)]), el("small", {}, command.description));
    this.usage.hidden = false;
    if (command.options.length) {
      return command.options.filter(([name]) => !filled.has(name) || name === next).map(([name, about, required]) => ({
        insert: this.platform === "discord" ? withOption(text, command, name, "") : text, label: name, next: name === next, more: required ? "required" : "optional", about }));
    }
    if (words.length) return words.map((word) => ({ insert: `/${command.name} ${word}${/[<[]/.test(word) ? "" : " "}`, label: `/${command.name} ${word}`, about: "" }));
    return [{ insert: text, label: `/${command.name}`, more: command.usage, about: command.description }];
  }

  show(lines) {
    this.picked = -1;
    this.box.removeAttribute("aria-activedescendant");
    this.list.hidden = lines.length === 0;
    if (!lines.length && document.activeElement !== this.box) this.usage.hidden = true;
    if (this.slash) this.box.setAttribute("aria-expanded", String(lines.length > 0));
    this.list.replaceChildren(...lines.slice(0, 40).map(({ insert, label, more, about, next }, n) =>
      el("li", { role: "option", id: `${this.list.id}-${n}`, class: next ? "next" : "", "aria-selected": "false", "data-insert": insert, onmousedown: (event) => { event.preventDefault(); this.take(insert); } },
        el("strong", {}, label), more && el("code", {}, more), next && el("em", {}, "comes next"), el("span", {}, about))));
  }

  key(event) {
    const items = [...this.list.children];
    if (event.key === "Escape" && (!this.list.hidden || !this.usage.hidden)) { event.preventDefault(); event.stopPropagation(); return this.close(); }
    if (this.list.hidden || !items.length) return this.remember(event);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.pick(items, event.key === "ArrowDown" ? this.picked + 1 : this.picked < 0 ? items.length - 1 : this.picked - 1);
    } else if (event.key === "Tab" && !event.shiftKey) {
      const to = items[Math.max(this.picked, 0)];
      if (to.dataset.insert === this.box.value) return;
      event.preventDefault();
      this.take(to.dataset.insert);
    } else if (event.key === "Enter" && this.picked >= 0) {
      event.preventDefault();
      this.take(items[this.picked].dataset.insert);
    }
  }

  pick(items, n) {
    this.picked = (n + items.length) % items.length;
    items.forEach((item, at) => item.setAttribute("aria-selected", String(at === this.picked)));
    this.box.setAttribute("aria-activedescendant", items[this.picked].id);
    items[this.picked].scrollIntoView({ block: "nearest" });
  }

  /** With nothing to choose from, the arrows bring back what was said before. */
  remember(event) {
    const up = event.key === "ArrowUp", down = event.key === "ArrowDown";
    if (!(up || down) || !this.said.length || (this.box.value && this.box.value !== this.said[this.back])) return;
    event.preventDefault();
    this.back = Math.min(Math.max(this.back + (up ? -1 : 1), 0), this.said.length);
    this.box.value = this.said[this.back] ?? "";
  }
}
