"""How much a spreadsheet may hold. The process that reads it imports this, so nothing else stands here."""

from __future__ import annotations

MOST_BYTES = 200_000_000
MOST_COLUMNS = 200
MOST_ROWS = 2_000_000
MOST_FIELD = 10_000  # characters of one cell; what is longer is cut, and no column of ours takes as much
MOST_TEXT = 500_000_000  # characters of all cells together

# What may be wrong with the form of a row, as the reading process tells it: in csv more cells than columns mean that
# something has moved; beside the table of a workbook they are a note that belongs to no column.
MORE_CELLS, QUOTES, BESIDE = "more", "quotes", "beside"
