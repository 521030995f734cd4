"""Whom a server is for: numbers that replace the defaults of limits.py, for each profile that its owner may name.

A setting of its own goes before its profile's. Whichever profile: no page shows a folder of the server, the Train page
says the limits.
"""

from collections.abc import Mapping

PROFILES: Mapping[str, Mapping[str, int]] = {
    # Strangers, on one small machine: short runs, gone after a week. The lecture's ten epochs and its exercise's two
    # runs side by side are still possible.
    "public": {
        "MAX_EPOCHS": 10,
        "MAX_RUN_SECONDS": 600,
        "IDLE_SECONDS": 180,
        "MAX_LEARNER_RUNS": 2,
        "MAX_RUNS_KEPT": 40,
        "MAX_LEARNER_BYTES": 50_000_000,
        "MAX_CHECKPOINTS": 500,
        "EXPIRE_DAYS": 7,
    },
    # People whom the owner knows, all at once: a queue that takes the whole class, runs kept for a term.
    "classroom": {
        "MAX_RUN_SECONDS": 1800,
        "MAX_RUNS_KEPT": 120,
        "MAX_CHECKPOINTS": 2000,
        "EXPIRE_DAYS": 120,
        "MAX_STUDIES": 60,
    },
}
