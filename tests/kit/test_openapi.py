"""The check against Discord's own description can fail: it tells what is wrong, and knows every route we serve."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.discord import rest
from tests.kit.openapi import DOCUMENT, Conformance, described
from tests.kit.postgres import skip_or_fail


def exchange(**change: Any) -> dict[str, Any]:
    """A good one, changed."""
    answer = {"id": "1", "type": 1, "flags": 0, "recipients": list[str](), "last_message_id": None}
    good: dict[str, Any] = {"route": "POST /users/@me/channels", "query": {}, "status": 200, "answer": answer}
    good["body"] = {"recipient_id": "1"}
    return good | change


def complaints(**change: Any) -> list[str]:
    """Of one exchange."""
    if described() is None:
        skip_or_fail(f"Discord's OpenAPI document is not at {DOCUMENT}")
    conformance = Conformance()
    conformance.heard(exchange(**change))
    return conformance.complaints()


def test_a_good_exchange_passes() -> None:
    assert complaints() == []


def test_wrong_requests_answers_statuses_and_routes_are_told() -> None:
    assert "request" in complaints(body={"recipient_id": 5})[0]
    assert "answer 200" in complaints(answer={"id": "1"})[0]
    assert "no answer with status 302" in complaints(status=302)[0]
    assert "no such operation" in complaints(route="POST /users/@me/wishes")[0]
    assert "message" in complaints(status=400, answer={"code": 1})[0]


def test_a_refused_request_may_be_wrong_itself() -> None:
    assert complaints(status=400, body={"recipient_id": 5}, answer={"code": 50035, "message": "x"}) == []


def test_every_route_the_sandbox_serves_is_described() -> None:
    document = described()
    if document is None:
        skip_or_fail(f"Discord's OpenAPI document is not at {DOCUMENT}")
        return
    routes = [f"{method} {path}" for method, path in rest.ROUTES | rest.WITHOUT_TOKEN]
    assert [route for route in routes if document.operation(route) is None] == []


@pytest.mark.parametrize(
    "component",
    [
        {"type": 2, "style": 1, "custom_id": "x", "label": "l" * 81},
        {"type": 2, "custom_id": "x", "label": "without a style"},
        {"type": 4, "style": 1, "custom_id": "x", "label": "of a form, not of a message"},
        {"type": 99},
        {"style": 1},
        "a word",
    ],
)
def test_a_component_is_judged_by_what_its_type_allows(component: Any) -> None:
    def told(*inside: Any) -> list[str]:
        row = {"type": 1, "components": list(inside)}
        body = {"flags": 1 << 15, "components": [{"type": 17, "components": [row]}]}
        heard = complaints(route="POST /channels/{channel}/messages", body=body)
        return [complaint for complaint in heard if " request: " in complaint]

    good = {"type": 2, "style": 1, "custom_id": "x", "label": "l" * 80}
    assert told(good) == []
    assert len(told(good, component)) == 1
