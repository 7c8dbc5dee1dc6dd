"""The whole loop: rhythm, dose and silence of a nudge, budget, recall, reflections, inbox, rests, starts, workers."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

INSTANT = sa.DateTime(timezone=True)


def _add(table: str, name: str, kind: sa.types.TypeEngine[Any], default: str | None = None) -> None:
    """A column; with a default where it may not be null, which old rows take."""
    column = sa.Column(name, kind, nullable=default is None, server_default=default)
    op.add_column(table, column)


def _of_member(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["space", "member"],
        ["members.space", "members.member"],
        name=op.f(f"fk_{table}_members"),
        ondelete="CASCADE",
    )


def _table(name: str, *columns: sa.schema.SchemaItem, key: list[str]) -> None:
    op.create_table(name, *columns, sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{name}")))


def _key() -> list[sa.Column[str]]:
    return [sa.Column("space", sa.Text, nullable=False), sa.Column("member", sa.Text, nullable=False)]


def upgrade() -> None:
    for name, default in (("track", "any"), ("optins", ""), ("onboarded", "")):
        _add("members", name, sa.Text(), default)
    for name in ("zone_seen", "direct"):
        _add("members", name, sa.Text())
    _add("nudges", "rhythm", sa.Text(), "daily")
    _add("nudges", "dose", sa.SmallInteger(), "0")
    _add("nudges", "unanswered", sa.SmallInteger(), "0")
    _add("nudges", "started_on", sa.Date(), "2026-01-01")
    _add("nudges", "reflect_day", sa.SmallInteger())
    _add("nudges", "reflect_at", sa.Time())
    _add("nudges", "offer_on", sa.Date())
    _add("nudges", "offered", sa.Text(), "")
    _add("nudges", "last_at", INSTANT)
    op.execute("UPDATE nudges SET state = 'active' WHERE state = 'on'")
    op.execute("UPDATE nudges SET started_on = CAST(updated_at AT TIME ZONE 'UTC' AS date)" if _postgres() else
               "UPDATE nudges SET started_on = substr(updated_at, 1, 10)")  # fmt: skip
    _add("deliveries", "dose", sa.SmallInteger(), "0")
    for name in ("extra", "why"):
        _add("deliveries", name, sa.Text(), "")
    for name in ("claimed_by", "note"):
        _add("deliveries", name, sa.Text())
    _add("deliveries", "lease_until", INSTANT)
    # Of what waits for another try on Discord only these surely did not arrive; Slack's uncertain ones never waited.
    op.execute("UPDATE deliveries SET error = 'doubt:' || error WHERE state = 'retry' AND space LIKE 'discord:%' AND "
               "error NOT IN ('http 401', 'http 429', 'http 503', 'platform_off', 'not started', "
               "'20016', '20022', '20028', '20029', '40001', '40003', '50014')")  # fmt: skip
    op.execute("UPDATE deliveries SET state = 'retry', error = 'doubt:lease_expired' WHERE state = 'claimed'")
    with op.batch_alter_table("deliveries") as batch:  # the id says it already
        batch.drop_constraint(op.f("uq_deliveries_space_member_kind_day_ordinal"), type_="unique")
    op.create_index("ix_deliveries_space_not_before", "deliveries", ["space", "not_before"])
    _partial("ix_deliveries_claimed", "deliveries", "claimed_by", "state = 'claimed'")
    _partial("ix_deliveries_ambiguous", "deliveries", "planned_at", "state = 'ambiguous'")
    _table("budget", sa.Column("who", sa.Text, nullable=False), sa.Column("day", sa.Date, nullable=False),
           sa.Column("kind", sa.Text, nullable=False), sa.Column("at", INSTANT, nullable=False),
           key=["who", "day"])  # fmt: skip
    op.create_index("ix_budget_day", "budget", ["day"])
    _table("recalls", *_key(), sa.Column("prompt", sa.Text, nullable=False),
           sa.Column("rev", sa.Integer, nullable=False), sa.Column("card", sa.Text, nullable=False),
           sa.Column("due", sa.Date, nullable=False),
           _of_member("recalls"), key=["space", "member", "prompt"])  # fmt: skip
    _table("reflections", *_key(), sa.Column("day", sa.Date, nullable=False),
           *(sa.Column(name, sa.Text, nullable=False) for name in ("tried", "noticed", "next", "question")),
           _of_member("reflections"), key=["space", "member", "day"])  # fmt: skip
    _table("inbox", sa.Column("key", sa.Text, nullable=False), sa.Column("platform", sa.Text, nullable=False),
           sa.Column("body", sa.Text), sa.Column("received_at", INSTANT, nullable=False),
           sa.Column("handled_at", INSTANT), sa.Column("attempt", sa.Integer, nullable=False),
           key=["key"])  # fmt: skip
    _partial("ix_inbox_open", "inbox", "received_at", "handled_at IS NULL")
    op.create_index("ix_inbox_received_at", "inbox", ["received_at"])
    _table("rests", sa.Column("scope", sa.Text, nullable=False), sa.Column("until", INSTANT, nullable=False),
           sa.Column("reason", sa.Text, nullable=False), key=["scope"])  # fmt: skip
    _table("starts", sa.Column("bot", sa.Text, nullable=False), sa.Column("at", INSTANT, nullable=False),
           key=["bot", "at"])  # fmt: skip
    _table("workers", sa.Column("worker", sa.Text, nullable=False), sa.Column("started_at", INSTANT, nullable=False),
           sa.Column("seen_at", INSTANT, nullable=False), key=["worker"])  # fmt: skip
    _table("facts", sa.Column("name", sa.Text, nullable=False), sa.Column("value", sa.Text, nullable=False),
           key=["name"])  # fmt: skip


def _postgres() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _partial(name: str, table: str, column: str, where: str) -> None:
    op.create_index(name, table, [column], sqlite_where=sa.text(where), postgresql_where=sa.text(where))
