"""`python -m bot reports`: what waits for moderators in every community, for whoever runs the bot.

A report about a community's only owner is shown to nobody else. The words are unsealed for one report at a time, at the
operator's wish; who wrote it is not shown here either.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from store import SecretUnreadable, Store

Answer = dict[str, Any]  # as JSON


async def answer(store: Store, request: Mapping[str, str]) -> Answer:
    """{} lists what waits, {"id"} shows one."""
    id_ = request.get("id", "")
    async with store.begin() as tx:
        if not id_:
            rows = await tx.reports.waiting()
            return {"reports": [_row(row.space.key, row.id, row.about, row.reason, row.at, row.state) for row in rows]}
        try:
            found = await tx.reports.find(id_)
        except SecretUnreadable as error:
            return {"error": str(error)}
    if found is None:
        return {"error": f"there is no report {id_[:40]}: `reports` lists what waits"}
    row = _row(found.space.key, found.id, found.about.id if found.about else "", found.reason, found.at, found.state)
    return {"reports": [row | {"words": found.words, "outcome": found.outcome or ""}]}


def _row(space: str, id_: str, about: str, reason: str, at: Any, state: str) -> Answer:
    return {"id": id_, "space": space, "about": about, "reason": reason, "at": at.isoformat(), "state": state}


def printed(told: Answer) -> list[str]:
    """The answer as lines."""
    lines: list[str] = []
    for row in told["reports"]:
        about = row["about"] or "somebody who has left"
        lines.append(f"{row['id']}  {row['space']}  about {about}: {row['reason']}, {row['at']}, {row['state']}")
        lines += [f"{' ' * 26}{line}" for line in row.get("words", "").splitlines()]
        lines += [f"{' ' * 26}closed with: {row['outcome']}"] if row.get("outcome") else []
    return lines or ["no report waits"]
