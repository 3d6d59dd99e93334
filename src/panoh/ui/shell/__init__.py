"""The frame around the screens: top bar, navigation, status bar, find box."""
