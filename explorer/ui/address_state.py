"""What a session knows of its address bar: what it says, what the page wants it to say, what of it is not on screen."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from explorer.core.errors import SettingError

LATE_SECONDS = 0.5  # in which the browser has received what the server sent
LostParameter = tuple[str, str, SettingError]  # a parameter's name and text, and why it is not on screen


@dataclass
class AddressState:
    """The address of one session; a parameter's text is "" where it is the default, and stands in no address."""

    parameters: dict[str, str]  # as the address bar has them
    page: str | None = None  # its path
    is_new: bool = True  # until the page that the address opened was drawn to its end
    is_restored: bool = False  # by Back or Forward, until the page is opened
    sent_at: float = -LATE_SECONDS  # when the browser was sent an address last, by the monotonic clock
    parameters_before: dict[str, str] | None = None  # until then: Back leads to these if the browser has received it
    page_texts: dict[str, str] = field(default_factory=dict)  # parameter -> its text as the page's settings stand
    read_texts: dict[str, str] = field(default_factory=dict)  # parameter, there or absent -> the text of what was read
    refused: dict[str, SettingError] = field(default_factory=dict)
    explained: set[str] = field(default_factory=set)  # the refused ones of which the page itself says why
    lost: list[LostParameter] = field(default_factory=list)  # of an opened page, until the learner is told
    own_names: dict[str, set[str]] = field(default_factory=dict)  # page -> the parameters that it writes
    left: dict[str, dict[str, str]] = field(default_factory=dict)  # page -> its parameters when it was drawn last

    def open_address(self, parameters: Mapping[str, str]) -> None:
        """Begins anew with an address that the browser asks for."""
        self.parameters, self.is_new = dict(parameters), True
        self.page_texts, self.read_texts, self.refused, self.explained = {}, {}, {}, set()

    def set_by_link(self, page: str, parameters: Mapping[str, str]) -> set[str]:
        """The settings that a link to ``page`` has otherwise than the page was left: the link's count.

        All others are the session's, for a setting of two pages may have been changed on the other one.
        """
        left, own = self.left.get(page, {}), self.own_names.get(page, set())
        known = own.union(*self.own_names.values()) & (own | set(parameters))
        return {name for name in known if parameters.get(name, "") != left.get(name, "")}

    def is_changed(self) -> bool:
        """Whether the page's settings want another address than they were read from."""
        return any(
            text != self.read_texts.get(name, self.parameters.get(name, "")) for name, text in self.page_texts.items()
        )

    def take_page_texts(self) -> None:
        """Makes the address what the page's settings want; what the page has not read yet goes."""
        kept = {name: text for name, text in self.parameters.items() if name in self.read_texts}
        self.parameters = {name: text for name, text in {**kept, **self.page_texts}.items() if text}
        self.read_texts = {name: text for name, text in self.read_texts.items() if name not in self.page_texts}

    def lost_parameters(self, count_of: Callable[[str], int]) -> Iterator[LostParameter]:
        """What of the address is not on screen, and why; ``count_of`` a name is how often the address has it."""
        for name, text in self.parameters.items():
            is_known, count = name in self.page_texts or name in self.read_texts, count_of(name)
            if name in self.refused:
                if name not in self.explained:
                    yield name, text, self.refused[name]
            elif not is_known:
                yield name, text, SettingError("This page has no such setting.")
            elif self._is_overruled(name):
                yield name, text, SettingError("It does not go with the other settings.")
            elif count > 1:
                yield name, text, SettingError("It stands there {count} times, and the last one counts.", count=count)

    def _is_overruled(self, name: str) -> bool:
        """Whether the page shows another value than the one that was read."""
        shown = self.page_texts.get(name)
        return shown is not None and shown != self.read_texts.get(name, shown)
