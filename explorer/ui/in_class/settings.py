"""Which class a student is in: its code, as the link and the projector have it."""

from dataclasses import dataclass

from explorer.classes.class_room import ClassRoom
from explorer.core.errors import SettingError
from explorer.ui.server_classes import server_classes
from explorer.ui.setting import Setting


@dataclass(frozen=True)
class ClassCode(Setting[str]):
    """The code of a class; "" in none."""

    key: str
    default: str = ""

    @property
    def room(self) -> ClassRoom | None:
        """The class; None where it has ended, or none was entered."""
        return server_classes().find(self.value) if self.value else None

    def enter(self, text: str) -> None:
        """Enters the class of the code that was typed. Raises SettingError."""
        self.set(self._parse(text))

    def _text(self, value: str) -> str:
        return value

    def _parse(self, text: str) -> str:
        if room := server_classes().find(text):
            return room.code
        raise SettingError("No class has this code now. It has ended, or a sign is mistyped.")


CODE = ClassCode("code")
