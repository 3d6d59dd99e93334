"""Triage: the queue and the reasons behind each level."""
