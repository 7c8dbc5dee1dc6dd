// A modal of either platform, completely: every part in its order, the questions where they stand.
import { parts } from "./discord-render.js";
import { el, fresh, unknown } from "./dom.js";
import { answersOf, drawField } from "./fields.js";
import { blocks } from "./slack-render.js";
import { plain } from "./slack-text.js";

const RADIO = new Set(["radio_buttons", 21]);

function aboutsOf(inner) {
  return new Map((inner?.options ?? []).map((option) => [option.value, option.description ? plain(option.description) : ""]));
}

/** Draws the modal's own parts; a question that no part stands for comes at the end, never nowhere. */
function body(platform, dialog, base) {
  const left = new Map(dialog.fields.map((field) => [field.id, field]));
  const take = (id, inner) => {
    const field = left.get(id);
    if (!field) return unknown(`question ${id}`);
    left.delete(id);
    return drawField(field, dialog.errors[field.id], { look: RADIO.has(inner?.type) ? "radio" : "", abouts: aboutsOf(inner), placeholder: plain(inner?.placeholder ?? "") });
  };
  const slack = (block) => {
    const row = take(`${block.block_id}/${block.element?.action_id}`, block.element);
    if (block.dispatch_action) row.addEventListener("change", (event) => base.act(`${block.block_id}/${block.element.action_id}`, [event.target.value]));
    return row;
  };
  const discord = (item) => { const inner = item.component ?? item; return take(inner.custom_id, inner); };
  const ctx = { ...base, field: platform === "slack" ? slack : discord };
  const native = dialog.native ?? {};
  const made = platform === "slack" ? blocks(native.blocks ?? [], ctx) : parts(native.components, ctx);
  return [...made, ...[...left.values()].map((field) => drawField(field, dialog.errors[field.id]))];
}

/** Opens `dialog`; `deeds` are {submit(answers), dismiss()}, both promises; `base` is the drawing context. */
export function openDialog(platform, dialog, base, deeds) {
  const problem = el("p", { class: "error", role: "alert" }, dialog.errors[""] ?? "");
  const title = fresh("title");
  const tell = (message) => {
    const field = dialog.fields.find((one) => message.startsWith(one.label));
    const row = field && form.querySelector(`[data-error="${CSS.escape(field.id)}"]`);
    for (const place of form.querySelectorAll("[data-error]")) place.textContent = "";
    (row ?? problem).textContent = row ? message.slice(field.label.length).replace(/^[:\s]+/, "") : message;
    if (row) { problem.textContent = ""; row.closest(".field").querySelector("input, textarea, select")?.focus(); }
  };
  const send = async (event) => {
    event.preventDefault();
    if (form.getAttribute("aria-busy")) return;
    form.setAttribute("aria-busy", "true");
    try { await deeds.submit(answersOf(form, dialog.fields)); } catch (error) { tell(error.message); }
    form.removeAttribute("aria-busy");
  };
  const submit = dialog.submit ?? "Send";
  const form = el("form", { onsubmit: send, noValidate: true }, el("h2", { id: title }, dialog.title), dialog.depth > 1 && el("small", { class: "note" }, `opened over ${dialog.depth === 2 ? "another form" : "two other forms"}`),
    body(platform, dialog, base), problem, el("div", { class: "actions foot" }, submit && el("button", { class: "button primary", type: "submit" }, submit), el("button", { class: "button", type: "button", onclick: () => deeds.dismiss() }, dialog.close || "Cancel")));
  const box = el("dialog", { class: `modal ${platform}`, "aria-labelledby": title, "data-dialog": dialog.id }, form);
  box.addEventListener("cancel", (event) => { event.preventDefault(); deeds.dismiss(); });
  document.body.append(box);
  box.showModal();
  const wrong = Object.keys(dialog.errors)[0];
  const first = wrong && form.querySelector(`[data-error="${CSS.escape(wrong)}"]`)?.closest(".field")?.querySelector("input, textarea, select");
  (first || form.querySelector(".field input, .field textarea, .field select, button"))?.focus();
  return box;
}

/** What was already typed goes into the fields of the modal's next drawing. */
export function carryOver(box, dialog) {
  const form = box?.querySelector("form");
  if (!form || box.dataset.dialog !== dialog.id) return;
  const names = new Set([...form.elements].map((one) => one.name));
  const known = dialog.fields.filter((field) => names.has(field.id));
  const typed = answersOf(form, known);
  for (const field of known) field.value = typed[field.id];
}
