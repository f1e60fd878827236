"""One text of a catalog."""

from __future__ import annotations

import re
from dataclasses import dataclass

PLACEHOLDER = re.compile(r"\{[^{}]*\}")


@dataclass(slots=True)
class Message:
    """A text of the code and its translation.

    Attributes:
        text: The English text; with a plural, the form for 1.
        plural: The English form for other numbers; "" if the text has no plural.
        context: Tells texts with several meanings apart; "" for none.
        files: Those that contain it, from the root of the repository.
        translations: One form, or those that the language has of a plural, in the order of its catalog; empty
            if it is not translated.
    """

    text: str
    plural: str = ""
    context: str = ""
    files: tuple[str, ...] = ()
    translations: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """What a translation is found by."""
        return self.context, self.text

    @property
    def placeholders(self) -> set[str]:
        """The places of the text that are filled in."""
        return set(PLACEHOLDER.findall(self.text + self.plural))
