"""Tests mirror the tree; `kit` is what they share."""
