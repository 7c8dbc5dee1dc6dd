"""Sheets: what members wrote on worksheets, who works on them, comments, letters, drafts, sharing and reviews."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

INSTANT = sa.DateTime(timezone=True)
UNFINISHED = sa.text("state <> 'done'")

Kind = type[sa.types.TypeEngine[Any]] | sa.types.TypeEngine[Any]


def _set(kind: Kind, names: str) -> list[sa.Column[Any]]:
    """Columns that always hold something."""
    return [sa.Column(name, kind, nullable=False) for name in names.split()]


def _of(table: str, here: str, there: str, key: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{there}")
    return sa.ForeignKeyConstraint(here.split(), [f"{there}.{c}" for c in key.split()], name=name, ondelete="CASCADE")


def _table(name: str, *columns: sa.schema.SchemaItem, key: str) -> None:
    op.create_table(name, *columns, sa.PrimaryKeyConstraint(*key.split(), name=op.f(f"pk_{name}")))


def _index(table: str, columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns.split())}", table, columns.split())


def upgrade() -> None:
    _table(
        "sheets",
        *_set(sa.Text, "space id worksheet lang state"),
        *_set(sa.LargeBinary, "body"),
        *_set(INSTANT, "created_at updated_at"),
        sa.Column("warned_at", INSTANT),
        *_set(sa.Integer, "version"),
        _of("sheets", "space", "spaces", "space"),
        key="space id",
    )
    op.create_index(
        "ix_sheets_unfinished", "sheets", ["updated_at"], sqlite_where=UNFINISHED, postgresql_where=UNFINISHED
    )
    _table(
        "sheet_people",
        *_set(sa.Text, "space sheet member part state"),
        sa.Column("pen_until", INSTANT),
        *_set(INSTANT, "added_at"),
        _of("sheet_people", "space sheet", "sheets", "space id"),
        _of("sheet_people", "space member", "members", "space member"),
        key="space sheet member",
    )
    _index("sheet_people", "space member")
    _table(
        "sheet_comments",
        *_set(sa.Text, "space id sheet step member"),
        *_set(sa.LargeBinary, "text"),
        *_set(INSTANT, "at"),
        *_set(sa.Boolean, "shown seen"),
        _of("sheet_comments", "space sheet", "sheets", "space id"),
        _of("sheet_comments", "space member", "members", "space member"),
        key="space id",
    )
    _index("sheet_comments", "space sheet")
    _index("sheet_comments", "space member")
    _table(
        "sheet_follows",
        *_set(sa.Text, "space sheet member key"),
        sa.Column("at", INSTANT),
        _of("sheet_follows", "space sheet", "sheets", "space id"),
        _of("sheet_follows", "space member", "members", "space member"),
        key="space sheet member key",
    )
    _index("sheet_follows", "at")
    _index("sheet_follows", "space member")
    _table(
        "sheet_drafts",
        *_set(sa.Text, "space sheet member form stood"),
        *_set(sa.LargeBinary, "answers"),
        *_set(INSTANT, "kept_at"),
        _of("sheet_drafts", "space sheet", "sheets", "space id"),
        _of("sheet_drafts", "space member", "members", "space member"),
        key="space sheet member form",
    )
    _index("sheet_drafts", "space member")
    _table(
        "sheet_shares",
        *_set(sa.Text, "space sheet place digest"),
        *_set(INSTANT, "at"),
        _of("sheet_shares", "space sheet", "sheets", "space id"),
        key="space sheet place digest",
    )
    _table(
        "sheet_reviews",
        *_set(sa.Text, "space sheet state shown"),
        *_set(sa.Boolean, "named"),
        *_set(sa.Text, "field draft_shown"),
        *_set(sa.Boolean, "draft_named"),
        *_set(sa.Text, "draft_field"),
        *_set(sa.Boolean, "told"),
        *_set(INSTANT, "begun_at ends_at"),
        sa.Column("next_at", INSTANT),
        *_set(sa.Integer, "version"),
        _of("sheet_reviews", "space sheet", "sheets", "space id"),
        key="space sheet",
    )
    _index("sheet_reviews", "next_at")
    _table(
        "sheet_asks",
        *_set(sa.Text, "space sheet member part state"),
        *_set(INSTANT, "asked_at"),
        sa.Column("next_at", INSTANT),
        *_set(sa.Text, "tell shown"),
        _of("sheet_asks", "space sheet", "sheets", "space id"),
        _of("sheet_asks", "space member", "members", "space member"),
        key="space sheet member",
    )
    _index("sheet_asks", "next_at")
    _index("sheet_asks", "space member")
    _table(
        "sheet_asked",
        *_set(sa.Text, "space member sheet"),
        *_set(INSTANT, "at"),
        *_set(sa.Text, "part"),
        sa.Column("refused", sa.Text),
        _of("sheet_asked", "space member", "members", "space member"),
        key="space member sheet at",
    )
    _index("sheet_asked", "at")
    _index("sheet_asked", "space refused")
