"""Installing the app as a person does in a browser, exchanging the code, rotating tokens, signing in."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest

from sandbox.server import Sandbox
from sandbox.slack.oauth import CLIENT_ID, CLIENT_SECRET
from tests.sandbox.raw import Json, Web

BACK = "http://127.0.0.1:9/slack/oauth_redirect"
ASKED = {"client_id": CLIENT_ID, "scope": "chat:write,commands", "redirect_uri": BACK, "state": "s<1>"}
OURS = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}


async def consent(
    sandbox: Sandbox, web: Web, decision: str = "allow", member: str = "T03FRESH/U001", path: str = "", **change: str
) -> dict[str, list[str]]:
    """What the browser brings back to the app."""
    url = sandbox.url + path if path else sandbox.slack_authorize
    form = ASKED | {"member": member, "decision": decision, "nonce": "n"}
    async with web.session.post(url, params=ASKED | change, data=form, allow_redirects=False) as answer:
        assert answer.status == 302, await answer.text()
        assert answer.headers["Location"].startswith(BACK)
        return parse_qs(urlparse(answer.headers["Location"]).query)


@pytest.fixture
def fresh(sandbox: Sandbox) -> Sandbox:
    """A workspace where the app is not yet installed."""
    sandbox.slack.add_space("T03FRESH", "Fresh", "xoxb-not-yet", installed=False)
    sandbox.slack.add_member("T03FRESH", "U001", "Mia", "en-US", "Europe/Rome", is_admin=True)
    return sandbox


async def exchange(web: Web, code: str, **more: Any) -> Json:
    """oauth.v2.access."""
    return await web.slack("oauth.v2.access", "", code=code, **(OURS | {"redirect_uri": BACK} | more))


async def test_the_consent_page_names_scopes_and_people_and_escapes_the_state(fresh: Sandbox, web: Web) -> None:
    async with web.session.get(fresh.slack_authorize, params=ASKED) as answer:
        page = await answer.text()
    assert "<li>chat:write</li>" in page
    assert "Mia · Fresh" in page
    assert "s&lt;1&gt;" in page
    assert "s<1>" not in page
    assert "Kofi" not in page, "only admins install"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("change", "why"),
    [({"client_id": "1"}, "client_id"), ({"redirect_uri": BACK + ".evil.example"}, "redirect_uri"),
     ({"scope": ""}, "scope"), ({"redirect_uri": "https://evil.example/"}, "redirect_uri")],
)  # fmt: skip
async def test_a_wrong_authorize_address_is_not_shown(fresh: Sandbox, web: Web, change: Json, why: str) -> None:
    fresh.slack.register_manifest({"oauth_config": {"redirect_urls": [BACK]}})
    async with web.session.get(fresh.slack_authorize, params=ASKED | change) as answer:
        assert answer.status == 400
        assert why in await answer.text()


async def test_a_code_is_exchanged_once_for_a_token_that_works(fresh: Sandbox, web: Web) -> None:
    assert (await web.slack("auth.test", "xoxb-not-yet"))["error"] == "account_inactive"
    back = await consent(fresh, web)
    assert back["state"] == ["s<1>"]
    granted = await exchange(web, back["code"][0])
    assert (granted["ok"], granted["team"]["id"], granted["scope"]) == (True, "T03FRESH", "chat:write,commands")
    about = await web.slack("auth.test", granted["access_token"])
    assert (about["ok"], about["user_id"]) == (True, granted["bot_user_id"])
    assert (await exchange(web, back["code"][0]))["error"] == "code_already_used"
    assert (await exchange(web, "made-up"))["error"] == "invalid_code"


async def test_cancelling_installs_nothing(fresh: Sandbox, web: Web) -> None:
    back = await consent(fresh, web, decision="cancel")
    assert back == {"error": ["access_denied"], "state": ["s<1>"]}
    assert not fresh.slack.spaces["T03FRESH"].installed


async def test_the_client_is_checked_however_it_shows_itself(fresh: Sandbox, web: Web) -> None:
    code = (await consent(fresh, web))["code"][0]
    assert (await exchange(web, code, client_secret="guess"))["error"] == "bad_client_secret"
    assert (await exchange(web, code, client_id="9"))["error"] == "invalid_client_id"
    assert (await exchange(web, code, redirect_uri="http://127.0.0.1:9/other"))["error"] == "bad_redirect_uri"
    basic = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
    url, headers = fresh.slack_api + "oauth.v2.access", {"Authorization": f"Basic {basic}"}
    async with web.session.post(url, data={"code": code, "redirect_uri": BACK}, headers=headers) as answer:
        assert (await answer.json())["ok"]


async def test_a_code_lives_ten_minutes(fresh: Sandbox, web: Web) -> None:
    code = (await consent(fresh, web))["code"][0]
    fresh.clock.advance(timedelta(minutes=11))
    assert (await exchange(web, code))["error"] == "code_expired"


async def test_what_was_not_consented_to_is_a_missing_scope(fresh: Sandbox, web: Web) -> None:
    token = (await exchange(web, (await consent(fresh, web))["code"][0]))["access_token"]
    refused = await web.slack("users.info", token, user="U001")
    assert refused["error"] == "missing_scope"
    assert (refused["needed"], refused["provided"]) == ("users:read", "chat:write,commands")


async def test_rotating_tokens_end_after_twelve_hours_and_are_renewed_once(fresh: Sandbox, web: Web) -> None:
    fresh.slack.register_manifest({"settings": {"token_rotation_enabled": True}})
    granted = await exchange(web, (await consent(fresh, web))["code"][0])
    assert granted["expires_in"] == 43_200
    fresh.clock.advance(timedelta(hours=12, minutes=1))
    assert (await web.slack("auth.test", granted["access_token"]))["error"] == "token_expired"
    renew = {"grant_type": "refresh_token", "refresh_token": granted["refresh_token"]} | OURS
    renewed = await web.slack("oauth.v2.access", "", **renew)
    assert (await web.slack("auth.test", renewed["access_token"]))["ok"]
    assert (await web.slack("oauth.v2.access", "", **renew))["error"] == "invalid_refresh_token"


async def test_signing_in_tells_who_one_is(fresh: Sandbox, web: Web) -> None:
    path = "/slack/openid/connect/authorize"
    back = await consent(fresh, web, member="T01MAKERS/U003", path=path, scope="openid profile")
    token = await web.slack("openid.connect.token", "", code=back["code"][0], redirect_uri=BACK, **OURS)
    who = await web.slack("openid.connect.userInfo", token["access_token"])
    assert (who["sub"], who["https://slack.com/team_id"], who["name"]) == ("U003", "T01MAKERS", "Kofi")
    claims = json.loads(base64.urlsafe_b64decode(token["id_token"].split(".")[1] + "=="))
    assert (claims["sub"], claims["nonce"]) == ("U003", "n")
    assert (await web.slack("openid.connect.userInfo", "xoxp-made-up"))["error"] == "invalid_auth"
    install = await consent(fresh, web)
    assert (await web.slack("openid.connect.token", "", code=install["code"][0], redirect_uri=BACK, **OURS))[
        "error"
    ] == "invalid_code"
