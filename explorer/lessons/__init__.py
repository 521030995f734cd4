"""The words: Chinese for every English sentence on screen, and the lessons' longer texts in both."""
