// The short names bots use most; others keep their colons, as a client shows an emoji it does not know.
const NAMES = `tada🎉 wave👋 white_check_mark✅ heavy_check_mark✔️ x❌ warning⚠️ bulb💡 seedling🌱 herb🌿 leaves🍃 four_leaf_clover🍀 sunrise🌅 sunny☀️
 partly_sunny⛅ crescent_moon🌙 star⭐ star2🌟 sparkles✨ fire🔥 rocket🚀 muscle💪 clap👏 raised_hands🙌 pray🙏 thumbsup👍 +1👍 thumbsdown👎 -1👎 ok_hand👌 eyes👀
 heart❤️ green_heart💚 blue_heart💙 smile😄 slightly_smiling_face🙂 grinning😀 joy😂 wink😉 thinking_face🤔 sweat_smile😅 cry😢 hugging_face🤗 robot_face🤖 coffee☕
 book📖 books📚 memo📝 pencil✏️ pushpin📌 paperclip📎 calendar📅 date📅 spiral_calendar_pad🗓️ alarm_clock⏰ hourglass⌛ stopwatch⏱️ bell🔔 no_bell🔕 mag🔍 link🔗 lock🔒 key🔑
 speech_balloon💬 envelope✉️ email📧 mailbox📫 house🏠 gear⚙️ wrench🔧 hammer🔨 chart_with_upwards_trend📈 bar_chart📊 dart🎯 trophy🏆 medal🏅 mortar_board🎓 computer💻
 arrow_right➡️ arrow_left⬅️ arrow_up⬆️ arrow_down⬇️ repeat🔁 question❓ exclamation❗ information_sourceℹ️ zap⚡ rainbow🌈 turtle🐢 snail🐌 bird🐦 100💯 zzz💤 feet🐾 footprints👣 mountain⛰️`;
const TABLE = new Map(NAMES.split(/\s+/).map((entry) => {
  const at = [...entry].findIndex((letter) => letter.codePointAt(0) > 0x2000);
  const letters = [...entry];
  return [letters.slice(0, at).join(""), letters.slice(at).join("")];
}));

/** ":wave:" without its colons; "" when unknown. */
export const emoji = (name) => TABLE.get(name) ?? "";

/** "1f44b-1f3fd" as the letters it stands for. */
export const fromCodes = (codes) => String.fromCodePoint(...codes.split("-").map((code) => Number.parseInt(code, 16)));
