"""Every figure we publish is printed here, measured now: `make bench`."""
