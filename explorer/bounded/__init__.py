"""A process of its own for what a learner's file may cost: few at once, bounded in time and memory."""
