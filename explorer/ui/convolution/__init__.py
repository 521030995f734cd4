"""The Convolution page's own part."""
