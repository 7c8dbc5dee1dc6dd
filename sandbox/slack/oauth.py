"""Installing the app: the consent page, the code, the exchange, rotation; and "Sign in with Slack" (OpenID)."""

from __future__ import annotations

import base64
import html
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from sandbox.slack.methods._common import Answer, ApiError
from sandbox.slack.model import Grant, Workspace

if TYPE_CHECKING:
    from sandbox.slack.state import SlackState

CLIENT_ID, CLIENT_SECRET = "100.sandbox", "sandbox-client-secret"  # not a secret
KEPT = 1000  # codes, and tokens of those who signed in
CODE_LIFE, TOKEN_LIFE = 600.0, 43_200.0  # seconds


@dataclass
class Code:
    """What a person consented to; exchanged once, within ten minutes."""

    space: str
    member: str
    scopes: frozenset[str]
    redirect: str
    expires: float
    openid: bool
    nonce: str = ""
    used: bool = False


class Oauth:
    """Codes and refresh tokens of the one app."""

    def __init__(self, world: SlackState) -> None:
        self._world = world
        self._codes: dict[str, Code] = {}

    def problem(self, query: Mapping[str, str]) -> str:
        """Why this authorize request cannot be shown, or ""."""
        if query.get("client_id") != CLIENT_ID:
            return f"invalid client_id: this sandbox's app is {CLIENT_ID}"
        allowed: list[Any] = self._world.declared("oauth_config", "redirect_urls") or []
        target = self.target(query)
        if not target:
            return "redirect_uri did not match any configured URIs: it is missing"
        if allowed and not any(target == url or target.startswith(f"{str(url).rstrip('/')}/") for url in allowed):
            return "redirect_uri did not match any configured URIs"
        asked = set(query.get("scope", "").replace(" ", ",").split(",")) - {""}
        declared = self._world.declared("oauth_config", "scopes", "bot")
        if declared and "openid" not in asked and not asked <= set(declared):
            return f"invalid_scope: {', '.join(sorted(asked - set(declared)))} is not in the manifest"
        if not query.get("scope") and not query.get("user_scope"):
            return "invalid_scope: no scopes requested"
        return ""

    def target(self, query: Mapping[str, str]) -> str:
        """Where the browser goes back to: as asked, else the first address of the manifest."""
        declared: list[Any] = self._world.declared("oauth_config", "redirect_urls") or [""]
        return query.get("redirect_uri") or str(declared[0])

    def decide(self, form: Mapping[str, str], *, openid: bool) -> str:
        """Where the browser goes after Allow or Cancel."""
        back = {"state": form.get("state", "")}
        target = self.target(form)
        joint = "&" if "?" in target else "?"
        if form.get("decision") != "allow":
            return f"{target}{joint}{urlencode(back | {'error': 'access_denied'})}"
        self._world.find(form.get("member", ""))
        space, _, member = form.get("member", "").partition("/")
        scopes = frozenset(form.get("scope", "").replace(" ", ",").split(",")) - {""}
        code, ends = secrets.token_urlsafe(16), self._world.clock.age() + CODE_LIFE
        self._codes[code] = Code(
            space, member, scopes, form.get("redirect_uri", ""), ends, openid, form.get("nonce", "")
        )
        while len(self._codes) > KEPT:
            del self._codes[next(iter(self._codes))]
        return f"{target}{joint}{urlencode({'code': code} | back)}"

    def access(self, args: Mapping[str, Any], basic: str) -> Answer:
        """oauth.v2.access: a code, or a refresh token, for a bot token. Raises ApiError."""
        self._client(args, basic)
        if args.get("grant_type") == "refresh_token":
            return self._refresh(str(args.get("refresh_token") or ""))
        code = self._code(args, openid=False)
        space = self._world.spaces[code.space]
        rotating = bool(self._world.declared("settings", "token_rotation_enabled"))
        self._world.install(space, self._grant(code.scopes, rotating=rotating))
        return self._granted(space) | {"authed_user": {"id": code.member}}

    def openid_token(self, args: Mapping[str, Any], basic: str) -> Answer:
        """openid.connect.token: an access token and an (unsigned) id token."""
        self._client(args, basic)
        code = self._code(args, openid=True)
        token = f"xoxp-openid-{secrets.token_urlsafe(12)}"
        self._world.openid[token] = f"{code.space}/{code.member}"
        while len(self._world.openid) > KEPT:
            del self._world.openid[next(iter(self._world.openid))]
        claims = self.claims(f"{code.space}/{code.member}") | {"nonce": code.nonce, "aud": CLIENT_ID}
        parts = [json.dumps(part).encode() for part in ({"alg": "none", "typ": "JWT"}, claims)]
        id_token = ".".join([*(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts), ""])
        return {"access_token": token, "token_type": "Bearer", "id_token": id_token}

    def claims(self, member: str) -> dict[str, Any]:
        """openid.connect.userInfo of "T1/U1"."""
        space, person = self._world.find(member)
        return {"sub": person.id, "https://slack.com/user_id": person.id, "https://slack.com/team_id": space.id,
                "name": person.name, "locale": person.locale,
                "https://slack.com/team_name": space.name}  # fmt: skip

    def _client(self, args: Mapping[str, Any], basic: str) -> None:
        given = (str(args.get("client_id") or ""), str(args.get("client_secret") or ""))
        if basic:
            try:
                decoded = base64.b64decode(basic, validate=True).decode(errors="replace")
            except ValueError:  # binascii.Error is one
                raise ApiError("invalid_client_id") from None
            user, _, word = decoded.partition(":")
            given = (user, word)
        if given[0] != CLIENT_ID:
            raise ApiError("invalid_client_id")
        if not secrets.compare_digest(given[1].encode(errors="replace"), CLIENT_SECRET.encode()):
            raise ApiError("bad_client_secret")

    def _code(self, args: Mapping[str, Any], *, openid: bool) -> Code:
        code = self._codes.get(str(args.get("code") or ""))
        if code is None or code.openid != openid:
            raise ApiError("invalid_code")
        if code.used:
            raise ApiError("code_already_used")
        if self._world.clock.age() > code.expires:
            raise ApiError("code_expired")
        if str(args.get("redirect_uri") or "") != code.redirect:
            raise ApiError("bad_redirect_uri")
        code.used = True
        return code

    def _grant(self, scopes: frozenset[str] | None, *, rotating: bool) -> Grant:
        prefix = "xoxe.xoxb-" if rotating else "xoxb-"
        token, refresh = f"{prefix}{secrets.token_urlsafe(12)}", f"xoxe-1-{secrets.token_urlsafe(12)}"
        ends = self._world.clock.age() + TOKEN_LIFE if rotating else None
        return Grant(token, scopes, ends, refresh if rotating else "")

    def _refresh(self, refresh: str) -> Answer:
        space = next((s for s in self._world.spaces.values() if refresh and s.grant.refresh == refresh), None)
        if space is None:
            raise ApiError("invalid_refresh_token")
        self._world.install(space, self._grant(space.grant.scopes, rotating=True))
        return self._granted(space)

    def _granted(self, space: Workspace) -> Answer:
        more: Answer = {}
        if space.grant.refresh:
            more = {"refresh_token": space.grant.refresh, "expires_in": int(TOKEN_LIFE)}
        return {
            "app_id": space.app_id, "access_token": space.grant.token, "token_type": "bot",
            "scope": ",".join(sorted(space.grant.scopes or ())), "bot_user_id": space.bot_user,
            "team": {"id": space.id, "name": space.name}, "enterprise": None, "is_enterprise_install": False,
        } | more  # fmt: skip


