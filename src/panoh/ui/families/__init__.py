"""Families: households, the drawing of everyone who is kin, and the same as a list."""
