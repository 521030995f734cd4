"""Convolution and pooling: sizes, index maps, values, and the PyTorch code that computes the same."""
