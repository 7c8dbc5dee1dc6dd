"""All tables. `space` is part of every key and every foreign key, so no row can point into another space."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Dialect


class Moment(sa.types.TypeDecorator[datetime]):
    """An instant: takes aware datetimes only, gives back aware UTC, on both databases."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored: add tzinfo")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _member_columns() -> tuple[sa.Column[str], sa.Column[str]]:
    return sa.Column("space", sa.Text, primary_key=True), sa.Column("member", sa.Text, primary_key=True)


def _of_member() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["space", "member"], ["members.space", "members.member"], ondelete="CASCADE")


spaces = sa.Table(
    "spaces",
    metadata,
    sa.Column("space", sa.Text, primary_key=True),
    sa.Column("platform", sa.Text, nullable=False),
    sa.Column("id", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("joined_at", Moment, nullable=False),
    sa.Column("left_at", Moment),
    sa.UniqueConstraint("platform", "id"),
)

space_secrets = sa.Table(
    "space_secrets",
    metadata,
    sa.Column("space", sa.Text, sa.ForeignKey("spaces.space", ondelete="CASCADE"), primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("ciphertext", sa.LargeBinary, nullable=False),
)

members = sa.Table(
    "members",
    metadata,
    sa.Column("space", sa.Text, sa.ForeignKey("spaces.space", ondelete="CASCADE"), primary_key=True),
    sa.Column("member", sa.Text, primary_key=True),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("locale", sa.Text),
    sa.Column("zone", sa.Text),
    sa.Column("zone_source", sa.Text),
    sa.Column("role", sa.Text),
    sa.Column("quiz", sa.Text),
    sa.Column("reachable", sa.Boolean, nullable=False),
    sa.Column("consent_at", Moment),
    sa.Column("created_at", Moment, nullable=False),
)

nudges = sa.Table(
    "nudges",
    metadata,
    *_member_columns(),
    sa.Column("anchor", sa.Text, nullable=False),
    sa.Column("tiny", sa.Text, nullable=False),
    sa.Column("celebrate", sa.Text, nullable=False),
    sa.Column("at", sa.Time, nullable=False),
    sa.Column("zone", sa.Text, nullable=False),
    sa.Column("days", sa.SmallInteger, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("paused_until", sa.Date),
    sa.Column("next_day", sa.Date),
    sa.Column("next_at", Moment),
    sa.Column("last_day", sa.Date),
    sa.Column("updated_at", Moment, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    _of_member(),
    sa.Index(None, "next_at"),
)

deliveries = sa.Table(
    "deliveries",
    metadata,
    *_member_columns(),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("ordinal", sa.Integer, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("subject_rev", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("attempt", sa.Integer, nullable=False),
    sa.Column("not_before", Moment),  # null: nothing more to do with this row
    sa.Column("first_claimed_at", Moment),
    sa.Column("place", sa.Text),
    sa.Column("message", sa.Text),
    sa.Column("error", sa.Text),
    sa.Column("planned_at", Moment, nullable=False),
    sa.Column("sent_at", Moment),
    sa.Column("answer", sa.Text),
    sa.Column("answered_at", Moment),
    sa.Column("celebration", sa.Text),
    _of_member(),
    sa.UniqueConstraint("space", "member", "kind", "day", "ordinal"),
    sa.Index(None, "not_before"),
)

drafts = sa.Table(
    "drafts",
    metadata,
    *_member_columns(),
    sa.Column("form", sa.Text, primary_key=True),
    sa.Column("answers", sa.JSON, nullable=False),
    sa.Column("kept_at", Moment, nullable=False),
    _of_member(),
)
