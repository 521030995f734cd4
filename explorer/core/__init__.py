"""Pure numbers: what a convolution, a stack of layers, a training's settings are. Imports numpy only."""