def consent_page(world: SlackState, query: Mapping[str, str], *, openid: bool) -> str:
    """The page a browser shows: what the app asks for, who one is, Allow or Cancel. Every value is escaped."""
    kept = "".join(
        f'<input type="hidden" name="{name}" value="{html.escape(query.get(name, ""))}">'
        for name in ("redirect_uri", "state", "scope", "nonce")
    )
    people = "".join(
        f'<option value="{space.id}/{html.escape(m.id)}">{html.escape(f"{m.name} · {space.name}")}</option>'
        for space in world.spaces.values()
        for m in space.members.values()
        if (openid or m.is_admin) and not m.gone
    )
    scopes = "".join(f"<li>{html.escape(s)}</li>" for s in query.get("scope", "").replace(" ", ",").split(",") if s)
    asks = "wants to know who you are" if openid else "asks to be installed in your workspace with these scopes"
    return f"""<!doctype html><html lang="en"><meta charset="utf-8"><title>Sandbox: allow an app</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/page/style.css">
<main class="consent"><form method="post"><h1>Sandbox</h1><p>A local stand-in, not the real Slack. The app {asks}:</p>
<ul>{scopes}</ul><p><label>You are <select name="member">{people}</select></label></p>{kept}
<p class="actions"><button class="button primary" name="decision" value="allow">Allow</button>
<button class="button" name="decision" value="cancel">Cancel</button></p></form></main></html>"""
