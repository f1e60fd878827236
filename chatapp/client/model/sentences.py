"""The sentences of notes, kept so that they can be said again in another language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from chatapp.languages.translation import _


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the client.

    Attributes:
        template: In English, marked for translation.
        arguments: What is filled in.
        ending: What follows, in the words of somebody else.
    """

    template: str
    arguments: Mapping[str, str] = field(default_factory=dict)
    ending: str = ""

    @property
    def text(self) -> str:
        """The sentence in the language that is chosen now."""
        return _(self.template).format(**self.arguments) + self.ending
