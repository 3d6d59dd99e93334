"""Widgets that every screen is built of; none of them knows a screen or a service."""
