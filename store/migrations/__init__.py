"""Alembic's migrations: forward only, small, numbered."""
