"""From the registry to the app manifest: paste it at "Create an app from a manifest", and the commands are there."""

from __future__ import annotations

from typing import Any

from commands._registry import Registry

SCOPES = ("chat:write", "commands", "files:write", "im:write", "mpim:write", "users:read")  # the least there can be
EVENTS = ("app_home_opened", "app_uninstalled", "tokens_revoked", "user_change")  # no message is ever read


def manifest(registry: Registry) -> dict[str, Any]:
    """The whole manifest; `python -m bot manifest` prints it as JSON."""
    return {
        "display_information": {
            "name": "steppingstone",
            "description": "One tiny step a day for people who build a career in AI",
            "background_color": "#2f5d50",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "steppingstone", "always_online": True},
            "slash_commands": [_command(registry, word) for word in registry.groups()],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True},
            "org_deploy_enabled": False,
            "socket_mode_enabled": True,
            "token_rotation_enabled": False,
        },
    }


def escaping(registry: Registry) -> frozenset[str]:
    """The commands with which a member can be named: of these Slack sends persons by id, and &, < and > escaped."""
    groups = registry.groups().items()
    return frozenset(word for word, commands in groups if any(o.person for one in commands for o in one.options))


def _command(registry: Registry, word: str) -> dict[str, Any]:
    """One slash command a group: Slack has no subcommands, so they stand in the usage hint."""
    commands = registry.groups()[word]
    first = next((command for command in commands if command.bare), commands[0])
    if len(commands) == 1 and commands[0].name == word:
        usage = first.usage.removeprefix(f"/{word}").strip()
    else:
        usage = " | ".join(command.name.partition(" ")[2] for command in commands)
    escapes = word in escaping(registry)
    entry: dict[str, Any] = {"command": f"/{word}", "description": first.summary, "should_escape": escapes}
    return entry | ({"usage_hint": usage} if usage else {})
