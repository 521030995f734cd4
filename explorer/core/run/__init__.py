"""A run's settings, schedule, records, curves and comparison, and the training script that does the same alone."""
