"""Discord's codes, told apart by who can do something about them."""

from __future__ import annotations

import pytest

from bot.discord.errors import from_answer, from_failure
from bot.discord.rest import read_refusal
from chat.errors import DeliveryError, Rejected, Revoked, Throttled, Unavailable, Uncertain, Unreachable


@pytest.mark.parametrize(
    ("status", "code", "kind", "reason"),
    [
        (403, 50007, Unreachable, "50007"),
        (403, 50278, Unreachable, "50278"),
        (403, 50001, Unreachable, "50001"),
        (404, 10013, Unreachable, "10013"),
        (404, 10003, Unreachable, "10003"),
        (400, 50035, Rejected, "50035"),
        (400, 50006, Rejected, "50006"),
        (404, 10062, Rejected, "10062"),
        (400, 40060, Rejected, "40060"),
        (404, 10008, Rejected, "10008"),
        (403, 50013, Rejected, "50013"),
        (418, 0, Rejected, "http 418"),
        (401, 0, Revoked, "http 401"),
        (401, 50014, Revoked, "50014"),
        (503, 0, Unavailable, "http 503"),
        (500, 0, Uncertain, "http 500"),
        (502, 0, Uncertain, "http 502"),
        (504, 0, Uncertain, "http 504"),
        (524, 0, Uncertain, "http 524"),
    ],
)
def test_every_documented_answer_has_its_kind(status: int, code: int, kind: type[DeliveryError], reason: str) -> None:
    error = from_answer(status, code)
    assert type(error) is kind
    assert error.reason == reason


@pytest.mark.parametrize(
    ("status", "code", "told", "waits"),
    [
        (429, 0, 7.5, 7.5),
        (429, 0, None, 30.0),
        (429, 0, 0.0, 1.0),
        (429, 0, 3_600.0, 3_600.0),
        (403, 40003, None, 600.0),
        (429, 40003, 5.0, 600.0),
        (429, 20028, 12.0, 60.0),
    ],
)
def test_throttling_says_how_long(status: int, code: int, told: float | None, waits: float) -> None:
    error = from_answer(status, code, told)
    assert isinstance(error, Throttled)
    assert error.retry_after == waits


@pytest.mark.parametrize(
    ("body", "header", "seconds"),
    [
        (b'{"retry_after": 7.25}', "8", 7.25),
        (b'{"retry_after": "soon"}', "7.5", 7.5),
        (b'{"retry_after": "soon"}', "soon", None),
        (b'{"retry_after": NaN}', None, None),
        (b'{"retry_after": true}', None, None),
        (b'{"retry_after": Infinity}', None, 86_400.0),
        (b"error code: 1015", "600", 600.0),
        (b"[]", None, None),
    ],
)
def test_how_long_is_read_from_the_body_then_from_the_header(
    body: bytes, header: str | None, seconds: float | None
) -> None:
    assert read_refusal(body, header) == (0, seconds)


def test_a_dead_token_is_dead_everywhere() -> None:
    error = from_answer(401)
    assert isinstance(error, Revoked)
    assert error.scope == "platform"


def test_a_broken_connection_is_uncertain_only_once_the_request_began_to_leave() -> None:
    assert isinstance(from_failure(ConnectionRefusedError(), written=False), Unavailable)
    assert isinstance(from_failure(ConnectionResetError(), written=True), Uncertain)
