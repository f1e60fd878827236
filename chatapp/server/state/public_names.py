"""The names by which people are known: nicks, accounts and display names, indexed by their look-alikes.

A display name may not look like the nick, account or display name of another user, and a nick not like the
display name of another user. Each check looks up a few keys, however many users there are.
"""

from __future__ import annotations

from collections.abc import Iterator

from chatapp.protocol import names
from chatapp.protocol.confusables import keys


class PublicNames:
    """The index. It only finds candidates; the caller knows who has a name now."""

    def __init__(self) -> None:
        self._names: dict[str, dict[str, None]] = {}  # folded nicks and accounts, by key
        self._keys_of_name: dict[str, frozenset[str]] = {}  # by folded nick or account
        self._shown: dict[str, dict[str, None]] = {}  # identities with a display name, by key
        self._keys_of_shown: dict[str, frozenset[str]] = {}  # by identity

    def add(self, name: str) -> None:
        """Add a nick, or the name of an account."""
        _add(self._names, self._keys_of_name, names.fold(name), keys(name))

    def remove(self, folded: str) -> None:
        """Remove a nick or account that nobody has any more."""
        _remove(self._names, self._keys_of_name, folded)

    def show(self, identity: str, name: str | None) -> None:
        """Set or remove the display name of a user.

        Args:
            identity: See `User.identity`.
        """
        _remove(self._shown, self._keys_of_shown, identity)
        if name is not None:
            _add(self._shown, self._keys_of_shown, identity, keys(name))

    def names_like(self, name: str) -> Iterator[str]:
        """Yield the folded nicks and accounts that look like this name."""
        for key in keys(name):
            yield from self._names.get(key, ())

    def shown_like(self, name: str) -> Iterator[str]:
        """Yield the identities whose display name looks like this name."""
        for key in keys(name):
            yield from self._shown.get(key, ())


def _add(
    index: dict[str, dict[str, None]], keys_of: dict[str, frozenset[str]], owner: str, new: frozenset[str]
) -> None:
    keys_of[owner] = keys_of.get(owner, frozenset()) | new
    for key in new:
        index.setdefault(key, {})[owner] = None


def _remove(index: dict[str, dict[str, None]], keys_of: dict[str, frozenset[str]], owner: str) -> None:
    for key in keys_of.pop(owner, ()):
        owners = index[key]
        del owners[owner]
        if not owners:
            del index[key]
