"""What stands around every page: the bar, the style sheet, what a link has lost."""
