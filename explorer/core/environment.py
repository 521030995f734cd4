"""What a server's owner sets by environment variables, CNN_EXPLORER_<NAME>: read here and nowhere else."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PREFIX = "CNN_EXPLORER_"


class WrongVariable(ValueError):
    """A variable whose value cannot be used; the message names it, and is for the server's owner."""


@dataclass(frozen=True)
class Environment:
    """The variables by their full names. One that is empty counts as not set. Raises WrongVariable."""

    variables: Mapping[str, str]

    def __post_init__(self) -> None:
        if self.checkpoints and self.checkpoints.is_file():
            raise WrongVariable(f"{PREFIX}CHECKPOINTS is {self.checkpoints}, which is a file. Name a folder.")

    def text(self, variable: str) -> str:
        """What the variable of that full name says, without spaces around it; "" where it is not set."""
        return self.variables.get(variable, "").strip()

    def number(self, name: str, default: int) -> int:
        """The bound of that name, without PREFIX. Raises WrongVariable for what is no whole number from 0 on."""
        text = self.text(PREFIX + name)
        if not text:
            return default
        if not text.isdecimal():
            raise WrongVariable(f"{PREFIX}{name} is {text!r}, which is no whole number. The default is {default}.")
        return int(text)

    @property
    def scheduler(self) -> str:
        """The address of a Dask scheduler; "" where the app starts workers of its own."""
        return self.text(PREFIX + "SCHEDULER")

    @property
    def checkpoints(self) -> Path | None:
        """The folder that runs are saved in, where one is named."""
        text = self.text(PREFIX + "CHECKPOINTS")
        return Path(text) if text else None


def environment() -> Environment:
    """The variables as they are now."""
    return Environment({name: value for name, value in os.environ.items() if name.startswith(PREFIX)})
