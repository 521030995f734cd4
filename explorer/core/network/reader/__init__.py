"""A network read from a learner's program text, of which no line is run."""
