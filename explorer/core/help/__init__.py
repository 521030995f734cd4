"""What a message of PyTorch's says, with its own numbers."""
