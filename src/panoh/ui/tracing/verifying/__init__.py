"""The worksheet of a verification."""
