"""Register a family: the household block, the keyboard grid, the people who are perhaps registered already."""
