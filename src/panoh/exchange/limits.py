"""How much a spreadsheet may hold. The process that reads it imports this, so nothing else stands here."""

from __future__ import annotations

MOST_BYTES = 200_000_000
MOST_COLUMNS = 200
MOST_ROWS = 2_000_000
MOST_FIELD = 10_000  # characters of one cell; what is longer is cut, and no column of ours takes as much
MOST_TEXT = 500_000_000  # characters of all cells together

QUOTES = "quotes"  # what may be wrong with the form of a row
# What may be said about a file: cells of it go over several rows, or hold formulas whose results nobody worked out.
MERGED, FORMULAS = "merged", "formulas"
