"""The rows of the list of channels: those of the server by number of people, and one to make a new channel.

Does not import tkinter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from chatapp.client.incoming.events import ListedChannel
from chatapp.client.model.network import Network
from chatapp.client.model.own_account import has_accounts
from chatapp.client.text.formatting import plain
from chatapp.gui.main.conversation_row import without_hash
from chatapp.gui.widgets.fuzzy_match import FuzzyPattern, folded
from chatapp.gui.widgets.list_row import ListRow, RowSource
from chatapp.languages.translation import N_, _, ngettext
from chatapp.protocol import names

MAKE_KEY = " make"  # of the row that makes a channel; no name of a channel begins like this
KNOWN_TYPES = "#&+!"  # with which the names of channels begin on some server
NO_CHANNELS = N_("This server has no channels.")


class Reason(NamedTuple):
    """Why a name is not what was typed; marked for translation.

    Attributes:
        text: Without a full stop.
        note: The same behind the name.
    """

    text: str
    note: str


HAS_SPACES = Reason(N_("A name has no spaces"), N_("(a name has no spaces)"))
HAS_CHARACTER = Reason(N_("A name cannot contain “{character}”"), N_("(a name cannot contain “{character}”)"))
HAS_INVISIBLE = Reason(N_("A name has no invisible characters"), N_("(a name has no invisible characters)"))
OTHER_TYPE = Reason(
    N_("On this server a channel name begins with “{character}”"),
    N_("(on this server a channel name begins with “{character}”)"),
)


@dataclass(frozen=True, slots=True)
class NewName:
    """The name of a channel that can be made from what was typed.

    Attributes:
        name: "" if there is none.
        reason: Why the name is not what was typed; without a full stop.
        problem: Why there is no name, as a sentence.
        note: The reason behind the name.
    """

    name: str = ""
    reason: str = ""
    problem: str = ""
    note: str = ""


NO_NAME = NewName()
NO_REASON = Reason("", "")


class ChannelSearch:
    """Finds channels of a list, which may have tens of thousands.

    Args:
        listed: In any order.
    """

    def __init__(self, network: Network, listed: Sequence[ListedChannel] = ()) -> None:
        self._network = network
        self._listed = sorted(listed, key=lambda each: (-each.people, each.name.casefold()))
        self._names = {network.fold(each.name) for each in self._listed}
        self._all = [*self._listed, *self._unlisted()]
        self._texts = [folded(without_hash(each.name)) for each in self._all]

    def _unlisted(self) -> Iterator[ListedChannel]:
        """Yield the channels that we are in and that are not in the list: it has no secret ones."""
        for key, each in self._network.conversations.items():
            if each.kind == "channel" and each.joined and key not in self._names:
                yield ListedChannel(each.name, len(each.members), each.topic)

    def is_known(self, name: str) -> bool:
        """Return whether a channel is listed, or we are in it."""
        found = self._network.find(name)
        return self._network.fold(name) in self._names or (found is not None and found.joined)

    def rows(self, typed: str, new: NewName = NO_NAME) -> RowSource:
        """Return the channels that match, the best match first, then those with most people.

        Without a text these are the ones of the list.

        Args:
            new: The channel to offer to make.
        """
        text = typed.lstrip(KNOWN_TYPES)
        pattern = FuzzyPattern(text)
        found = self._matching(pattern) if text else self._listed
        keys = [each.name for each in found]
        tall = frozenset(at for at, each in enumerate(found) if each.topic.strip())
        if new.name:
            keys.append(MAKE_KEY)
        return RowSource(keys, partial(self._row, found, pattern, new), tall=tall)

    def _matching(self, pattern: FuzzyPattern) -> list[ListedChannel]:
        ranked = ((pattern.rank(text), at) for at, text in enumerate(self._texts))
        matching = sorted((rank, at) for rank, at in ranked if rank is not None)
        return [self._all[at] for _, at in matching]

    def _row(
        self, found: Sequence[ListedChannel], pattern: FuzzyPattern, new: NewName, index: int
    ) -> ListRow:
        if index == len(found):
            label = _("Make {channel}").format(channel=new.name)
            return ListRow(MAKE_KEY, label, new.note or _("or join it if it is hidden"), "plus", "muted")
        channel = found[index]
        name = without_hash(channel.name)
        opened = self._network.find(channel.name)
        people = ngettext("{count} person", "{count} people", channel.people)
        return ListRow(
            channel.name,
            name,
            note=_("Joined") if opened is not None and opened.joined else "",
            icon="hash",
            icon_role="muted",
            count=people.format(count=channel.people),
            detail=" ".join(plain(channel.topic).split()),
            found=pattern.places(name),
        )


def new_channel(network: Network, typed: str) -> NewName:
    """Return the name of the channel that a text names.

    What a name cannot contain is replaced, and the row says why, so that nobody has to type it again.
    """
    types = network.isupport.get("CHANTYPES", names.CHANNEL_TYPES)
    text = typed.strip()
    if not text.strip(f"{types}#& "):
        return NewName()
    if not types:
        return NewName(problem=_(NO_CHANNELS))
    usual = names.CHANNEL_TYPES if names.CHANNEL_TYPES in types else types[:1]
    has_type = text[0] in types
    begins, rest = (text[0], text[1:]) if has_type else (usual, text)
    reason, wrong = NO_REASON, usual
    if not has_type and text[0] in KNOWN_TYPES:
        reason, rest = OTHER_TYPE, text[1:]
    # The rules for what follows the type are those of a name with the usual one
    if names.why_no_channel(f"{names.CHANNEL_TYPES}{rest}", len(rest) + 1):
        reason, wrong, rest = _mended(rest)
    longest = _longest(network)
    sentence = _(reason.text).format(character=wrong)
    if not rest:
        return NewName(problem=f"{sentence}.")
    if len(rest) >= longest:
        return NewName(problem=names.why_no_channel(f"{names.CHANNEL_TYPES}{rest}", longest))
    return NewName(f"{begins}{rest}", sentence, note=_(reason.note).format(character=wrong))


def is_guest(network: Network) -> bool:
    """Return whether the user has no account on a server that has accounts."""
    return not network.account and has_accounts(network)


def _mended(text: str) -> tuple[Reason, str, str]:
    """Return why a text cannot follow the `#`, the character that is wrong, and what can follow it."""
    wrong = ""
    if any(each.isspace() for each in text):
        reason = HAS_SPACES
    else:
        wrong = next((each for each in text if each.isprintable() and not _may_follow(each)), "")
        reason = HAS_CHARACTER if wrong else HAS_INVISIBLE
    shown = "".join(
        each if _may_follow(each) else " " if each.isprintable() or each.isspace() else "" for each in text
    )
    return reason, wrong, "-".join(shown.split())


def _may_follow(character: str) -> bool:
    return names.is_channel(f"{names.CHANNEL_TYPES}{character}")


def _longest(network: Network) -> int:
    announced = network.isupport.get("CHANNELLEN", "")
    return int(announced) if announced.isdecimal() and 0 < len(announced) < 5 else names.LONGEST_CHANNEL
