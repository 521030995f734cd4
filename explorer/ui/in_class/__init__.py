"""The students' page in class: one question, one answer."""
