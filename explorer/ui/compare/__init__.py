"""The Compare page's own part."""
