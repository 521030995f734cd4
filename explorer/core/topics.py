"""The two topics on which workers and apps talk; every message begins with the id of the run it is about.

One topic each way for all runs: a scheduler keeps a topic's last 1,000 messages and never forgets a topic.
"""

REPORTS = "cnn-explorer-reports"  # [run id, kind, values], from a worker
COMMANDS = "cnn-explorer-commands"  # [run id, "pause" | "resume" | "stop" | "watch"], to a worker
