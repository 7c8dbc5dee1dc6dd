// The page: two worlds side by side, one clock, and a bell that says when something changed.
import { post } from "./dom.js";
import { discordMessage } from "./discord-render.js";
import { slackMessage } from "./slack-render.js";
import { World } from "./world.js";

const worlds = [new World("slack", "Workspace (Slack's way)", slackMessage), new World("discord", "Guild (Discord's way)", discordMessage)];
document.getElementById("worlds").append(...worlds.map((world) => world.node));
let last = worlds[0];
for (const world of worlds) world.node.addEventListener("focusin", () => { last = world; });

const clock = document.getElementById("clock");
let offset = 0;
const tick = () => { clock.textContent = `${new Date(Date.now() + offset).toISOString().slice(0, 16).replace("T", " ")} UTC`; };

let busy = false, again = false;
async function refresh() {
  if (busy) { again = true; return; }
  busy = true;
  do {
    again = false;
    for (const world of worlds) {
      const state = await world.refresh();
      if (state) offset = new Date(state.clock.now) - Date.now();
    }
    tick();
  } while (again);
  busy = false;
}

document.getElementById("morning").addEventListener("submit", (event) => {
  event.preventDefault();
  post("clock", { next: document.getElementById("at").value, zone: last.me.zone });
});
for (const button of document.querySelectorAll("[data-advance]")) button.addEventListener("click", () => post("clock", { advance: Number(button.dataset.advance) }));
for (const chip of document.querySelectorAll("[data-insert]")) chip.addEventListener("click", () => last.take(chip.dataset.insert));

new EventSource("/sandbox/events").addEventListener("message", refresh);
setInterval(tick, 1000);
refresh();
