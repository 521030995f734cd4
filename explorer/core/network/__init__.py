"""A network as a list of layers: its shapes, what is wrong with it and what repairs it, its code and its link."""
