// Below each world: what went to and fro, ways to make trouble, and the person one is.
import { el } from "./dom.js";
import { PersonPanel } from "./person.js";
import { Timeline } from "./timeline.js";
import { troublePanel } from "./trouble.js";

export class Workbench {
  /** deeds: me(), post(path, body), become(id) */
  constructor(platform, deeds) {
    this.timeline = new Timeline(platform);
    this.person = new PersonPanel(platform, deeds);
    this.count = el("span", { class: "count", hidden: true });
    const panels = [["Deliveries and faults", this.timeline.node], ["Make trouble", troublePanel(platform, deeds.post)], ["This person", this.person.node]];
    const buttons = panels.map(([title, panel], n) => {
      Object.assign(panel, { hidden: true, id: `${platform}-panel-${n}` });
      return el("button", { type: "button", class: "tab", "aria-expanded": "false", "aria-controls": panel.id, onclick: () => open(n) }, title);
    });
    const open = (n) => panels.forEach(([, panel], at) => {
      panel.hidden = at !== n || !panel.hidden;
      buttons[at].setAttribute("aria-expanded", String(!panel.hidden));
    });
    buttons[0].append(this.count);
    this.node = el("div", { class: "workbench" }, el("div", { class: "tabs-row", role: "group", "aria-label": "Workbench" }, buttons), panels.map(([, panel]) => panel));
  }

  show(state, me) {
    this.timeline.show(state);
    this.person.show(me);
    const problems = this.timeline.problems;
    this.count.textContent = state.faults.length ? `${state.faults.length} waiting` : problems ? `${problems} ${problems === 1 ? "problem" : "problems"}` : "";
    this.count.hidden = !this.count.textContent;
  }
}
