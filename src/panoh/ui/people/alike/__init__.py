"""People who are perhaps registered twice: the list to be answered, side by side, and joining two records."""
