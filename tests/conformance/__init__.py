"""The sandbox proven against clients nobody here wrote: bots made with the official JavaScript libraries alone."""
