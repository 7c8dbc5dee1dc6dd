// One question of a modal: its label, its input of the right kind, its hint and what is wrong with the answer.
import { el, fresh } from "./dom.js";

const TYPES = { text: "text", number: "text", email: "email", url: "url", date: "date", time: "time", datetime: "datetime-local" };
const many = (field) => field.kind === "multiselect";

function line(field, id, about, placeholder) {
  const long = field.kind === "paragraph";
  const value = field.kind === "datetime" && /^\d+$/.test(field.value) ? new Date(field.value * 1000).toISOString().slice(0, 16) : field.value;
  const box = el(long ? "textarea" : "input", { id, placeholder, ...(long ? { rows: 4 } : { type: TYPES[field.kind] ?? "text" }), name: field.id, value, autocomplete: "off", "aria-describedby": about,
    ...(field.kind === "number" ? { inputMode: "decimal" } : {}) });
  const counter = el("small", { class: "counter", "aria-hidden": "true" });
  const count = () => {
    const size = [...box.value].length;
    counter.textContent = field.max_length && size > field.max_length - 80 ? `${size} / ${field.max_length}` : field.min_length > size && size ? `at least ${field.min_length}` : "";
    counter.classList.toggle("over", size > field.max_length);
  };
  box.addEventListener("input", count);
  count();
  return [box, counter];
}

function boxes(field, kind, abouts) {
  const chosen = new Set(Array.isArray(field.value) ? field.value : [field.value]);
  const made = field.options.map(([value, label]) => el("label", { class: "check" }, el("input", { type: kind, name: field.id, value, checked: chosen.has(value) }), el("span", {}, label, abouts.get(value) && el("small", {}, abouts.get(value)))));
  if (kind === "checkbox" && field.most < made.length) {
    const limit = () => { const full = made.filter((box) => box.firstChild.checked).length >= field.most; for (const box of made) box.firstChild.disabled = full && !box.firstChild.checked; };
    for (const box of made) box.addEventListener("change", limit);
    limit();
  }
  return made;
}

const optional = (field) => (field.required ? "" : el("small", {}, " optional"));

/** Draws a field; `look` is "radio" where the platform shows all answers at once. */
export function drawField(field, error, { look = "", abouts = new Map(), placeholder = "" } = {}) {
  const id = fresh("field"), wrong = fresh("wrong"), hint = fresh("hint");
  const problem = el("p", { class: "error", role: "alert", id: wrong, "data-error": field.id }, error ?? "");
  const help = field.hint && field.hint !== placeholder ? el("small", { id: hint, class: "hint" }, field.hint) : "";
  if (many(field) || look === "radio") {
    return el("fieldset", { class: "field" }, el("legend", {}, field.label, optional(field), many(field) && field.most < field.options.length ? el("small", {}, ` up to ${field.most}`) : ""), help,
      el("div", { class: "checks" }, field.options.length ? boxes(field, many(field) ? "checkbox" : "radio", abouts) : el("small", {}, "nothing to choose from")), problem);
  }
  const about = `${wrong} ${hint}`;
  const input = field.kind === "select"
    ? el("select", { id, name: field.id, "aria-describedby": about }, field.required && field.value ? "" : el("option", { value: "" }, placeholder || "—"), field.options.map(([value, label]) => el("option", { value, selected: value === field.value }, label)))
    : line(field, id, about, placeholder);
  return el("div", { class: "field" }, el("label", { htmlFor: id }, field.label, optional(field)), help, input, problem);
}

/** What the form says, by field id. */
export function answersOf(form, fields) {
  const data = new FormData(form), answers = {};
  for (const field of fields) {
    if (many(field)) answers[field.id] = data.getAll(field.id);
    else answers[field.id] = String(data.get(field.id) ?? "");
  }
  return answers;
}
