// Keeps at most one modal open: the one the state tells of, with what was already typed.
import { now } from "./clock.js";
import { carryOver, openDialog } from "./dialog.js";
import { post } from "./dom.js";
import { context } from "./message.js";

export class Modal {
  /** deeds: try(work), who(), refresh(), back() */
  constructor(platform, deeds) {
    Object.assign(this, { platform, deeds, box: null, key: "" });
  }

  show(dialog, { names }, me) {
    const { deeds } = this, who = deeds.who();
    const key = dialog ? JSON.stringify([who.member, dialog]) : "";
    if (key === this.key) return;
    this.key = key;
    const had = this.box;
    if (dialog) carryOver(had, Object.assign(dialog, { errors: dialog.errors ?? {} }));
    had?.remove();
    this.box = null;
    if (!dialog) {
      if (had) deeds.back();
      return;
    }
    const act = (control, values = []) => deeds.try(() => post("press", { ...who, message: dialog.id, control, values }));
    const base = context({ names, zone: me.zone, now: now(), files: dialog.files ?? [], controls: dialog.controls ?? [], act });
    this.box = openDialog(this.platform, dialog, base, {
      submit: async (answers) => { await post("submit", { ...who, answers }); await deeds.refresh(); },
      dismiss: () => deeds.try(() => post("dismiss", who)),
    });
  }
}
