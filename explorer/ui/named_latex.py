"""Numbers in formulas: each over what it is, and large ones as they are written."""

import textwrap


def named(number: object, name: str) -> str:
    """A number over its name, the name in short lines so that the formula fits a phone."""
    width = 10 if name.isascii() else 1  # Chinese names have their spaces where a line may end
    lines = textwrap.wrap(name, width, break_long_words=False)
    stack = r" \\[0.2em] ".join(rf"\text{{{line}}}" for line in lines)
    return rf"\underbrace{{{number}}}_{{\substack{{{stack}}}}}"


def grouped(number: int) -> str:
    """With a comma between thousands, which KaTeX would put a space behind."""
    return f"{number:,}".replace(",", "{,}")
