"""The first tables: spaces, secrets, members, nudges, deliveries, drafts."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

INSTANT = sa.DateTime(timezone=True)


def _member_key() -> list[sa.Column[str]]:
    return [sa.Column("space", sa.Text, nullable=False), sa.Column("member", sa.Text, nullable=False)]


def _of_member(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["space", "member"],
        ["members.space", "members.member"],
        name=op.f(f"fk_{table}_members"),
        ondelete="CASCADE",
    )


def upgrade() -> None:
    op.create_table(
        "spaces",
        sa.Column("space", sa.Text, nullable=False),
        sa.Column("platform", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("joined_at", INSTANT, nullable=False),
        sa.Column("left_at", INSTANT),
        sa.PrimaryKeyConstraint("space", name=op.f("pk_spaces")),
        sa.UniqueConstraint("platform", "id", name=op.f("uq_spaces_platform_id")),
    )
    op.create_table(
        "space_secrets",
        sa.Column("space", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("ciphertext", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(["space"], ["spaces.space"], name=op.f("fk_space_secrets_spaces"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("space", "name", name=op.f("pk_space_secrets")),
    )
    op.create_table(
        "members",
        *_member_key(),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("locale", sa.Text),
        sa.Column("zone", sa.Text),
        sa.Column("zone_source", sa.Text),
        sa.Column("role", sa.Text),
        sa.Column("reachable", sa.Boolean, nullable=False),
        sa.Column("consent_at", INSTANT),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["space"], ["spaces.space"], name=op.f("fk_members_spaces"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("space", "member", name=op.f("pk_members")),
    )
    op.create_table(
        "nudges",
        *_member_key(),
        sa.Column("anchor", sa.Text, nullable=False),
        sa.Column("tiny", sa.Text, nullable=False),
        sa.Column("celebrate", sa.Text, nullable=False),
        sa.Column("at", sa.Time, nullable=False),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("days", sa.SmallInteger, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("paused_until", sa.Date),
        sa.Column("next_day", sa.Date),
        sa.Column("next_at", INSTANT),
        sa.Column("last_day", sa.Date),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        _of_member("nudges"),
        sa.PrimaryKeyConstraint("space", "member", name=op.f("pk_nudges")),
    )
    op.create_index(op.f("ix_nudges_next_at"), "nudges", ["next_at"])
    op.create_table(
        "deliveries",
        *_member_key(),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("subject_rev", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("not_before", INSTANT),
        sa.Column("first_claimed_at", INSTANT),
        sa.Column("place", sa.Text),
        sa.Column("message", sa.Text),
        sa.Column("error", sa.Text),
        sa.Column("planned_at", INSTANT, nullable=False),
        sa.Column("sent_at", INSTANT),
        sa.Column("answer", sa.Text),
        sa.Column("answered_at", INSTANT),
        sa.Column("celebration", sa.Text),
        _of_member("deliveries"),
        sa.PrimaryKeyConstraint("space", "member", "id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint(
            "space", "member", "kind", "day", "ordinal", name=op.f("uq_deliveries_space_member_kind_day_ordinal")
        ),
    )
    op.create_index(op.f("ix_deliveries_not_before"), "deliveries", ["not_before"])
    op.create_table(
        "drafts",
        *_member_key(),
        sa.Column("form", sa.Text, nullable=False),
        sa.Column("answers", sa.JSON, nullable=False),
        sa.Column("kept_at", INSTANT, nullable=False),
        _of_member("drafts"),
        sa.PrimaryKeyConstraint("space", "member", "form", name=op.f("pk_drafts")),
    )
