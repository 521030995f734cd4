"""Whether each exercise tells right answers, and each modelled slip by its own name, on many random numbers.

    python benchmarks/exercises.py [--states 500] [--seed 0] [--short]

Prints, for all exercises together: wrong verdicts, states on which a slip leads to the right answer, states on which
two slips have one answer, and the milliseconds of drawing one state (median and longest). Exit status 1 where a count
is not 0.
"""

import sys
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

from arguments import parser

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from explorer.core.exercises.every import EXERCISES
from explorer.core.exercises.question import Question, Verdict, judge

SHORT_STATES = 5


def wrong_verdicts(asked: Question) -> int:
    """Of the right answer's and each slip's."""
    wrong = judge(asked, asked.right.answer) != Verdict(True)
    return wrong + sum(judge(asked, slip.answer) != Verdict(False, (name,)) for name, slip in asked.slips.items())


def main() -> int:
    """Draws, judges, prints; returns the exit status."""
    options = parser(__doc__)
    options.add_argument("--states", type=int, default=500)
    options.add_argument("--seed", type=int, default=0)
    chosen = options.parse_args()
    states = SHORT_STATES if chosen.short else chosen.states
    wrong, silent, shared, times = 0, 0, 0, []
    for exercise in EXERCISES:
        random = Random(f"{chosen.seed} {exercise.name}")
        for _ in range(states):
            start = perf_counter()
            asked = exercise.ask(exercise.draw(random))
            times.append(1e3 * (perf_counter() - start))
            wrong += wrong_verdicts(asked)
            silent += bool(asked.silent_slips)
            shared += not asked.is_clear
    print("| exercises × states | wrong verdicts | a slip is right | two slips agree | ms a state: median, longest |")
    print("|---|---|---|---|---|")
    print(f"| {len(EXERCISES)} × {states} | {wrong} | {silent} | {shared} | {median(times):.1f}, {max(times):.0f} |")
    return int(wrong + silent + shared > 0)


if __name__ == "__main__":
    sys.exit(main())
