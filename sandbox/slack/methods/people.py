"""auth.test, users.* and team.info: who there is."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sandbox.slack.methods._common import Answer, ApiError, Args, Method, page, person_of, true
from sandbox.slack.model import Member, Workspace

if TYPE_CHECKING:
    from sandbox.slack.state import SlackState


def _auth_test(world: SlackState, space: Workspace, args: Args) -> Answer:
    return {"url": f"https://{space.name.lower()}.sandbox.invalid/", "team": space.name, "user": world.bot_name,
            "team_id": space.id, "user_id": space.bot_user, "bot_id": "B" + space.bot_user[1:],
            "is_enterprise_install": False}  # fmt: skip


def native_user(space: Workspace, person: Member, now: datetime, *, locale: bool = True) -> dict[str, Any]:
    """As the Web API and user_change show a person."""
    offset = now.astimezone(ZoneInfo(person.zone)).utcoffset()
    profile = {"real_name": person.name, "display_name": person.name, "team": person.home_team or space.id}
    more: dict[str, Any] = {"locale": person.locale} if locale else {}
    more |= {"is_stranger": True} if person.home_team else {}
    return {
        "id": person.id, "team_id": person.home_team or space.id, "deleted": person.gone, "name": person.name.lower(),
        "real_name": person.name, "profile": profile, "tz": person.zone, "is_bot": False, "is_app_user": False,
        "tz_label": person.zone.replace("_", " "), "tz_offset": int(offset.total_seconds()) if offset else 0,
        "is_admin": person.is_admin, "is_owner": False, "is_restricted": False, "is_ultra_restricted": False,
        "updated": int(now.timestamp()),
    } | more  # fmt: skip


def _bot(space: Workspace, name: str) -> Answer:
    profile = {"api_app_id": space.app_id, "bot_id": "B" + space.bot_user[1:]}
    return {"id": space.bot_user, "team_id": space.id, "name": name, "deleted": False, "is_bot": True,
            "is_app_user": False, "profile": profile}  # fmt: skip


def _users_info(world: SlackState, space: Workspace, args: Args) -> Answer:
    if str(args.get("user", "")) == space.bot_user:
        return {"user": _bot(space, world.bot_name)}
    person = person_of(space, args)
    return {"user": native_user(space, person, world.clock.now(), locale=true(args.get("include_locale")))}


def _users_list(world: SlackState, space: Workspace, args: Args) -> Answer:
    locale, now = true(args.get("include_locale")), world.clock.now()
    people = [native_user(space, person, now, locale=locale) for person in space.members.values()]
    return page([*people, _bot(space, world.bot_name)], args, "members")


def _team_info(world: SlackState, space: Workspace, args: Args) -> Answer:
    if str(args.get("team") or space.id) != space.id:
        raise ApiError("team_not_found")
    return {"team": {"id": space.id, "name": space.name, "domain": space.name.lower(), "icon": {"image_default": True}}}


METHODS = {
    "auth.test": Method(_auth_test, 0),
    "users.info": Method(_users_info, 4, ("users:read",)),
    "users.list": Method(_users_list, 2, ("users:read",)),
    "team.info": Method(_team_info, 3, ("team:read",)),
}
