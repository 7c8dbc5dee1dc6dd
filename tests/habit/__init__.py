"""The rules of the daily nudge."""
