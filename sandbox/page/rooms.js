// The list of rooms by kind; threads under the channel they hang on; who is in those that not everybody sees; badges.
import { el } from "./dom.js";

const SIGNS = { channel: "#", private: "◆", dm: "✉", group: "⚇", thread: "↳", home: "⌂" };
const GROUPS = [["Home", ["home"]], ["Channels", ["channel", "private", "thread"]], ["Direct messages", ["dm", "group"]]];
const kindOf = (room) => (room.id === "home" ? "home" : room.kind);

/** Parents first, each followed by its threads; a thread whose parent one cannot see stands by itself. */
function ordered(rooms) {
  const ids = new Set(rooms.map((room) => room.id));
  const under = (parent) => rooms.filter((room) => room.kind === "thread" && room.parent === parent);
  return rooms.filter((room) => room.kind !== "thread" || !ids.has(room.parent)).flatMap((room) => [room, ...under(room.id)]);
}

/** A group is called after the others in it already. */
function inside(room) {
  return room.kind === "thread" && room.members?.length ? el("small", { class: "inside" }, el("span", { class: "hidden-words" }, "private, with "), room.members.join(", ")) : "";
}

function button(room, current, unread, open) {
  const kind = kindOf(room);
  const badge = unread > 0 && kind !== "home" && el("span", { class: kind === "dm" ? "badge" : "unread", "aria-label": `${unread} new` }, String(unread));
  return el("button", { class: `room ${unread > 0 ? "has-new" : ""} ${room.archived ? "archived" : ""}`, type: "button", "aria-current": current ? "page" : undefined, "data-kind": kind, "data-room": room.id, onclick: () => open(room.id) },
    el("span", { class: "sign", "aria-hidden": "true" }, room.kind === "thread" && room.members?.length ? "◆" : (SIGNS[kind] ?? "·")), el("span", { class: "room-name" }, room.name, inside(room)), room.archived && el("small", {}, "archived"), badge);
}

export function showRooms(nav, rooms, place, unread, open) {
  const key = JSON.stringify([rooms, place, rooms.map(unread)]);
  if (nav.dataset.key === key) return;
  nav.dataset.key = key;
  const focused = nav.contains(document.activeElement) ? document.activeElement.dataset.room : "";
  const groups = GROUPS.map(([title, kinds]) => [title, ordered(rooms).filter((room) => kinds.includes(kindOf(room)))]);
  const rest = rooms.filter((room) => !GROUPS.some(([, kinds]) => kinds.includes(kindOf(room))));
  nav.replaceChildren(...[...groups, ["Other", rest]].filter(([, list]) => list.length).map(([title, list]) =>
    el("div", { class: "rooms", role: "group", "aria-label": title }, el("h3", {}, title), list.map((room) => button(room, room.id === place, unread(room), open)))));
  if (focused) [...nav.querySelectorAll("[data-room]")].find((node) => node.dataset.room === focused)?.focus();
}
