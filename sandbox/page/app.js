// The page: two worlds side by side, one clock, and a bell that says when something changed.
import { lookThrough, setClock, startClock } from "./clock.js";
import { memory } from "./dom.js";
import { World } from "./world.js";

const worlds = [
  new World("slack", "Workspace, Slack's way", "Speaks Slack's protocol. Not Slack."),
  new World("discord", "Guild, Discord's way", "Speaks Discord's protocol. Not Discord."),
];
const main = document.getElementById("worlds"), notice = document.getElementById("notice"), steps = document.getElementById("try");
const tabs = [...document.querySelectorAll(".tabs button")];
const tell = (text) => { notice.textContent = text; notice.hidden = !text; };
main.append(...worlds.map((world) => world.node));
let last = worlds[0];

function lastIs(world) {
  last = world;
  tabs.forEach((tab, n) => tab.setAttribute("aria-pressed", String(worlds[n] === world)));
  if (world.me) lookThrough(world.me);
}
for (const world of worlds) {
  world.node.addEventListener("focusin", () => lastIs(world));
  world.people.addEventListener("change", () => lastIs(world));
}

// On a phone the worlds lie side by side and the tabs slide between them.
const calm = matchMedia("(prefers-reduced-motion: reduce)");
tabs.forEach((tab, n) => tab.addEventListener("click", () => {
  lastIs(worlds[n]);
  main.scrollTo({ left: worlds[n].node.offsetLeft - main.offsetLeft, behavior: calm.matches ? "auto" : "smooth" });
}));
main.addEventListener("scroll", () => {
  if (main.scrollWidth <= main.clientWidth) return;
  const near = worlds[Math.round(main.scrollLeft / main.clientWidth)];
  if (near && near !== last) lastIs(near);
}, { passive: true });

let busy = false, again = false;
async function refresh() {
  if (busy) { again = true; return; }
  busy = true;
  do {
    again = false;
    try {
      const states = await Promise.allSettled(worlds.map((world) => world.refresh()));
      steps.hidden = !worlds.some((world) => world.commands.some((command) => command.name.startsWith("nudge"))); // another bot, other first steps
      const state = states.findLast((one) => one.value)?.value;
      if (state) setClock(state.clock);
      if (last.me) lookThrough(last.me);
      for (const world of worlds) world.tick();
      const failed = states.find((one) => one.reason);
      if (failed) throw failed.reason;
      tell("");
    } catch (error) {
      tell(error instanceof TypeError && /fetch|network/i.test(error.message) ? "The sandbox does not answer. Is it still running?" : error.message);
    }
  } while (again);
  busy = false;
}

startClock(tell);
setInterval(() => { for (const world of worlds) world.tick(); }, 500);
for (const chip of document.querySelectorAll("[data-insert]")) chip.addEventListener("click", () => { if (!last.composer.box.disabled) last.composer.take(chip.dataset.insert); });
if (memory.get("steps") === "closed") steps.open = false;
steps.addEventListener("toggle", () => memory.set("steps", steps.open ? "open" : "closed"));

const bell = new EventSource("/sandbox/events");
bell.addEventListener("message", refresh);
bell.addEventListener("error", () => tell("The sandbox does not answer. Is it still running?"));
refresh();
lastIs(last);
