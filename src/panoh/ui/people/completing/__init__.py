"""People whose registration is to be completed."""
