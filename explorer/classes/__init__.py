"""Classes: a question that many answer at once, and how their answers are spread. In memory, without names."""
