"""The CNN explorer: from one multiplication to a trained network. Read the folders in the README's order."""
