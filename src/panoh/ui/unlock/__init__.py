"""The first screen: unlock a vault, make one, or recover one."""
