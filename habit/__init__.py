"""How a daily nudge behaves: pure rules of dose, silence, rhythm, memory and counting; no clock, no I/O."""
