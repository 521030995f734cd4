"""The GPU page's own part."""
