"""The Settings screen: how the window looks, and looking after the vault."""
