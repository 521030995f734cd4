"""The exercises of a page: which is open, what was answered to it, how far the learner is."""
