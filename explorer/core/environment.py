"""What a server's owner sets by environment variables, CNN_EXPLORER_<NAME>: read here and nowhere else.

``explorer/core/limits.py`` declares those that are numbers, ``explorer/core/text_settings.py`` the others;
docs/hosting.md explains them all. What is declared nowhere is refused: a typing error is not passed over.
"""

import difflib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from explorer.core.profiles import PROFILES
from explorer.core.text_settings import CERTIFICATE, PREFIX, PROBLEMS, listed


class WrongVariables(SystemExit):
    """Settings that cannot be used, a sentence each, for the server's owner: unhandled, it ends the start so."""


@dataclass(frozen=True)
class Environment:
    """The variables by their full names. One that is empty counts as not set."""

    variables: Mapping[str, str]

    def text(self, variable: str) -> str:
        """What the variable of that full name says, without spaces around it; "" where it is not set.

        Raises KeyError for one that no owner is told of.
        """
        if variable not in PROBLEMS:
            raise KeyError(f"{variable} stands neither in PROBLEMS nor in docs/hosting.md")
        return self._stripped(variable)

    def number(self, name: str, default: int, lowest: int, highest: int | None = None) -> int:
        """The number of that name, without PREFIX, else the profile's, else ``default``. Raises ValueError, saying why.

        A number is whole, and ``lowest`` or more, and ``highest`` at most, where there is one.
        """
        text = self._stripped(PREFIX + name)
        preset = PROFILES.get(self.profile, {}).get(name, default)
        if not text:
            return preset
        if not text.isdecimal() or int(text) < lowest or (highest is not None and int(text) > highest):
            till = "on" if highest is None else f"to {highest}"
            raise ValueError(
                f"{PREFIX}{name} is {text!r}, no whole number from {lowest} {till}. Unset, it is {preset}."
            )
        return int(text)

    def problems(self, numbers: Mapping[str, int]) -> list[str]:
        """A sentence for each text that cannot be used, and for each variable that is none: ``numbers`` are the others.

        Values that may be passwords are not repeated.
        """
        known = {*numbers, *(variable.removeprefix(PREFIX) for variable in PROBLEMS)}
        found: list[str] = []
        for variable in sorted(self.variables):
            text, name = self._stripped(variable), variable.removeprefix(PREFIX)
            if name not in known:
                near = difflib.get_close_matches(name, known, n=1)
                found.append(f"{variable} is no setting." + (f" Did you mean {PREFIX}{near[0]}?" if near else ""))
            elif text and variable in PROBLEMS and (problem := PROBLEMS[variable](text)):
                found.append(f"{variable} {problem}")
        encrypted = self.scheduler.startswith("tls://")
        if any(bool(self.text(PREFIX + name)) != encrypted for name in CERTIFICATE):
            names = ", ".join(PREFIX + name for name in CERTIFICATE)
            found.append(f"{names} name a file each where {PREFIX}SCHEDULER begins with tls://, and nowhere else.")
        return found

    @property
    def scheduler(self) -> str:
        """The address of a Dask scheduler; "" where the app starts workers of its own."""
        return self.text(PREFIX + "SCHEDULER")

    @property
    def checkpoints(self) -> Path | None:
        """The folder that runs are saved in, where one is named."""
        text = self.text(PREFIX + "CHECKPOINTS")
        return Path(text) if text else None

    @property
    def profile(self) -> str:
        """One of PROFILES: whom the server is for; "" for one's own machine."""
        return self.text(PREFIX + "PROFILE")

    @property
    def owner_password(self) -> str:
        """What opens the page /owner; "" where there is no such page."""
        return self.text(PREFIX + "OWNER_PASSWORD")

    @property
    def hosts(self) -> tuple[str, ...]:
        """By which names browsers may ask for the app, beside this machine's own; "*.a.org": all below; "*": any.

        Unset, none; a server for others, which has a profile, goes by any: behind its names is nobody's own machine.
        """
        return listed(self.text(PREFIX + "HOSTS") or ("*" if self.profile else ""))

    @property
    def frames(self) -> tuple[str, ...]:
        """The sites whose pages may hold the app in a frame, https://course.example.org; ("*",): any; (): none."""
        sites = listed(self.text(PREFIX + "FRAMES")) or ("*",)
        return () if sites == ("none",) else sites

    @property
    def certificate(self) -> tuple[Path, Path, Path] | None:
        """The authority's certificate, ours and our key, by which the scheduler and the app know each other."""
        files = [Path(text) for name in CERTIFICATE if (text := self.text(PREFIX + name))]
        return (files[0], files[1], files[2]) if len(files) == len(CERTIFICATE) else None

    @property
    def metrics_host(self) -> str:
        """The address at which Prometheus finds the metrics; this machine alone, unless it is set."""
        return self.text(PREFIX + "METRICS_HOST") or "127.0.0.1"

    def _stripped(self, variable: str) -> str:
        return self.variables.get(variable, "").strip()


class Numbers:
    """The numbers as they are declared one after the other; what is wrong with them is told at the end, together."""

    def __init__(self, environment: Environment) -> None:
        self.defaults: dict[str, int] = {}
        self._environment = environment
        self._problems: list[str] = []

    def __call__(self, name: str, default: int, lowest: int = 1, highest: int | None = None) -> int:
        """The number of that name, without PREFIX."""
        self.defaults[name] = default
        try:
            return self._environment.number(name, default, lowest, highest)
        except ValueError as problem:
            self._problems.append(str(problem))
            return default

    def refuse_problems(self) -> None:
        """Raises WrongVariables, if there is anything wrong with any of the owner's settings, texts too."""
        problems = [*self._problems, *self._environment.problems(self.defaults)]
        if problems:
            raise WrongVariables("\n".join(["This start ends, for these settings cannot be used:", *problems]))


def environment() -> Environment:
    """The variables as they are now."""
    return Environment({name: value for name, value in os.environ.items() if name.startswith(PREFIX)})
