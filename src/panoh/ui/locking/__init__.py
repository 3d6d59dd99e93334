"""Locking: what asks for it (keys, idleness, the system), and the one order in which everything is let go of."""
