"""Records and rules of the field: frozen records and plain functions. No Qt, no SQL, no files."""
