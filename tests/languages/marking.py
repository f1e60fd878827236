"""A language for tests, in which everything that is translated can be seen."""

from __future__ import annotations

import gettext


class Marking(gettext.NullTranslations):
    """Every text stands in brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"

    def pgettext(self, context: str, message: str) -> str:
        return f"⟦{message}⟧"
