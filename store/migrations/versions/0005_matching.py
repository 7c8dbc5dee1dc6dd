"""Matching: seekers, hosts, introductions and their sides, programmes, rounds, circles, blocks, reports, notes."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

INSTANT = sa.DateTime(timezone=True)
OPEN_SEEKER = sa.text("side = 'seeker' AND open")

Kind = type[sa.types.TypeEngine[Any]] | sa.types.TypeEngine[Any]


def _set(kind: Kind, names: str) -> list[sa.Column[Any]]:
    """Columns that always hold something."""
    return [sa.Column(name, kind, nullable=False) for name in names.split()]


def _free(kind: Kind, names: str) -> list[sa.Column[Any]]:
    """Columns that may be null."""
    return [sa.Column(name, kind) for name in names.split()]


def _of(table: str, here: str, there: str, key: str, name: str = "") -> sa.ForeignKeyConstraint:
    name = op.f(name or f"fk_{table}_{there}")
    return sa.ForeignKeyConstraint(here.split(), [f"{there}.{c}" for c in key.split()], name=name, ondelete="CASCADE")


def _table(name: str, *columns: sa.schema.SchemaItem, key: str) -> None:
    op.create_table(name, *columns, sa.PrimaryKeyConstraint(*key.split(), name=op.f(f"pk_{name}")))


def _index(table: str, columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns.split())}", table, columns.split())


def upgrade() -> None:
    _table(
        "seekers",
        *_set(sa.Text, "space member call_me"),
        *_free(sa.Text, "role industry"),
        *_set(sa.JSON, "topics"),
        *_set(sa.Text, "languages"),
        *_set(sa.JSON, "hours"),
        *_set(sa.Text, "availability"),
        *_free(sa.Text, "company team native"),
        *_set(sa.Text, "paths"),
        *_free(sa.Text, "school"),
        *_set(sa.Boolean, "external"),
        *_set(sa.Text, "state"),
        *_free(sa.Date, "paused_until"),
        *_free(INSTANT, "rules_at"),
        *_set(INSTANT, "updated_at"),
        *_set(sa.Integer, "version"),
        *_free(sa.Text, "second"),
        *_set(sa.JSON, "curiosities companies"),
        *_set(sa.Text, "format"),
        *_free(INSTANT, "since"),
        *_set(sa.Integer, "waited"),
        *_set(sa.Text, "asked"),
        _of("seekers", "space member", "members", "space member"),
        key="space member",
    )
    _index("seekers", "space state")
    _table(
        "hosts",
        *_set(sa.Text, "space member call_me"),
        *_free(sa.Text, "role industry"),
        *_set(sa.JSON, "topics"),
        *_set(sa.Text, "languages"),
        *_set(sa.JSON, "hours"),
        *_set(sa.Text, "availability"),
        *_free(sa.Text, "company team native"),
        *_set(sa.Text, "paths"),
        *_free(sa.Text, "school"),
        *_set(sa.Boolean, "external"),
        *_set(sa.Text, "state"),
        *_free(sa.Date, "paused_until"),
        *_free(INSTANT, "rules_at"),
        *_set(INSTANT, "updated_at"),
        *_set(sa.Integer, "version"),
        *_set(sa.Text, "about"),
        *_set(sa.SmallInteger, "capacity"),
        *_free(INSTANT, "idle_since"),
        *_set(sa.SmallInteger, "no_shows"),
        _of("hosts", "space member", "members", "space member"),
        key="space member",
    )
    _index("hosts", "space state")
    _table(
        "programmes",
        *_set(sa.Text, "space name state"),
        *_set(sa.SmallInteger, "cadence weekday"),
        *_set(sa.Time, "at"),
        *_set(sa.Text, "zone"),
        *_set(sa.SmallInteger, "size"),
        *_free(sa.Text, "place"),
        *_set(sa.Boolean, "approve triad_before_repeat"),
        *_set(sa.SmallInteger, "notice_hours"),
        *_set(sa.JSON, "settings"),
        *_free(INSTANT, "next_round_at"),
        *_set(INSTANT, "updated_at"),
        *_set(sa.Integer, "version"),
        _of("programmes", "space", "spaces", "space"),
        key="space name",
    )
    _index("programmes", "next_round_at")
    _table(
        "programme_members",
        *_set(sa.Text, "space programme member state"),
        *_free(sa.Date, "paused_until"),
        *_set(INSTANT, "since"),
        *_set(sa.Integer, "waited"),
        *_set(sa.Boolean, "new external"),
        *_set(sa.JSON, "profile"),
        *_set(INSTANT, "updated_at"),
        *_set(sa.Integer, "version"),
        _of("programme_members", "space member", "members", "space member"),
        _of("programme_members", "space programme", "programmes", "space name"),
        key="space programme member",
    )
    _index("programme_members", "space member")
    _table(
        "rounds",
        *_set(sa.Text, "space programme"),
        *_set(sa.Integer, "number"),
        *_set(sa.BigInteger, "seed"),
        *_set(sa.Text, "state"),
        *_set(INSTANT, "opens_at matches_at introduces_at follows_at closes_at"),
        *_free(INSTANT, "next_at"),
        *_set(sa.JSON, "plan report"),
        *_set(sa.Integer, "version"),
        _of("rounds", "space programme", "programmes", "space name"),
        key="space programme number",
    )
    _index("rounds", "next_at")
    _table(
        "round_members",
        *_set(sa.Text, "space programme"),
        *_set(sa.Integer, "number"),
        *_set(sa.Text, "member state"),
        *_set(sa.Integer, "wait"),
        *_free(sa.Integer, "group_no"),
        _of("round_members", "space member", "members", "space member"),
        _of("round_members", "space programme number", "rounds", "space programme number"),
        key="space programme number member",
    )
    _index("round_members", "space member")
    _table(
        "introductions",
        *_set(sa.Text, "space id kind programme"),
        *_free(sa.Integer, "round"),
        *_set(sa.Text, "state"),
        *_set(sa.SmallInteger, "attempt"),
        *_set(sa.Integer, "score"),
        *_set(sa.JSON, "reasons slots"),
        *_set(sa.Text, "format"),
        *_free(sa.Text, "place"),
        *_set(INSTANT, "proposed_at"),
        *_free(INSTANT, "expires_at decided_at introduced_at"),
        *_free(sa.Date, "met_on"),
        *_free(INSTANT, "closed_at"),
        *_set(sa.Text, "next_step"),
        *_free(INSTANT, "next_at"),
        *_set(sa.Integer, "version"),
        _of("introductions", "space programme round", "rounds", "space programme number"),
        _of("introductions", "space", "spaces", "space"),
        key="space id",
    )
    _index("introductions", "next_at")
    _index("introductions", "space programme round")
    _table(
        "sides",
        *_set(sa.Text, "space introduction member side"),
        *_set(sa.Boolean, "open"),
        *_free(sa.Text, "said"),
        *_free(INSTANT, "said_at"),
        _of("sides", "space introduction", "introductions", "space id"),
        _of("sides", "space member", "members", "space member"),
        key="space introduction member",
    )
    _index("sides", "space member")
    op.create_index(
        "uq_sides_open_seeker",
        "sides",
        ["space", "member"],
        unique=True,
        sqlite_where=OPEN_SEEKER,
        postgresql_where=OPEN_SEEKER,
    )
    _table(
        "met",
        *_set(sa.Text, "space a b programme"),
        *_free(sa.Integer, "round"),
        *_set(INSTANT, "at"),
        _of("met", "space a", "members", "space member", name="fk_met_members_a"),
        _of("met", "space b", "members", "space member", name="fk_met_members_b"),
        key="space a b programme",
    )
    _index("met", "space b")
    _table(
        "circles",
        *_set(sa.Text, "space id programme"),
        *_free(sa.Integer, "round"),
        *_set(sa.Text, "theme language"),
        *_set(sa.JSON, "slot"),
        *_free(sa.Text, "place"),
        *_set(sa.Text, "state"),
        *_set(sa.SmallInteger, "week"),
        *_free(INSTANT, "next_at"),
        *_set(sa.JSON, "question"),
        *_set(sa.SmallInteger, "quiet_weeks"),
        *_set(sa.Integer, "version"),
        _of("circles", "space programme round", "rounds", "space programme number"),
        _of("circles", "space", "spaces", "space"),
        key="space id",
    )
    _index("circles", "next_at")
    _index("circles", "space programme round")
    _table(
        "circle_members",
        *_set(sa.Text, "space circle member"),
        *_set(sa.Boolean, "hosts"),
        *_set(INSTANT, "joined_at"),
        *_free(INSTANT, "left_at"),
        *_free(sa.Text, "vote"),
        *_free(sa.LargeBinary, "goal"),
        _of("circle_members", "space circle", "circles", "space id"),
        _of("circle_members", "space member", "members", "space member"),
        key="space circle member",
    )
    _index("circle_members", "space member")
    _table("blocks", *_set(sa.Text, "who whom"), *_set(INSTANT, "at"), key="who whom")
    _index("blocks", "whom")
    _table(
        "reports",
        *_set(sa.Text, "space id reporter about"),
        *_free(sa.Text, "introduction"),
        *_set(sa.Text, "reason"),
        *_set(sa.LargeBinary, "words"),
        *_set(INSTANT, "at"),
        *_set(sa.Text, "state"),
        *_free(sa.Text, "handled_by"),
        *_free(INSTANT, "handled_at"),
        *_free(sa.Text, "outcome"),
        _of("reports", "space", "spaces", "space"),
        key="space id",
    )
    _index("reports", "space state")
    _table(
        "notes",
        *_set(sa.Text, "space member introduction kind"),
        *_set(sa.LargeBinary, "body"),
        *_set(INSTANT, "updated_at"),
        *_set(sa.Integer, "version"),
        _of("notes", "space member", "members", "space member"),
        key="space member introduction kind",
    )
    _table(
        "conducts",
        *_set(sa.Text, "space member code"),
        *_set(INSTANT, "at"),
        _of("conducts", "space member", "members", "space member"),
        key="space member code",
    )
