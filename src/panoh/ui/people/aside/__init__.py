"""The list of records that were set aside."""
