"""Alembic's home: env.py runs on the open, encrypted connection that it is given."""
