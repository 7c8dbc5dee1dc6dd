"""Slack's error codes told apart by who can do something about them."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (slack_bolt and slack_sdk are only partly typed; nothing untyped leaves this folder)

from __future__ import annotations

import asyncio

import aiohttp
from slack_sdk.errors import SlackApiError

from chat.errors import DeliveryError, Rejected, Revoked, Throttled, Unavailable, Uncertain, Unreachable
from chat.waiting import UNTOLD, told_to_wait

UNREACHABLE = frozenset(
    {"cannot_dm_bot", "user_disabled", "user_not_found", "user_not_visible", "channel_not_found", "is_archived",
     "not_in_channel", "messages_tab_disabled", "restricted_action", "restricted_action_non_threadable_channel",
     "user_not_in_channel", "not_allowed_token_type_for_dm", "users_not_found", "user_is_restricted", "user_is_bot",
     "invalid_user_combination", "restricted_action_read_only_channel", "restricted_action_thread_only_channel",
     "restricted_action_thread_locked", "method_not_supported_for_channel_type", "channel_type_not_supported"}
)  # fmt: skip
REVOKED = frozenset(
    {"invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive", "org_login_required",
     "team_access_not_granted", "missing_scope", "no_permission", "access_denied", "ekm_access_denied",
     "two_factor_setup_required"}
)  # fmt: skip
# Slack documents these as its own trouble; the message may have been accepted before it arose.
UNCERTAIN = frozenset({"internal_error", "fatal_error", "request_timeout"})
UNAVAILABLE = frozenset({"service_unavailable", "team_added_to_org", "accesslimited"})


def delivery_error(error: Exception) -> DeliveryError:
    """The one of our errors that says what to do about a failed call."""
    if isinstance(error, SlackApiError):
        return _api_error(error)
    if isinstance(error, aiohttp.ClientConnectorError):
        return Unavailable("connection_refused")
    if isinstance(error, (aiohttp.ClientError, asyncio.TimeoutError, ConnectionError)):
        return Uncertain("connection_lost")
    raise error


def code_of(error: SlackApiError) -> str:
    """Slack's own code; "http_503" where a proxy answered with something that is no JSON."""
    data: object = getattr(error.response, "data", None)
    code: object = data.get("error") if isinstance(data, dict) else None
    return str(code or f"http_{getattr(error.response, 'status_code', 0)}")


def _api_error(error: SlackApiError) -> DeliveryError:
    response, code = error.response, code_of(error)
    status = int(getattr(response, "status_code", 200))
    if status == 429 or code in {"ratelimited", "rate_limited"}:
        told = told_to_wait(response.headers.get("Retry-After") or response.headers.get("retry-after"))
        return Throttled(code, UNTOLD if told is None else max(1.0, told))
    if status >= 500:
        return Unavailable(code) if status == 503 else Uncertain(code)
    for codes, kind in (
        (UNREACHABLE, Unreachable),
        (REVOKED, Revoked),
        (UNCERTAIN, Uncertain),
        (UNAVAILABLE, Unavailable),
    ):
        if code in codes:
            return kind(code)
    return Rejected(code)
