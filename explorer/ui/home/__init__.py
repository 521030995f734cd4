"""Home: why convolution, and where each part of it is explained."""
