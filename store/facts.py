"""Why two fit, from what matching found to the plain data that is kept: see content/introduction_reasons.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from typing import Any, assert_never

from matching.reasons import OtherTeams, Reason, SameName, SharedHours, SharedTags, Stages

Facts = tuple[dict[str, Any], ...]


def facts(reasons: Sequence[Reason]) -> Facts:
    """As an introduction keeps them."""
    return tuple(_fact(reason) for reason in reasons)


def _fact(reason: Reason) -> dict[str, Any]:
    match reason:
        case SharedHours(_, hours, example):
            return {"term": "hours", "hours": hours, "at": example.yours.astimezone(UTC).isoformat()}
        case Stages(_, kind, apart):
            return {"term": kind, "apart": apart}
        case SharedTags(_, kind, tags):
            return {"term": kind, "tags": list(tags)}
        case SameName(_, kind, name):
            return {"term": kind, "name": name}
        case OtherTeams(_, yours, theirs):
            return {"term": "teams", "yours": yours, "theirs": theirs}
        case _:
            assert_never(reason)
