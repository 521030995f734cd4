"""Screens: one file a screen, each read from top to bottom."""
