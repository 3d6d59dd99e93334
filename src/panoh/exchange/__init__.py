"""Files that come in and go out: spreadsheets now. Nothing read here is trusted."""
