// The sandbox's clock in the header: what it shows, how fast it runs, and how to jump.
import { el, post } from "./dom.js";
import { clockTime, shortDay } from "./when.js";

const SPEEDS = [[0, "❚❚", "stand still"], [1, "×1", "real time"], [60, "×60", "a minute a second"], [3600, "×3600", "an hour a second"], [86400, "×86400", "a day a second"]];
const byId = (id) => document.getElementById(id);
const narrow = matchMedia("(max-width: 900px)");
let base = Date.now(), since = Date.now(), speed = 1, person = null;

/** The sandbox's now, in milliseconds. */
export const now = () => base + (Date.now() - since) * speed;

export function setClock(clock) {
  base = new Date(clock.now).getTime();
  since = Date.now();
  speed = clock.frozen ? 0 : (clock.speed ?? 1);
  for (const button of byId("speeds").children) button.setAttribute("aria-pressed", String(Number(button.dataset.speed) === speed));
  tick();
}

/** Whose morning "next morning" means. */
export function lookThrough(me) {
  person = me;
  tick();
}

function tick() {
  const at = new Date(now()), zone = person?.zone ?? "UTC";
  byId("clock").textContent = `${shortDay(at, "UTC")}${narrow.matches ? "" : ` ${at.getUTCFullYear()}`}, ${at.toISOString().slice(11, speed > 60 ? 16 : 19)} UTC`;
  byId("local").textContent = person ? `${clockTime(at, zone)}${narrow.matches ? "" : ` for ${person.name}`} in ${zone.split("/").at(-1).replaceAll("_", " ")}` : "";
  const [hour, minute] = clockTime(at, zone).split(":").map(Number);
  byId("day").style.setProperty("--at", `${((hour * 60 + minute) / 14.4).toFixed(1)}%`);
  byId("day").dataset.light = hour >= 6 && hour < 20 ? "day" : "night";
}

export function startClock(tell) {
  const move = (body) => post("clock", body).then(() => tell(""), (error) => tell(error.message));
  byId("speeds").append(...SPEEDS.map(([value, sign, words]) => el("button", { type: "button", "data-speed": String(value), "aria-pressed": "false", title: words, "aria-label": `${sign === "❚❚" ? "Pause" : sign}: ${words}`, onclick: () => move({ speed: value }) }, sign)));
  byId("morning").addEventListener("submit", (event) => {
    event.preventDefault();
    move({ next: byId("at").value, zone: person?.zone ?? "UTC" });
  });
  for (const button of document.querySelectorAll("[data-advance]")) button.addEventListener("click", () => move({ advance: Number(button.dataset.advance) }));
  const more = byId("more-time");
  more.addEventListener("click", () => more.setAttribute("aria-expanded", String(document.body.classList.toggle("time-open"))));
  setInterval(() => { if (speed) tick(); }, 200);
}
