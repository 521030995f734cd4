"""Learners' image files: decoded in a process of its own, with bounds of time and memory, whatever they hold."""
