"""One file per job: `EVERY` says how often, `run(rooms)` does it. Found by walking this folder."""
