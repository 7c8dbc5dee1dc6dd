// A form of either platform as a native dialog, with the platform's and the bot's errors at their fields.
import { el, post } from "./dom.js";

function input(field) {
  const id = `f-${field.id}`;
  if (field.kind === "text" || field.kind === "paragraph") {
    const box = el(field.kind === "text" ? "input" : "textarea", { id, name: field.id, value: field.value, placeholder: field.hint, autocomplete: "off" });
    const counter = el("small", { class: "counter" });
    const count = () => { counter.textContent = box.value.length > field.max_length - 80 ? `${box.value.length} / ${field.max_length}` : ""; };
    box.addEventListener("input", count);
    count();
    return [box, counter];
  }
  const many = field.kind === "multiselect";
  if (many) {
    const boxes = field.options.map(([value, label]) =>
      el("label", { class: "check" }, el("input", { type: "checkbox", name: field.id, value, checked: field.value.includes(value) }), " ", label));
    return [el("div", { id, class: "checks", role: "group", "aria-label": field.label }, boxes)];
  }
  return [el("select", { id, name: field.id, value: field.value }, field.options.map(([value, label]) => el("option", { value, selected: value === field.value }, label)))];
}

/** Draws `dialog` for a member; `done` is called after it was sent or closed. */
export function openDialog(who, dialog, done) {
  const problem = el("p", { class: "error", role: "alert" });
  const rows = dialog.fields.map((field) => el("div", { class: "field" },
    el("label", { htmlFor: `f-${field.id}` }, field.label, field.required ? "" : el("small", {}, " optional")),
    input(field), el("p", { class: "error", role: "alert", id: `e-${field.id}` }, dialog.errors[field.id] ?? "")));
  if (dialog.errors[""]) problem.textContent = dialog.errors[""];
  const title = el("h2", { id: "dialog-title" }, dialog.title);
  const send = async (event) => {
    event.preventDefault();
    const data = new FormData(form);
    const answers = {};
    for (const field of dialog.fields) answers[field.id] = field.kind === "multiselect" ? data.getAll(field.id) : String(data.get(field.id) ?? "");
    try {
      await post("submit", { ...who, answers });
      done();
    } catch (error) { problem.textContent = error.message; }
  };
  const close = async () => { await post("dismiss", who); done(); };
  const form = el("form", { onsubmit: send }, title, rows, problem,
    el("div", { class: "actions" }, el("button", { class: "button primary", type: "submit" }, "Send"), el("button", { class: "button", type: "button", onclick: close }, "Cancel")));
  const box = el("dialog", { "aria-labelledby": "dialog-title", "data-dialog": dialog.id }, form);
  box.addEventListener("cancel", (event) => { event.preventDefault(); close(); });
  document.body.append(box);
  box.showModal();
  box.querySelector("input, textarea, select")?.focus();
  return box;
}
