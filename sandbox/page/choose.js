// Choosing one or several of a list, for either platform.
import { el, fresh } from "./dom.js";

/** A native select that acts once: arrow keys open its list instead of choosing at every step. */
export function single({ label, options, groups, chosen = "", disabled, empty = true, id, onpick }) {
  const one = ([value, text, about]) => el("option", { value, selected: String(value) === String(chosen), title: about }, text);
  const box = el("select", { "aria-label": label, disabled, "data-control": id }, empty || !chosen ? el("option", { value: "" }, label) : "",
    groups ? groups.map(([name, list]) => el("optgroup", { label: name }, list.map(one))) : options.map(one));
  box.addEventListener("change", () => { if (box.value !== "" || !empty) onpick([box.value]); });
  box.addEventListener("keydown", (event) => {
    if (!["ArrowDown", "ArrowUp"].includes(event.key) || event.altKey) return;
    try { box.showPicker(); event.preventDefault(); } catch { /* the browser's own way */ }
  });
  return box;
}

/** Several at once: boxes that open under a summary, sent together. */
export function several({ label, options, chosen = [], least = 1, most = options.length, disabled, id, onpick }) {
  const name = fresh("many"), had = new Set(chosen.map(String));
  const boxes = options.map(([value, text, about]) => el("label", { class: "check" }, el("input", { type: "checkbox", name, value, checked: had.has(String(value)), disabled }), el("span", {}, text, about && el("small", {}, about))));
  const sum = el("summary", { "data-control": id });
  const send = el("button", { class: "button primary", type: "button" }, "Choose these");
  const note = el("small", { class: "note" });
  const ticked = () => boxes.map((box) => box.firstChild).filter((box) => box.checked);
  const count = () => {
    const now = ticked();
    const texts = now.map((box) => box.parentNode.querySelector("span").firstChild.textContent);
    sum.textContent = texts.length ? texts.join(", ") : label;
    send.disabled = disabled || now.length < least || now.length > most;
    note.textContent = most < options.length || least > 1 ? `${now.length} of ${least === most ? least : `${least} to ${most}`}` : "";
    for (const box of boxes) box.firstChild.disabled = disabled || (now.length >= most && !box.firstChild.checked);
  };
  for (const box of boxes) box.addEventListener("change", count);
  const whole = el("details", { class: disabled ? "many off" : "many" }, sum, el("div", { class: "checks", role: "group", "aria-label": label }, boxes), el("div", { class: "actions" }, send, note));
  send.addEventListener("click", () => { whole.open = false; onpick(ticked().map((box) => box.value)); });
  count();
  return whole;
}

/** Visible tick boxes or radio buttons that act at every change. */
export function visible({ kind, label, options, chosen = [], id, onpick }) {
  const name = fresh("pick"), had = new Set(chosen.map(String));
  const boxes = options.map(([value, text, about], n) => el("label", { class: "check" },
    el("input", { type: kind, name, value, checked: had.has(String(value)), "data-control": `${id}/${n}` }), el("span", {}, text, about && el("small", {}, about))));
  const whole = el("div", { class: "checks", role: kind === "radio" ? "radiogroup" : "group", "aria-label": label }, boxes);
  whole.addEventListener("change", () => onpick([...whole.querySelectorAll("input:checked")].map((box) => box.value)));
  return whole;
}

/** A field of a line, sent by its button or Enter. */
export function typed({ type, label, value = "", id, onpick, multiline = false, hint = "" }) {
  const box = el(multiline ? "textarea" : "input", { ...(multiline ? { rows: 3 } : { type }), value, "aria-label": label, placeholder: hint, "data-control": id });
  const send = () => onpick([box.value]);
  if (["date", "time", "datetime-local"].includes(type)) box.addEventListener("change", () => box.value && send());
  box.addEventListener("keydown", (event) => { if (event.key === "Enter" && !multiline) { event.preventDefault(); send(); } });
  return el("span", { class: "typed" }, box, ["date", "time", "datetime-local"].includes(type) ? "" : el("button", { class: "button", type: "button", onclick: send }, "Set"));
}

/** Asks before acting, as Slack's confirm objects do. */
export function confirmed({ title, text, yes, no, danger }, then) {
  const id = fresh("confirm");
  const close = () => { box.close(); box.remove(); };
  const box = el("dialog", { "aria-labelledby": id, class: "confirm" }, el("h2", { id }, title), el("div", {}, text), el("div", { class: "actions" },
    el("button", { class: `button ${danger ? "danger" : "primary"}`, type: "button", onclick: () => { close(); then(); } }, yes), el("button", { class: "button", type: "button", onclick: close }, no)));
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
}
