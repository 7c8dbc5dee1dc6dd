"""The version of the text a member agreed to, and who has left; whoever agreed before agreed to version 1."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("members", sa.Column("consent_version", sa.SmallInteger))
    op.add_column("members", sa.Column("left_at", sa.DateTime(timezone=True)))
    op.add_column("members", sa.Column("asked_at", sa.DateTime(timezone=True)))
    op.execute("UPDATE members SET consent_version = 1 WHERE consent_at IS NOT NULL")
