"""Needs that wait for a review."""
