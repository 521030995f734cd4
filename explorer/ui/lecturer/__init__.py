"""The lecturer's page: a link for a class, and a question to a class."""
