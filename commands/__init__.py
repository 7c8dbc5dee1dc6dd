"""What members do: one file per command; every `_name.py` is machinery."""
