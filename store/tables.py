"""All tables but those of matching (introduction_tables, round_tables) and of sheets (sheet_tables). `space` is part of
every key and every foreign key, so no row can point into another space."""

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


def member_key() -> tuple[sa.Column[str], sa.Column[str]]:
    """The first two columns of a key: a member of a space."""
    return sa.Column("space", sa.Text, primary_key=True), sa.Column("member", sa.Text, primary_key=True)


def of_member() -> sa.ForeignKeyConstraint:
    """Goes with the member when they are forgotten."""
    return sa.ForeignKeyConstraint(["space", "member"], ["members.space", "members.member"], ondelete="CASCADE")


def space_key() -> sa.Column[str]:
    """The first column of a key of something that belongs to a space."""
    return sa.Column("space", sa.Text, sa.ForeignKey("spaces.space", ondelete="CASCADE"), primary_key=True)


def part_of(table: str, here: list[str], there: list[str]) -> sa.ForeignKeyConstraint:
    """Goes with the row of `table` whose columns `there` the columns `here` name."""
    return sa.ForeignKeyConstraint(here, [f"{table}.{name}" for name in there], ondelete="CASCADE")


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
    sa.Column("track", sa.Text, nullable=False),  # learn | build | job | any
    sa.Column("optins", sa.Text, nullable=False),  # sensitive families the member asked for, comma between
    sa.Column("onboarded", sa.Text, nullable=False),  # the last step of the welcome that was answered or skipped
    sa.Column("zone_seen", sa.Text),  # a zone the platform says since, not yet asked about
    sa.Column("direct", sa.Text),  # the platform's id of our direct conversation
    sa.Column("reachable", sa.Boolean, nullable=False),
    sa.Column("consent_at", Moment),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("consent_version", sa.SmallInteger),  # of the text agreed to, see commands.nudge_welcome.CONSENT
    sa.Column("left_at", Moment),  # since when they are known to have left the space, see store/leaving.py
    sa.Column("asked_at", Moment),  # when the platform last said whether they are here; null: ask soon
)

