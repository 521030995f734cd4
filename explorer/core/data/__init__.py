"""What there is to look at and to train on: handwriting that the project draws itself, and the published data sets."""
