// What a half-typed line could become. Pure: no element, no fetch.

/** The command a line has named in full, the longest name first ("nudge pause" before "nudge"). */
export function named(line, commands) {
  if (!line.startsWith("/")) return null;
  const typed = line.slice(1).toLowerCase();
  return [...commands].sort((a, b) => b.name.length - a.name.length).find((command) => typed.startsWith(`${command.name.toLowerCase()} `)) ?? null;
}

export function matching(line, commands) {
  const typed = line.slice(1).toLowerCase().trim();
  const starts = commands.filter((command) => command.name.toLowerCase().startsWith(typed));
  return starts.length ? starts : commands.filter((command) => typed.length > 1 && command.name.toLowerCase().includes(typed));
}

/** Which options a line fills, which one the caret is in, and the line as the platform should complete it. */
export function progress(line, command) {
  const head = `/${command.name} `;
  const rest = line.slice(head.length);
  const names = command.options.map(([name]) => name);
  const given = new Map(), loose = [];
  let current = "";
  for (const word of rest.split(/(?<=\s)/)) {
    const [, key, value] = /^([^\s:]+):(.*)$/s.exec(word) ?? [];
    if (key && names.includes(key)) { given.set(key, value); current = key; }
    else if (current) given.set(current, given.get(current) + word);
    else if (word.trim()) loose.push(word);
  }
  const free = names.filter((name) => !given.has(name));
  const filled = new Set([...given].filter(([, value]) => value.trim()).map(([name]) => name));
  const at = free[Math.min(Math.max(loose.length - (rest.endsWith(" ") ? 0 : 1), 0), free.length - 1)];
  const next = current && !(rest.endsWith(" ") && given.get(current).trim()) ? current : current ? (free[0] ?? "") : (at ?? "");
  for (const name of free.slice(0, Math.max(0, loose.length - (next === at ? 1 : 0)))) filled.add(name);
  return { head, rest, given, loose, next, filled, value: current === next ? (given.get(current) ?? "") : rest.endsWith(" ") ? "" : (loose.at(-1) ?? "") };
}

/** The line with `name` set to `value`, or opened for typing. */
export function withOption(line, command, name, value) {
  const { head, given, loose, next, rest } = progress(line, command);
  const words = loose.map((word) => word.trim());
  if (name === next && !given.has(name) && words.length && !rest.endsWith(" ")) words.pop();
  const kept = [...given].filter(([key]) => key !== name).map(([key, text]) => `${key}:${text.trim()}`);
  return head + [...words, ...kept, `${name}:${value}`].join(" ");
}

/** Slack's usage hints as choices: "on | pause 3d | off" or "[on|off]". */
export function alternatives(command, line) {
  if (!command.usage.includes("|")) return [];
  const typed = line.slice(command.name.length + 2).toLowerCase();
  return command.usage.replace(/^\[|\]$/g, "").split("|").map((word) => word.trim()).filter((word) => word && word.toLowerCase().startsWith(typed) && word.toLowerCase() !== typed);
}
