"""Help: the numbers of a message explained, what learners of this lecture ask, and every term."""

from explorer.ui.help.pasted_message import pasted_message
from explorer.ui.help.questions import questions
from explorer.ui.terms import glossary_list

pasted_message()
questions()
glossary_list()
