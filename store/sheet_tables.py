"""The tables of sheets: the sheet itself, who works on it, what was said beside it, who wants a letter about it, what
was typed and not saved, where it was shared, and who was asked to read it.

A sheet names nobody: who owns it, writes on it or comments on it stands in rows that go with the member.
"""

from __future__ import annotations

import sqlalchemy as sa

from store.columns import Codes
from store.tables import Moment, metadata, of_member, part_of, space_key

_UNFINISHED = sa.text("state <> 'done'")

sheets = sa.Table(
    "sheets",
    metadata,
    space_key(),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("worksheet", sa.Text, nullable=False),
    sa.Column("lang", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),  # open | done | away
    sa.Column("body", sa.LargeBinary, nullable=False),  # sealed: everything that was written
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("updated_at", Moment, nullable=False),
    sa.Column("warned_at", Moment),  # when its owners were told that it goes; null again once it is touched
    sa.Column("version", sa.Integer, nullable=False),
    sa.Index("ix_sheets_unfinished", "updated_at", sqlite_where=_UNFINISHED, postgresql_where=_UNFINISHED),
)

sheet_people = sa.Table(
    "sheet_people",
    metadata,
    sa.Column("space", sa.Text, primary_key=True),
    sa.Column("sheet", sa.Text, primary_key=True),
    sa.Column("member", sa.Text, primary_key=True),
    sa.Column("part", sa.Text, nullable=False),  # owner | co-owner | commenter | reviewer
    sa.Column("state", sa.Text, nullable=False),  # asked | in | out
    sa.Column("pen_until", Moment),  # so long nobody else of them writes
    sa.Column("added_at", Moment, nullable=False),
    part_of("sheets", ["space", "sheet"], ["space", "id"]),
    of_member(),
    sa.Index(None, "space", "member"),
)

sheet_comments = sa.Table(
    "sheet_comments",
    metadata,
    sa.Column("space", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("sheet", sa.Text, nullable=False),
    sa.Column("step", sa.Text, nullable=False),
    sa.Column("member", sa.Text, nullable=False),
    sa.Column("text", sa.LargeBinary, nullable=False),  # sealed
    sa.Column("at", Moment, nullable=False),
    sa.Column("shown", sa.Boolean, nullable=False),  # whether the owner lets it be seen in what is given out
    sa.Column("seen", sa.Boolean, nullable=False),  # whether an owner has read it
    part_of("sheets", ["space", "sheet"], ["space", "id"]),
    of_member(),
    sa.Index(None, "space", "sheet"),
    sa.Index(None, "space", "member"),
)

sheet_follows = sa.Table(
    "sheet_follows",
    metadata,
    sa.Column("space", sa.Text, primary_key=True),
    sa.Column("sheet", sa.Text, primary_key=True),
    sa.Column("member", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("at", Moment),  # null: its letter is in the ledger, and there is no second one
    part_of("sheets", ["space", "sheet"], ["space", "id"]),
    of_member(),
    sa.Index(None, "at"),
    sa.Index(None, "space", "member"),
)

sheet_drafts = sa.Table(
    "sheet_drafts",
    metadata,
    sa.Column("space", sa.Text, primary_key=True),
    sa.Column("sheet", sa.Text, primary_key=True),
    sa.Column("member", sa.Text, primary_key=True),
    sa.Column("form", sa.Text, primary_key=True),  # "step.part", with "/" and the line's id where it is about one
    sa.Column("stood", sa.Text, nullable=False),  # a mark of what stood there when the form was opened
    sa.Column("answers", sa.LargeBinary, nullable=False),  # sealed: JSON, what was typed by question key
    sa.Column("kept_at", Moment, nullable=False),
    part_of("sheets", ["space", "sheet"], ["space", "id"]),
    of_member(),
    sa.Index(None, "space", "member"),
)

sheet_shares = sa.Table(
    "sheet_shares",
    metadata,
    sa.Column("space", sa.Text, primary_key=True),
    sa.Column("sheet", sa.Text, primary_key=True),
    sa.Column("place", sa.Text, primary_key=True),  # the channel everybody there can comment from
    sa.Column("digest", sa.Text, primary_key=True),  # of all that was posted
    sa.Column("at", Moment, nullable=False),
    part_of("sheets", ["space", "sheet"], ["space", "id"]),
)

sheet_reviews = sa.Table(
    "sheet_reviews",
    metadata,
    sa.Column("space", sa.Text, primary_key=True),
    sa.Column("sheet", sa.Text, primary_key=True),
    sa.Column("state", sa.Text, nullable=False),  # draft | looking | asked | reading | over
    sa.Column("shown", Codes, nullable=False),  # keys of the steps whoever is asked now would see
    sa.Column("named", sa.Boolean, nullable=False),  # whether who is asked sees what the sheet is called
    sa.Column("field", sa.Text, nullable=False),  # the line of work it is about, "" for none
    sa.Column("draft_shown", Codes, nullable=False),  # the same of what its owner looks at and asks nobody yet
    sa.Column("draft_named", sa.Boolean, nullable=False),
    sa.Column("draft_field", sa.Text, nullable=False),
    sa.Column("told", sa.Boolean, nullable=False),  # whether its owner knows that nobody is free
    sa.Column("begun_at", Moment, nullable=False),
    sa.Column("ends_at", Moment, nullable=False),
    sa.Column("next_at", Moment),  # when somebody is looked for; null: not now
    sa.Column("version", sa.Integer, nullable=False),
    part_of("sheets", ["space", "sheet"], ["space", "id"]),
    sa.Index(None, "next_at"),
)

sheet_asks = sa.Table(
    "sheet_asks",
    metadata,
    sa.Column("space", sa.Text, primary_key=True),
    sa.Column("sheet", sa.Text, primary_key=True),
    sa.Column("member", sa.Text, primary_key=True),
    sa.Column("part", sa.Text, nullable=False),  # reviewer | co-owner | commenter
    sa.Column("state", sa.Text, nullable=False),  # new | asked | yes | done | no | silent | ended
    sa.Column("asked_at", Moment, nullable=False),
    sa.Column("next_at", Moment),  # when time does something with it: asks, gives up, closes
    sa.Column("tell", sa.Text, nullable=False),  # the letter its owners have not been sent, "" for none
    sa.Column("shown", Codes, nullable=False),  # keys of the steps this reader sees
    part_of("sheets", ["space", "sheet"], ["space", "id"]),
    of_member(),
    sa.Index(None, "next_at"),
    sa.Index(None, "space", "member"),
)

sheet_asked = sa.Table(  # what is left of a question once its sheet is gone: a limit is not got round by deleting
    "sheet_asked",
    metadata,
    sa.Column("space", sa.Text, primary_key=True),
    sa.Column("member", sa.Text, primary_key=True),
    sa.Column("sheet", sa.Text, primary_key=True),
    sa.Column("at", Moment, primary_key=True),
    sa.Column("part", sa.Text, nullable=False),  # as in sheet_asks
    sa.Column("refused", sa.Text),  # the owner whose invitation they said no to
    of_member(),
    sa.Index(None, "at"),
    sa.Index(None, "space", "refused"),
)
