"""A bot token per workspace: kept encrypted in the store, looked up by our own `authorize`."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (slack_bolt and slack_sdk are only partly typed; nothing untyped leaves this folder)

from __future__ import annotations

from slack_bolt.authorization import AuthorizeResult

from chat.people import Space
from store import Store

NAME = "bot_token"


class Tokens:
    """A small cache over the store; `forget` when Slack says a token is dead."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, str] = {}
        self._bot_users: dict[str, str] = {}

    async def keep(self, space: Space, token: str, bot_user: str) -> None:
        """After an installation."""
        async with self._store.begin() as tx:
            await tx.secrets.put(space, NAME, token)
        self._known[space.id], self._bot_users[space.id] = token, bot_user

    async def of(self, space: Space) -> str | None:
        """The token of a workspace, or None when we are not installed there."""
        if space.id not in self._known:
            async with self._store.begin() as tx:
                token = await tx.secrets.get(space, NAME)
            if token is None:
                return None
            self._known[space.id] = token
        return self._known[space.id]

    async def forget(self, space: Space) -> None:
        """Uninstalled or revoked: the token is of no use to anyone."""
        self._known.pop(space.id, None)
        async with self._store.begin() as tx:
            await tx.secrets.forget(space, NAME)

    async def authorize(self, enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        """Bolt's question for each request. None: an unknown workspace, whose event is acknowledged and ignored."""
        token = await self.of(Space("slack", team_id)) if team_id else None
        if token is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_token=token,
            bot_user_id=self._bot_users.get(team_id or ""),
        )
