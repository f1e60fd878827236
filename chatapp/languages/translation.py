"""Translates the texts on screen, with the catalogs of this package and the standard library's `gettext`.

    from chatapp.languages.translation import N_, _, ngettext

    label.configure(text=_("Join a channel"))                      translated where it is shown
    _("{name} has joined").format(name=name)                       never an f-string
    ngettext("{count} day", "{count} days", n).format(count=n)     where a number decides
    LABEL = N_("Mute")                                             marked here; `_(LABEL)` where it is shown

A table that a module makes when it is imported holds the English texts, marked with `N_`: the language may
change later, and `_` is called each time a text is shown. Texts of users, and of servers, are not translated.
The server speaks English: its log, its help and its replies are read by programs and administrators.

How the catalogs are made: tests/translations.
"""

# As in the standard library's `gettext`, the language is that of the process: it would have to be handed to
# every function that makes a text otherwise.

from __future__ import annotations

import gettext
from collections.abc import Iterable
from importlib import resources

LANGUAGES = {"en": "English", "de": "Deutsch", "es": "Español", "hi": "हिन्दी"}
"""The languages by their codes; each name in its own language."""

ENGLISH = "en"

_catalog = gettext.NullTranslations()


def _(text: str) -> str:
    """Return a text in the chosen language; the text itself if it has no translation.

    Thread:
        Any.
    """
    return _catalog.gettext(text) if text else ""  # the empty text of a catalog is its header


def N_(text: str) -> str:
    """Mark a text for translation, and return it unchanged."""
    return text


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the form of a text that the chosen language uses with a number.

    Args:
        singular: The English form for 1.
        plural: The English form for all other numbers.
        count: The number.

    Thread:
        Any.
    """
    return _catalog.ngettext(singular, plural, count)


def pgettext(context: str, text: str) -> str:
    """Return a text that English uses with several meanings.

    Args:
        context: Tells them apart; shown to translators only.
        text: The text.

    Thread:
        Any.
    """
    return _catalog.pgettext(context, text)


def choose(setting: str, preferred: Iterable[str]) -> str:
    """Return the language to use.

    Args:
        setting: The code that the user has chosen; empty, or one that does not exist, for that of the system.
        preferred: The codes of the languages that the user prefers, the best first, such as `de_AT`.
    """
    if setting in LANGUAGES:
        return setting
    codes = (each.replace("-", "_").partition("_")[0].lower() for each in preferred)
    return next((code for code in codes if code in LANGUAGES), ENGLISH)


def use(code: str) -> None:
    """Translate into another language from now on.

    Args:
        code: One of `LANGUAGES`.
    """
    install(gettext.NullTranslations() if code == ENGLISH else load(code))


def load(code: str) -> gettext.GNUTranslations:
    """Return the catalog of a language other than English."""
    with (resources.files(__package__) / f"{code}.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def install(catalog: gettext.NullTranslations) -> None:
    """Translate with a catalog from now on."""
    global _catalog
    _catalog = catalog
