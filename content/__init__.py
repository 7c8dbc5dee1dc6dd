"""What we say and teach: packs as data, their loader and checks, cards, and the interface's languages."""
