"""What time does: moments, the clock, the runner of ticks, the courier, and one file per job."""
