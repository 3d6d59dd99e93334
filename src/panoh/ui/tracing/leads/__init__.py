"""Leads: what public records of missing people say, the last tab of Tracing."""
