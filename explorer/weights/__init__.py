"""Learners' files of trained weights: which tensors they hold, read within bounds, and never run."""
