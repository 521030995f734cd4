"""Exercises: a question about numbers, the right chain of computation, and those of the slips that learners make."""
