// A bot written with @slack/bolt and nothing else, by Socket Mode or over signed HTTP (TRANSPORT) with the same listeners.

import bolt from "@slack/bolt"
import { SANDBOX, leaveOnTerm, tell } from "./tell.mjs"

const { APP_TOKEN, SIGNING_SECRET, TOKEN, TRANSPORT } = process.env
const LEVELS = { beginner: "Beginner", advanced: "Advanced" }
// Which of the vendor's types describes what arrives. A control in a view has no response_url, whatever the type says.
function describes(body) {
  if (body.command) return "bolt.SlashCommand"
  switch (body.type) {
    case "block_actions": return body.view ? 'Omit<bolt.BlockAction, "response_url">' : "bolt.BlockAction"
    case "view_submission": return "bolt.ViewSubmitAction"
    case "event_callback": return "bolt.EnvelopedEvent<slack.AppHomeOpenedEvent>"
  }
}

const overSocket = TRANSPORT === "socket"
const app = new bolt.App({
  token: TOKEN,
  clientOptions: { slackApiUrl: `${SANDBOX}/slack/api/` }, // App hands these to its receiver as installerOptions
  logLevel: bolt.LogLevel.ERROR,
  ...(overSocket ? { socketMode: true, appToken: APP_TOKEN } : { signingSecret: SIGNING_SECRET }),
})

const plain = (text) => ({ type: "plain_text", text })
const section = (text) => ({ type: "section", text: { type: "mrkdwn", text } })
const button = (id, label, value = id) => ({ type: "button", action_id: id, text: plain(label), value })
const levels = (id) => ({
  type: "static_select", action_id: id, placeholder: plain("Your level"),
  options: Object.entries(LEVELS).map(([value, label]) => ({ text: plain(label), value })),
})
const input = (id, label, element) => ({ type: "input", block_id: id, label: plain(label), element })

const panel = (text, next = 1) => ({
  text,
  blocks: [
    section(text),
    { type: "actions", block_id: "row", elements: [
      button("count", "Count", String(next)), button("ask", "Ask me"), levels("choose"),
    ] },
  ],
})
const form = {
  type: "modal", callback_id: "form", title: plain("About you"), submit: plain("Save"), close: plain("Leave"),
  blocks: [
    input("name", "Name", { type: "plain_text_input", action_id: "value", max_length: 40 }),
    input("level", "Level", levels("value")),
  ],
}
const page = (text) => ({ type: "modal", title: plain("About you"), close: plain("Close"), blocks: [section(text)] })

app.use(async ({ body, next }) => {
  tell("raw", { type: describes(body), value: body })
  await next()
})

app.command("/panel", async ({ ack, respond }) => {
  await ack()
  await respond({ response_type: "ephemeral", ...panel("Pick something") })
})

app.command("/write", async ({ ack, client, command, respond }) => {
  await ack()
  await client.chat.postMessage({ channel: command.text.trim(), text: "A word in private" })
  await respond("Written")
})

app.command("/picture", async ({ ack, client, command }) => {
  await ack()
  await client.files.uploadV2({
    channel_id: command.channel_id, file: Buffer.from("one tiny step"), filename: "step.txt", title: "A step",
    initial_comment: "Here is the file",
  })
})

app.action("count", async ({ ack, action, respond }) => {
  await ack()
  await respond({ replace_original: true, ...panel(`Counted to ${action.value}`, Number(action.value) + 1) })
})

app.action("choose", async ({ ack, action, respond }) => {
  await ack()
  await respond({ replace_original: true, ...panel(`You chose ${action.selected_option.value}`) })
})

app.action("ask", async ({ ack, body, client }) => {
  await ack()
  await client.views.open({ trigger_id: body.trigger_id, view: form })
})

app.view("form", async ({ ack, body, client, view }) => {
  const { name, level } = view.state.values
  if (/\d/.test(name.value.value)) {
    await ack({ response_action: "errors", errors: { name: "A name has no digits" } })
    return
  }
  await ack({ response_action: "update", view: page("Saving") })
  const { user } = await client.users.info({ user: body.user.id })
  const saved = page(`${user.real_name} is ${level.value.selected_option.value}, as ${name.value.value}`)
  await client.views.update({ view_id: view.id, view: saved }) // an update keeps the view's id
  tell("saved")
})

app.event("app_home_opened", async ({ client, event }) => {
  await client.views.publish({ user_id: event.user, view: { type: "home", blocks: [
    section("Your own page"), { type: "actions", block_id: "row", elements: [button("wave", "Wave")] },
  ] } })
  tell("published")
})

app.action("wave", async ({ ack }) => {
  await ack()
  tell("waved")
})

app.error(async (error) => {
  const cause = error.original ?? error
  tell("error", { code: cause.data?.error ?? cause.code, message: cause.message })
})

leaveOnTerm(() => app.stop())
if (overSocket) {
  app.receiver.client.on("connected", () => tell("connected"))
  app.receiver.client.on("reconnecting", () => tell("reconnecting"))
  await app.start()
  tell("ready")
} else {
  const server = await app.start({ port: 0, host: "127.0.0.1" })
  tell("ready", { port: server.address().port })
}
