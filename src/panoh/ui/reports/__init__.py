"""The Reports screen: a case summary seen before it leaves the vault."""
