"""What every benchmark takes on its command line: where MNIST lies, and whether this is only a trial."""

import argparse
import os
from pathlib import Path


def parser(description: str | None) -> argparse.ArgumentParser:
    """With ``--data`` (by default what CNN_EXPLORER_DATA names) and ``--short``; ``description`` is the docstring."""
    made = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    named = os.environ.get("CNN_EXPLORER_DATA")
    made.add_argument("--data", type=Path, default=Path(named) if named else None, help="the folder of MNIST's files")
    made.add_argument(
        "--short", action="store_true", help="a trial of a minute: that it runs; its figures mean nothing"
    )
    return made