nudges = sa.Table(
    "nudges",
    metadata,
    *member_key(),
    sa.Column("anchor", sa.Text, nullable=False),
    sa.Column("tiny", sa.Text, nullable=False),
    sa.Column("celebrate", sa.Text, nullable=False),
    sa.Column("at", sa.Time, nullable=False),
    sa.Column("zone", sa.Text, nullable=False),
    sa.Column("days", sa.SmallInteger, nullable=False),
    sa.Column("state", sa.Text, nullable=False),  # off | active | cooling | dormant | graduated
    sa.Column("rhythm", sa.Text, nullable=False),  # daily | weekly
    sa.Column("dose", sa.SmallInteger, nullable=False),  # a rung of habit.ladder.DOSES
    sa.Column("unanswered", sa.SmallInteger, nullable=False),  # messages that arrived since the last tap
    sa.Column("started_on", sa.Date, nullable=False),
    sa.Column("reflect_day", sa.SmallInteger),  # ISO weekday minus one; null: no weekly reflection
    sa.Column("reflect_at", sa.Time),
    sa.Column("offer_on", sa.Date),  # from this local day on an offer may be due, see habit.today
    sa.Column("offered", sa.Text, nullable=False),  # offers made already, comma between
    sa.Column("last_at", Moment),  # when the last unsolicited message was due
    sa.Column("paused_until", sa.Date),
    sa.Column("next_day", sa.Date),
    sa.Column("next_at", Moment),
    sa.Column("last_day", sa.Date),
    sa.Column("updated_at", Moment, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    of_member(),
    sa.Index(None, "next_at"),
)

deliveries = sa.Table(
    "deliveries",
    metadata,
    *member_key(),
    sa.Column("id", sa.Text, primary_key=True),  # made of space, member, kind, day and ordinal: one row a natural key
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("ordinal", sa.Integer, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("subject_rev", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("dose", sa.SmallInteger, nullable=False),  # the rung it was planned at; 0 is ten seconds
    sa.Column("extra", sa.Text, nullable=False),  # a question that rides along, such as "zone" or "easier"
    sa.Column("why", sa.Text, nullable=False),  # what the choice went by, for /nudge why
    sa.Column("attempt", sa.Integer, nullable=False),
    sa.Column("not_before", Moment),  # null: nothing more to do with this row, or somebody has it
    sa.Column("claimed_by", sa.Text),
    sa.Column("lease_until", Moment),  # by the database's clock
    sa.Column("first_claimed_at", Moment),
    sa.Column("place", sa.Text),
    sa.Column("message", sa.Text),
    sa.Column("error", sa.Text),
    sa.Column("planned_at", Moment, nullable=False),
    sa.Column("sent_at", Moment),
    sa.Column("answer", sa.Text),
    sa.Column("answered_at", Moment),
    sa.Column("celebration", sa.Text),
    sa.Column("note", sa.Text),  # "what did you do?", only when the member wrote it
    of_member(),
    sa.Index(None, "not_before"),
    sa.Index(None, "space", "not_before"),
    sa.Index("ix_deliveries_claimed", "claimed_by", sqlite_where=sa.text("state = 'claimed'"),
             postgresql_where=sa.text("state = 'claimed'")),
    sa.Index("ix_deliveries_ambiguous", "planned_at", sqlite_where=sa.text("state = 'ambiguous'"),
             postgresql_where=sa.text("state = 'ambiguous'")),
)  # fmt: skip

budget = sa.Table(  # one unsolicited message a person and local day: the primary key is the rule
    "budget",
    metadata,
    sa.Column("who", sa.Text, primary_key=True),  # Person.account: the same account in two guilds is one
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Index(None, "day"),
)

recalls = sa.Table(
    "recalls",
    metadata,
    *member_key(),
    sa.Column("prompt", sa.Text, primary_key=True),
    sa.Column("rev", sa.Integer, nullable=False),
    sa.Column("card", sa.Text, nullable=False),  # habit.recall's own words
    sa.Column("due", sa.Date, nullable=False),
    of_member(),
)

reflections = sa.Table(
    "reflections",
    metadata,
    *member_key(),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("tried", sa.Text, nullable=False),
    sa.Column("noticed", sa.Text, nullable=False),
    sa.Column("next", sa.Text, nullable=False),
    sa.Column("question", sa.Text, nullable=False),
    of_member(),
)

inbox = sa.Table(  # what a platform told us, kept before it is acknowledged, handled once
    "inbox",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("platform", sa.Text, nullable=False),
    sa.Column("body", sa.Text),  # null once handled
    sa.Column("received_at", Moment, nullable=False),
    sa.Column("handled_at", Moment),
    sa.Column("attempt", sa.Integer, nullable=False),
    sa.Index("ix_inbox_open", "received_at", sqlite_where=sa.text("handled_at IS NULL"),
             postgresql_where=sa.text("handled_at IS NULL")),
    sa.Index(None, "received_at"),
)  # fmt: skip

rests = sa.Table(  # a platform, space or channel that asked for quiet
    "rests",
    metadata,
    sa.Column("scope", sa.Text, primary_key=True),
    sa.Column("until", Moment, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
)

starts = sa.Table(  # every IDENTIFY we sent: a bot that restarts for ever must not use up its day
    "starts",
    metadata,
    sa.Column("bot", sa.Text, primary_key=True),
    sa.Column("at", Moment, primary_key=True),
)

workers = sa.Table(  # processes at work; `seen_at` by the database's clock
    "workers",
    metadata,
    sa.Column("worker", sa.Text, primary_key=True),
    sa.Column("started_at", Moment, nullable=False),
    sa.Column("seen_at", Moment, nullable=False),
)

facts = sa.Table(  # small facts of the house, such as the version of the zone data last planned with
    "facts",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

drafts = sa.Table(
    "drafts",
    metadata,
    *member_key(),
    sa.Column("form", sa.Text, primary_key=True),
    sa.Column("answers", sa.JSON, nullable=False),
    sa.Column("kept_at", Moment, nullable=False),
    of_member(),
)
