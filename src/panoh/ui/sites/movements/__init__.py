"""Movements: who moved together, from where to where, and who is about to."""
