"""The charts that Today and the dashboard of the sites share."""
