"""The Channels page's own part."""
