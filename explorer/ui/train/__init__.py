"""The Train page's own part."""
