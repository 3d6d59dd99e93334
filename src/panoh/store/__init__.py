"""The encrypted store: the only home of SQLModel. Rows never leave it, frozen records do."""
