"""Incidents: what happened, where and when, who was touched, whom it was told to."""
