"""The tables of introductions: who seeks and hosts, who was introduced to whom, and what must hold when they left.

An introduction names nobody itself: who is in it stands in `sides`, whose rows go with the member, so one who is
forgotten vanishes and the others keep theirs. Only `blocks` and `reports` outlive a member.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from store.columns import Codes, Days, Structured
from store.tables import Moment, member_key, metadata, of_member, part_of, space_key


def _profile() -> tuple[sa.Column[Any], ...]:
    """What seekers and hosts both say of themselves, and what becomes of it."""
    return (
        sa.Column("call_me", sa.Text, nullable=False),
        sa.Column("role", sa.Text),
        sa.Column("industry", sa.Text),
        sa.Column("topics", Structured, nullable=False),
        sa.Column("languages", Codes, nullable=False),
        sa.Column("hours", Structured, nullable=False),  # local: (weekday, from minute, to minute)
        sa.Column("availability", sa.Text, nullable=False),  # stated | waking | any
        sa.Column("company", sa.Text),
        sa.Column("team", sa.Text),
        sa.Column("native", sa.Text),
        sa.Column("paths", Codes, nullable=False),
        sa.Column("school", sa.Text),
        sa.Column("external", sa.Boolean, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("paused_until", sa.Date),
        sa.Column("rules_at", Moment),
        sa.Column("updated_at", Moment, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )


seekers = sa.Table(
    "seekers",
    metadata,
    *member_key(),
    *_profile(),  # state: open | matched | paused | off
    sa.Column("second", sa.Text),
    sa.Column("curiosities", Structured, nullable=False),
    sa.Column("companies", Structured, nullable=False),
    sa.Column("format", sa.Text, nullable=False),  # chat | call | async
    sa.Column("since", Moment),  # waiting since
    sa.Column("waited", sa.Integer, nullable=False),  # rounds
    sa.Column("asked", Days, nullable=False),
    of_member(),
    sa.Index(None, "space", "state"),
)

hosts = sa.Table(
    "hosts",
    metadata,
    *member_key(),
    *_profile(),  # state: open | paused | off
    sa.Column("about", sa.Text, nullable=False),
    sa.Column("capacity", sa.SmallInteger, nullable=False),  # a month
    sa.Column("idle_since", Moment),
    sa.Column("no_shows", sa.SmallInteger, nullable=False),
    of_member(),
    sa.Index(None, "space", "state"),
)

introductions = sa.Table(
    "introductions",
    metadata,
    space_key(),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),  # interview | coffee | peer
    sa.Column("programme", sa.Text, nullable=False),
    sa.Column("round", sa.Integer),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("attempt", sa.SmallInteger, nullable=False),
    sa.Column("score", sa.Integer, nullable=False),
    sa.Column("reasons", Structured, nullable=False),
    sa.Column("slots", Structured, nullable=False),
    sa.Column("format", sa.Text, nullable=False),
    sa.Column("place", sa.Text),
    sa.Column("proposed_at", Moment, nullable=False),
    sa.Column("expires_at", Moment),
    sa.Column("decided_at", Moment),
    sa.Column("introduced_at", Moment),
    sa.Column("met_on", sa.Date),
    sa.Column("closed_at", Moment),
    sa.Column("next_step", sa.Text, nullable=False),  # "" for none
    sa.Column("next_at", Moment),
    sa.Column("version", sa.Integer, nullable=False),
    part_of("rounds", ["space", "programme", "round"], ["space", "programme", "number"]),
    sa.Index(None, "next_at"),
    sa.Index(None, "space", "programme", "round"),
)

_OPEN_SEEKER = sa.text("side = 'seeker' AND open")

sides = sa.Table(  # who is in an introduction
    "sides",
    metadata,
    sa.Column("space", sa.Text, primary_key=True),
    sa.Column("introduction", sa.Text, primary_key=True),
    sa.Column("member", sa.Text, primary_key=True),
    sa.Column("side", sa.Text, nullable=False),  # seeker | host | peer
    sa.Column("open", sa.Boolean, nullable=False),  # whether the introduction's state is one of those that go on
    sa.Column("said", sa.Text),  # this side's own word: scheduled | not_yet | met | missed
    sa.Column("said_at", Moment),
    part_of("introductions", ["space", "introduction"], ["space", "id"]),
    of_member(),
    sa.Index(None, "space", "member"),
    sa.Index("uq_sides_open_seeker", "space", "member", unique=True, sqlite_where=_OPEN_SEEKER,
             postgresql_where=_OPEN_SEEKER),
)  # fmt: skip

met = sa.Table(  # pairs, a before b
    "met",
    metadata,
    sa.Column("space", sa.Text, primary_key=True),
    sa.Column("a", sa.Text, primary_key=True),
    sa.Column("b", sa.Text, primary_key=True),
    sa.Column("programme", sa.Text, primary_key=True),
    sa.Column("round", sa.Integer),
    sa.Column("at", Moment, nullable=False),
    sa.ForeignKeyConstraint(
        ["space", "a"], ["members.space", "members.member"], "fk_met_members_a", ondelete="CASCADE"
    ),
    sa.ForeignKeyConstraint(
        ["space", "b"], ["members.space", "members.member"], "fk_met_members_b", ondelete="CASCADE"
    ),
    sa.Index(None, "space", "b"),
)

blocks = sa.Table(  # accounts, in every space of theirs, and no foreign key: a block outlives both
    "blocks",
    metadata,
    sa.Column("who", sa.Text, primary_key=True),
    sa.Column("whom", sa.Text, primary_key=True),
    sa.Column("at", Moment, nullable=False),
    sa.Index(None, "whom"),
)

reports = sa.Table(
    "reports",
    metadata,
    space_key(),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("reporter", sa.Text, nullable=False),
    sa.Column("about", sa.Text, nullable=False),
    sa.Column("introduction", sa.Text),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("words", sa.LargeBinary, nullable=False),  # sealed
    sa.Column("at", Moment, nullable=False),
    sa.Column("state", sa.Text, nullable=False),  # open | seen | closed
    sa.Column("handled_by", sa.Text),
    sa.Column("handled_at", Moment),
    sa.Column("outcome", sa.Text),
    sa.Index(None, "space", "state"),
)

notes = sa.Table(
    "notes",
    metadata,
    *member_key(),
    sa.Column("introduction", sa.Text, primary_key=True),  # or own:<n>, for a talk found elsewhere
    sa.Column("kind", sa.Text, primary_key=True),  # prep | after | thanks | quote
    sa.Column("body", sa.LargeBinary, nullable=False),  # sealed
    sa.Column("updated_at", Moment, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    of_member(),
)

conducts = sa.Table(  # the code of conduct, accepted
    "conducts",
    metadata,
    *member_key(),
    sa.Column("code", sa.Text, primary_key=True),  # which edition of it
    sa.Column("at", Moment, nullable=False),
    of_member(),
)
