"""The worksheet engine: what filling in, checking, going back and printing a sheet mean, as pure functions."""
