"""Faults put in on purpose, each with its figures: `CASES` of every file, run by `make faults`."""
