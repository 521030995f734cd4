"""``python -m tests.runs.answering_process HOW``: a process that answers as those with torch do, without torch."""

import sys
import time

from explorer.core.errors import DataError
from explorer.exchange.answers import answer_or_explain, report_progress

report_progress(1, 3)
print("a warning of a library", file=sys.stderr)
report_progress(2, 3)
match sys.argv[1]:
    case "answer":
        sys.exit(answer_or_explain(b"\x00\xffbytes"))
    case "explain":
        sys.exit(answer_or_explain(DataError("{title} is not here.", title="MNIST")))
    case "fail":
        raise MemoryError("no room")
    case _:
        time.sleep(60)
