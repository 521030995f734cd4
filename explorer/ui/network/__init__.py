"""The Network page's own part."""
