"""The Pooling page's own part."""
