"""The tables of rounds: programmes and who takes part, their rounds and who is in them, circles and theirs.

Rounds and circles name nobody themselves: who is in them stands in rows that go with the member, so one who is
forgotten vanishes and the others keep what they share.
"""

from __future__ import annotations

import sqlalchemy as sa

from store.columns import Structured
from store.tables import Moment, metadata, of_member, part_of, space_key

programmes = sa.Table(
    "programmes",
    metadata,
    space_key(),
    sa.Column("name", sa.Text, primary_key=True),  # interviews | circles | coffee:<channel>
    sa.Column("state", sa.Text, nullable=False),  # on | off
    sa.Column("cadence", sa.SmallInteger, nullable=False),  # weeks
    sa.Column("weekday", sa.SmallInteger, nullable=False),
    sa.Column("at", sa.Time, nullable=False),
    sa.Column("zone", sa.Text, nullable=False),
    sa.Column("size", sa.SmallInteger, nullable=False),
    sa.Column("place", sa.Text),
    sa.Column("approve", sa.Boolean, nullable=False),
    sa.Column("triad_before_repeat", sa.Boolean, nullable=False),
    sa.Column("notice_hours", sa.SmallInteger, nullable=False),
    sa.Column("settings", Structured, nullable=False),
    sa.Column("next_round_at", Moment),
    sa.Column("updated_at", Moment, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Index(None, "next_round_at"),
)

programme_members = sa.Table(
    "programme_members",
    metadata,
    sa.Column("space", sa.Text, primary_key=True),
    sa.Column("programme", sa.Text, primary_key=True),
    sa.Column("member", sa.Text, primary_key=True),
    sa.Column("state", sa.Text, nullable=False),  # in | paused | out
    sa.Column("paused_until", sa.Date),
    sa.Column("since", Moment, nullable=False),
    sa.Column("waited", sa.Integer, nullable=False),
    sa.Column("new", sa.Boolean, nullable=False),
    sa.Column("external", sa.Boolean, nullable=False),
    sa.Column("profile", Structured, nullable=False),
    sa.Column("updated_at", Moment, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    part_of("programmes", ["space", "programme"], ["space", "name"]),
    of_member(),
    sa.Index(None, "space", "member"),
)

rounds = sa.Table(
    "rounds",
    metadata,
    sa.Column("space", sa.Text, primary_key=True),
    sa.Column("programme", sa.Text, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("seed", sa.BigInteger, nullable=False),
    sa.Column(
        "state", sa.Text, nullable=False
    ),  # planned | opened | matched | approved | introduced | followed | closed
    sa.Column("opens_at", Moment, nullable=False),
    sa.Column("matches_at", Moment, nullable=False),
    sa.Column("introduces_at", Moment, nullable=False),
    sa.Column("follows_at", Moment, nullable=False),
    sa.Column("closes_at", Moment, nullable=False),
    sa.Column("next_at", Moment),
    sa.Column("plan", Structured, nullable=False),  # score and reasons by group
    sa.Column("report", Structured, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    part_of("programmes", ["space", "programme"], ["space", "name"]),
    sa.Index(None, "next_at"),
)

round_members = sa.Table(
    "round_members",
    metadata,
    sa.Column("space", sa.Text, primary_key=True),
    sa.Column("programme", sa.Text, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("member", sa.Text, primary_key=True),
    sa.Column("state", sa.Text, nullable=False),  # in | skipped | late | placed | waiting
    sa.Column("wait", sa.Integer, nullable=False),
    sa.Column("group_no", sa.Integer),
    part_of("rounds", ["space", "programme", "number"], ["space", "programme", "number"]),
    of_member(),
    sa.Index(None, "space", "member"),
)

circles = sa.Table(
    "circles",
    metadata,
    space_key(),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("programme", sa.Text, nullable=False),
    sa.Column("round", sa.Integer),
    sa.Column("theme", sa.Text, nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("slot", Structured, nullable=False),
    sa.Column("place", sa.Text),
    sa.Column("state", sa.Text, nullable=False),  # forming | running | merging | closing | closed
    sa.Column("week", sa.SmallInteger, nullable=False),
    sa.Column("next_at", Moment),
    sa.Column("question", Structured, nullable=False),
    sa.Column("quiet_weeks", sa.SmallInteger, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    part_of("rounds", ["space", "programme", "round"], ["space", "programme", "number"]),
    sa.Index(None, "next_at"),
    sa.Index(None, "space", "programme", "round"),
)

circle_members = sa.Table(  # whether they wrote is nobody's business and not kept
    "circle_members",
    metadata,
    sa.Column("space", sa.Text, primary_key=True),
    sa.Column("circle", sa.Text, primary_key=True),
    sa.Column("member", sa.Text, primary_key=True),
    sa.Column("hosts", sa.Boolean, nullable=False),
    sa.Column("joined_at", Moment, nullable=False),
    sa.Column("left_at", Moment),
    sa.Column("vote", sa.Text),
    sa.Column("goal", sa.LargeBinary),  # sealed
    part_of("circles", ["space", "circle"], ["space", "id"]),
    of_member(),
    sa.Index(None, "space", "member"),
)
