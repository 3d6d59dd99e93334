"""Panoh: offline registration, triage and family tracing in a displacement emergency."""

__version__ = "0.1.0"
