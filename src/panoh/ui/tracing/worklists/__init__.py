"""What is to be done in tracing, and how many requests stand where."""
