"""The help page's own part."""
