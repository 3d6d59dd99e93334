"""The list of everyone."""
