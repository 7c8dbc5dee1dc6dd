// Moments as the person whose eyes we borrow reads them.
const shown = (at, zone, how) => new Intl.DateTimeFormat("en-GB", { timeZone: zone || "UTC", ...how }).format(at);

export const clockTime = (at, zone) => shown(at, zone, { hour: "2-digit", minute: "2-digit" });
export const dayName = (at, zone) => shown(at, zone, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
export const shortDay = (at, zone) => shown(at, zone, { weekday: "short", day: "numeric", month: "short" });
export const fullTime = (at, zone) => `${dayName(at, zone)} ${clockTime(at, zone)}`;

const STEPS = [[31536000, "year"], [2592000, "month"], [604800, "week"], [86400, "day"], [3600, "hour"], [60, "minute"], [1, "second"]];

export function relative(at, now) {
  const seconds = (at - now) / 1000;
  const [size, unit] = STEPS.find(([step]) => Math.abs(seconds) >= step) ?? STEPS.at(-1);
  return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(Math.round(seconds / size), unit);
}

const DISCORD = {
  t: { timeStyle: "short" }, T: { timeStyle: "medium" }, d: { dateStyle: "short" }, D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" }, F: { dateStyle: "full", timeStyle: "short" }, s: { dateStyle: "short", timeStyle: "short" }, S: { dateStyle: "short", timeStyle: "medium" },
};

/** Discord's <t:seconds:style>. */
export function stamp(seconds, style, { zone, now }) {
  const at = new Date(seconds * 1000);
  return style === "R" ? relative(at, now) : shown(at, zone, DISCORD[style] ?? DISCORD.f);
}

const SLACK = {
  date_num: (at, z) => new Intl.DateTimeFormat("en-CA", { timeZone: z || "UTC" }).format(at),
  date: (at, z) => shown(at, z, { day: "numeric", month: "long", year: "numeric" }),
  date_short: (at, z) => shown(at, z, { day: "numeric", month: "short", year: "numeric" }),
  date_long: (at, z) => dayName(at, z),
  day_divider_pretty: (at, z) => dayName(at, z),
  time: (at, z) => clockTime(at, z),
  time_secs: (at, z) => shown(at, z, { timeStyle: "medium" }),
};

/** Slack's date formats: "{date_short} at {time}". */
export function slackDate(seconds, format, { zone, now }) {
  const at = new Date(seconds * 1000);
  return format.replace(/\{(\w+)\}/g, (whole, name) => {
    if (name === "ago") return relative(at, now);
    const draw = SLACK[name] ?? SLACK[name.replace(/_pretty$/, "")];
    return draw ? draw(at, zone) : whole;
  });
}
