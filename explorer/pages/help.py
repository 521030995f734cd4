"""Help: the numbers of a message explained, what learners of this lecture ask, and every term."""

from explorer.core.exercises.messages import MessageState
from explorer.ui.exercises.hidden import is_hidden
from explorer.ui.exercises.panel import ExercisePage
from explorer.ui.help.pasted_message import explanation, message_field
from explorer.ui.help.questions import questions
from explorer.ui.terms import glossary_list

EXERCISE = ExercisePage("help")

text = message_field()
state = MessageState(text)
exercise = EXERCISE.asked(state)
if EXERCISE.numbers or not is_hidden(exercise, "answer"):  # made-up numbers are not those of the field
    explanation(text)
EXERCISE.panel(exercise, state)
questions()
glossary_list()
