"""Use cases: one verb, one function. The window and the command line call these and nothing below."""
