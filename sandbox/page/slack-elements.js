// Block Kit's interactive elements in messages, views and the home.
import { confirmed, several, single, typed, visible } from "./choose.js";
import { el, link, unknown } from "./dom.js";
import { picture } from "./media.js";
import { plain, words } from "./slack-text.js";

const pair = (option) => [option.value, plain(option.text), option.description ? plain(option.description) : ""];
const PREFIXES = { users: "UW", conversations: "CDG", channels: "C" };
const INITIAL = ["initial_user", "initial_conversation", "initial_channel", "initial_date", "initial_time", "initial_date_time"];

/** [block id, element] -> the element with everything its menu offers. */
function offered(element, control, ctx) {
  if (element.options) return element.options.map(pair);
  if (element.option_groups) return element.option_groups.flatMap((group) => group.options.map(pair));
  if (control?.options?.length) return control.options;
  const kind = Object.keys(PREFIXES).find((name) => element.type.includes(name));
  return kind ? ctx.known(PREFIXES[kind]) : [];
}

function chosenOf(element, control) {
  if (control?.chosen?.length) return control.chosen;
  const plural = element.initial_options?.map((option) => option.value) ?? element.initial_users ?? element.initial_conversations ?? element.initial_channels;
  if (plural) return plural;
  const one = element.initial_option?.value ?? INITIAL.map((key) => element[key]).find((value) => value !== undefined);
  return one === undefined ? [] : [String(one)];
}

function guarded(element, ctx, id) {
  const go = (values) => ctx.act(id, values);
  if (!element.confirm) return go;
  const { title, text, confirm, deny, style } = element.confirm;
  return (values) => confirmed({ title: plain(title), text: words(text, ctx), yes: plain(confirm), no: plain(deny), danger: style === "danger" }, () => go(values));
}

function button(element, id, press) {
  const look = `button ${element.style ?? ""}`;
  const face = [element.icon ? `${element.icon} ` : "", plain(element.text)];
  if (element.url) {
    const made = link(element.url, face);
    made.className = look;
    made.setAttribute("data-control", id);
    return made;
  }
  return el("button", { class: look, type: "button", "data-control": id, "aria-label": element.accessibility_label, onclick: () => press([]) }, face);
}

export function element(block, item, ctx) {
  const id = `${block.block_id ?? ""}/${item.action_id ?? ""}`;
  const control = ctx.control(id), onpick = guarded(item, ctx, id);
  const label = plain(item.placeholder ?? block.label ?? "") || control?.label || "Choose";
  const options = offered(item, control, ctx), chosen = chosenOf(item, control);
  const common = { id, label, options, chosen, onpick };
  switch (item.type) {
    case "button": case "workflow_button": return button(item, id, onpick);
    case "image": return picture(item.image_url ?? ctx.slackFile(item.slack_file), item.alt_text, ctx.files, { className: "small" });
    case "overflow": return el("details", { class: "overflow" }, el("summary", { "aria-label": "More actions", "data-control": id }, "⋯"),
      el("div", { class: "menu" }, item.options.map((option) => (option.url ? link(option.url, plain(option.text)) : el("button", { type: "button", class: "plain", onclick: (event) => { event.target.closest("details").open = false; onpick([option.value]); } }, plain(option.text))))));
    case "static_select": case "users_select": case "conversations_select": case "channels_select": case "external_select":
      if (!options.length) return typed({ ...common, type: "text", value: chosen[0], hint: label });
      return single({ ...common, chosen: chosen[0], groups: item.option_groups?.map((group) => [plain(group.label), group.options.map(pair)]) });
    case "multi_static_select": case "multi_users_select": case "multi_conversations_select": case "multi_channels_select": case "multi_external_select":
      if (!options.length) return typed({ ...common, type: "text", value: chosen.join(", "), hint: label });
      return several({ ...common, least: 0, most: item.max_selected_items ?? control?.most ?? options.length });
    case "checkboxes": case "radio_buttons": return visible({ ...common, kind: item.type === "checkboxes" ? "checkbox" : "radio" });
    case "datepicker": return typed({ ...common, type: "date", value: chosen[0], label: label === "Choose" ? "Date" : label });
    case "timepicker": return typed({ ...common, type: "time", value: chosen[0], label: label === "Choose" ? "Time" : label });
    case "datetimepicker": return typed({ ...common, type: "datetime-local", value: local(chosen[0]), label: label === "Choose" ? "Date and time" : label });
    case "plain_text_input": return typed({ ...common, type: "text", value: item.initial_value ?? chosen[0], multiline: item.multiline });
    case "email_text_input": return typed({ ...common, type: "email", value: item.initial_value });
    case "url_text_input": return typed({ ...common, type: "url", value: item.initial_value });
    case "number_input": return typed({ ...common, type: "number", value: item.initial_value });
    case "feedback_buttons": return el("span", { class: "feedback" }, [item.positive_button, item.negative_button].map((one, n) => el("button", { type: "button", class: "button", "data-control": `${id}/${n}`, onclick: () => onpick([one.value]) }, n ? "👎 " : "👍 ", plain(one.text))));
    case "icon_button": return el("button", { type: "button", class: "button", "data-control": id, "aria-label": item.accessibility_label, onclick: () => onpick(item.value ? [item.value] : []) }, item.icon === "trash" ? "🗑 " : "", plain(item.text));
    default: return unknown(item.type);
  }
}

// Seconds as a datetime-local value, in UTC as the sandbox's header shows it; the sandbox itself says "2026-11-22T08:00".
const local = (moment) => (/^\d+$/.test(moment ?? "") ? new Date(Number(moment) * 1000).toISOString().slice(0, 16) : (moment ?? ""));
