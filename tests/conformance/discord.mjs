// A bot written with discord.js and nothing else. It does one small thing for every part of Discord the sandbox serves.

import {
  ActionRowBuilder, AttachmentBuilder, ButtonBuilder, ButtonStyle, ChannelType, Client, Events, GatewayIntentBits,
  LabelBuilder, MessageFlags, ModalBuilder, StringSelectMenuBuilder, StringSelectMenuOptionBuilder, TextDisplayBuilder,
  TextInputBuilder, TextInputStyle,
} from "discord.js"
import { SANDBOX, leaveOnTerm, tell } from "./tell.mjs"

const TOPICS = ["gradients", "graphs", "grammars", "vectors"]
const LEVELS = { Beginner: "beginner", Advanced: "advanced" }
const ONLY_YOU = MessageFlags.Ephemeral
const STRING = 3

const COMMANDS = [
  { name: "panel", description: "Shows the buttons" },
  { name: "find", description: "Finds a topic", options: [
    { type: STRING, name: "topic", description: "Which topic", required: true, autocomplete: true },
  ] },
  { name: "level", description: "Says your level", options: [
    { type: STRING, name: "level", description: "Which level", required: true,
      choices: Object.entries(LEVELS).map(([name, value]) => ({ name, value })) },
  ] },
  { name: "write", description: "Writes to somebody", options: [
    { type: STRING, name: "to", description: "Whose id", required: true },
  ] },
  { name: "picture", description: "Brings a file" },
  { name: "slow", description: "Takes its time" },
  { name: "room", description: "Makes a private thread" },
]

const client = new Client({
  intents: [GatewayIntentBits.Guilds],
  rest: { api: `${SANDBOX}/discord/api`, retries: 0 },
})

const button = (id, label) => new ButtonBuilder().setCustomId(id).setLabel(label).setStyle(ButtonStyle.Primary)
const words = (text) => new TextDisplayBuilder().setContent(text)
const row = (...parts) => new ActionRowBuilder().addComponents(...parts)
const levels = (id) => new StringSelectMenuBuilder().setCustomId(id).setPlaceholder("Your level").addOptions(
  ...Object.entries(LEVELS).map(([label, value]) => new StringSelectMenuOptionBuilder().setLabel(label).setValue(value)),
)

function panel(text) {
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [words(text), row(button("count:1", "Count"), button("ask", "Ask me")), row(levels("choose"))],
  }
}

const form = () => new ModalBuilder().setCustomId("form").setTitle("About you").addLabelComponents(
  new LabelBuilder().setLabel("Name").setTextInputComponent(
    new TextInputBuilder().setCustomId("name").setStyle(TextInputStyle.Short).setMaxLength(40),
  ),
  new LabelBuilder().setLabel("Level").setDescription("An honest guess").setStringSelectMenuComponent(levels("level")),
)

const commands = {
  panel: (i) => i.reply({ ...panel("Pick something"), flags: MessageFlags.IsComponentsV2 | ONLY_YOU }),
  find: (i) => i.reply({ content: `You found ${i.options.getString("topic")}`, flags: ONLY_YOU }),
  level: (i) => i.reply({ content: `You are ${i.options.getString("level")}`, flags: ONLY_YOU }),
  async write(i) {
    await i.deferReply({ flags: ONLY_YOU })
    const user = await client.users.fetch(i.options.getString("to"))
    await user.send({ content: "A word in private", components: [row(button("thanks", "Thanks"))] })
    await i.editReply("Written")
  },
  picture: (i) => i.reply({
    content: "Here is the file",
    files: [new AttachmentBuilder(Buffer.from("one tiny step"), { name: "step.txt", description: "A step" })],
  }),
  async slow(i) {
    await i.deferReply({ flags: ONLY_YOU })
    await i.followUp("Done at last")
    await i.followUp({ content: "And one more thing", flags: ONLY_YOU })
  },
  async room(i) {
    await i.deferReply({ flags: ONLY_YOU })
    const thread = await i.channel.threads.create({ name: "Quiet corner", type: ChannelType.PrivateThread })
    await thread.members.add(i.user.id)
    await thread.send("Welcome to the quiet corner")
    await i.editReply("Made")
  },
}

async function pressed(i) {
  const [name, number] = i.customId.split(":")
  switch (name) {
    case "count": {
      const changed = panel(`Counted to ${number}`)
      changed.components[1] = row(button(`count:${Number(number) + 1}`, "Count"), button("ask", "Ask me"))
      return i.update(changed)
    }
    case "ask": return i.showModal(form())
    case "choose": return i.update(panel(`You chose ${i.values.join(", ")}`))
    case "thanks": return i.update({ content: "You are welcome", components: [] })
    case "form": return i.reply({
      content: `${i.fields.getTextInputValue("name")} is ${i.fields.getStringSelectValues("level").join(", ")}`,
      flags: ONLY_YOU,
    })
  }
}

client.on(Events.InteractionCreate, async (i) => {
  try {
    if (i.isAutocomplete()) {
      const typed = i.options.getFocused()
      await i.respond(TOPICS.filter((topic) => topic.startsWith(typed)).map((name) => ({ name, value: name })))
    } else if (i.isChatInputCommand()) {
      await commands[i.commandName](i)
    } else {
      await pressed(i)
    }
  } catch (error) {
    tell("error", { code: error.code, status: error.status, method: error.method, url: error.url, message: error.message })
    if (i.deferred) await i.editReply(`Refused with ${error.code}`)
  }
})

// RESUMED carries nothing that the vendor describes.
client.on(Events.Raw, ({ t, d }) => {
  const name = t?.toLowerCase().replace(/(^|_)(.)/g, (_, __, letter) => letter.toUpperCase())
  if (t && t !== "RESUMED") tell("raw", { type: `discord.Gateway${name}DispatchData`, value: d })
})
client.on(Events.ShardReady, () => tell("session"))
client.on(Events.ShardResume, (_, replayed) => tell("resumed", { replayed }))
client.on(Events.ShardReconnecting, () => tell("reconnecting"))
client.on(Events.Error, (error) => tell("error", { message: error.message }))
client.once(Events.ClientReady, async () => {
  await client.application.commands.set(COMMANDS)
  tell("ready", { user: client.user.username, guilds: client.guilds.cache.size })
})

leaveOnTerm(() => client.destroy())
await client.login(process.env.TOKEN)
