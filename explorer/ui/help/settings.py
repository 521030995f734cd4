"""What the help page's link holds: the question that is open."""

from explorer.ui.help.topics import TOPICS
from explorer.ui.setting import Choice

NONE = "none"  # once a message was pasted that nothing is known of: no question's answer is its answer
TOPIC = Choice("help_topic", {**{name: topic.title for name, topic in TOPICS.items()}, NONE: ""})
