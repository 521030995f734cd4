"""What learners of this lecture ask, in the order of the list."""

from collections.abc import Mapping

from explorer.ui.help.messages import MESSAGES
from explorer.ui.help.symptoms import SYMPTOMS
from explorer.ui.help.topic import Topic

TOPICS: Mapping[str, Topic] = {**MESSAGES, **SYMPTOMS}
