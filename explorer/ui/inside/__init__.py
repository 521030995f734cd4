"""The Inside page: which network is looked into, and the words around it."""
