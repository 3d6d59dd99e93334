"""The Tracing screen: requests, the form for a new one, candidates compared side by side."""
