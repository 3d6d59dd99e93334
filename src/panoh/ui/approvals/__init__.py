"""What supervisors decide: the list of what waits and was decided, and papers keyed in."""
