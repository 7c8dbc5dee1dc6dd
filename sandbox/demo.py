"""The people of the demo: two workspaces and two guilds, in different zones and languages."""

from __future__ import annotations

from sandbox.server import Sandbox

SLACK_TOKENS = ("xoxb-sandbox-makers", "xoxb-sandbox-evening")
PEOPLE = (
    ("Ada", "en-GB", "Europe/London"),
    ("林雨", "zh-CN", "Asia/Shanghai"),
    ("Kofi", "en-US", "Africa/Accra"),
    ("Priya", "en-US", "Asia/Kolkata"),
    ("Sam", "en-US", "America/Los_Angeles"),
)
GUILDS = ("900000000000000001", "900000000000000002")


def populate(sandbox: Sandbox) -> None:
    """Priya of Discord has closed her direct messages."""
    slack, discord = sandbox.slack, sandbox.discord
    discord.enforce_pace = False  # a demo and its tests start the bot again and again
    for number, (space, name, token) in enumerate(
        (("T01MAKERS", "Makers", SLACK_TOKENS[0]), ("T02EVENING", "Evening-school", SLACK_TOKENS[1]))
    ):
        people = PEOPLE if number == 0 else PEOPLE[:2]
        slack.add_space(space, name, token)
        for n, (person, locale, zone) in enumerate(people, 1):
            slack.add_member(space, f"U00{n}", person, locale, zone, is_admin=n == 1)
        members = [f"U00{n}" for n in range(1, len(people) + 1)]
        slack.add_channel(space, f"C{number}1GENERAL", "general", members)
        slack.add_channel(space, f"C{number}2LEARN", "learning", members)
    for number, (guild, name) in enumerate(zip(GUILDS, ("AI Makers", "Night Owls"), strict=True)):
        discord.add_guild(guild, name)
        for n, (person, locale, zone) in enumerate(PEOPLE if number == 0 else PEOPLE[:2], 1):
            discord.add_member(
                guild, f"80000000000000000{n}", person, locale, zone, dms_open=person != "Priya", is_admin=n == 1
            )
        discord.add_channel(guild, f"70000000000000{number}001", "general")
        discord.add_channel(guild, f"70000000000000{number}002", "learning")
