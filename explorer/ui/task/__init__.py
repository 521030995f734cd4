"""The part of the page of the lecture's exercise that is its own."""
