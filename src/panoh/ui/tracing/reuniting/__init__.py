"""Handing over, and how it goes on."""
