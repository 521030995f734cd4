"""Torch, inside worker processes and on the command line: data, network, loop, checkpoints."""
