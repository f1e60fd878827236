"""The bottom rows of the screen: messages waiting to be sent, the conversations, the input line.

hello everybody  (waiting)
Keshav · 1:#general · 2:#help 3 · 3:Ben 1 · Dee is typing…
[#general] what I wri_
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, islice

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.files import FileCard
from chatapp.client.model.model import Entry
from chatapp.client.model.network import Network
from chatapp.languages.translation import _, ngettext
from chatapp.terminal.ansi import BOLD, DANGER, FAINT, REVERSE, WARNING, StyledLine, StyledText, clean
from chatapp.terminal.connection_notices import problem_sentence
from chatapp.terminal.file_commands import progress_text, waiting_text
from chatapp.terminal.screen import Panel

MAX_WAITING_ROWS = 3  # messages waiting to be sent
WAITING_SECONDS = 0.5  # after which an unconfirmed message is shown as waiting
GAP = StyledText(" · ", FAINT)


@dataclass(frozen=True, slots=True)
class PanelDraft:
    """The input line, and the hint or problem above it.

    Args:
        before: The text before the cursor.
        after: The text from the cursor on.
        hint: Usage and purpose of the typed command.
        problem: Why the text was refused.
    """

    before: str = ""
    after: str = ""
    hint: str = ""
    problem: str = ""


def numbered_conversations(network: Network) -> dict[int, Conversation]:
    """Return the conversations by number; 0 is the one with the server."""
    others = [each for each in network.conversations.values() if each.kind != "server"]
    server = network.server()
    return ({0: server} if server else {}) | dict(enumerate(others, 1))


def panel(network: Network, draft: PanelDraft, now: float, downloads: Iterable[FileCard] = ()) -> Panel:
    """Lay out the panel.

    Args:
        now: Unix seconds.
        downloads: The files that are being saved.
    """
    current = network.current
    waiting = [each for each in current.pending() if _is_waiting(network, each, now)] if current else []
    rows = (
        *map(_download_row, islice(downloads, MAX_WAITING_ROWS)),
        *map(_waiting_row, waiting[:MAX_WAITING_ROWS]),
        _status(network, draft, now),
    )
    return Panel(rows, _prompt(network), draft.before, draft.after)


def _prompt(network: Network) -> StyledLine:
    current = network.current
    title = (current.title if current else "") or network.name
    return (StyledText(f"[{clean(title)}]", BOLD), StyledText(" "))


def _status(network: Network, draft: PanelDraft, now: float) -> StyledLine:
    """Return the most urgent of: a problem, the connection, a hint, the list of conversations."""
    if draft.problem:
        return (StyledText(clean(draft.problem), DANGER),)
    if network.state != "online":
        return (StyledText(clean(_connection(network, now)), WARNING),)
    if draft.hint:
        return (StyledText(clean(draft.hint), FAINT),)
    me = StyledText(
        clean(_("{name} (away)").format(name=network.nick) if network.away else network.nick), FAINT
    )
    tabs = (_tab(network, number, each) for number, each in numbered_conversations(network).items() if number)
    typing = list(network.current.typing) if network.current else []
    typing_text = ngettext("{names} is typing…", "{names} are typing…", len(typing)).format(
        names=clean(", ".join(typing))
    )
    parts = [me, *tabs, *([StyledText(typing_text, FAINT)] if typing else [])]
    return tuple(chain.from_iterable((GAP, part) if number else (part,) for number, part in enumerate(parts)))


def _tab(network: Network, number: int, conversation: Conversation) -> StyledText:
    """Return number, name and unread count of a conversation, with `!` if messages address the user."""
    urgent = conversation.mentions or (conversation.kind == "direct" and conversation.unread)
    count = f" {conversation.unread}{'!' if urgent else ''}" if conversation.unread else ""
    style = REVERSE if conversation is network.current else BOLD if conversation.unread else FAINT
    return StyledText(f"{number}:{clean(conversation.title)}{count}", style)


def _connection(network: Network, now: float) -> str:
    if network.state == "waiting" and network.retry_at is not None:
        seconds = max(1, round(network.retry_at - now))
        return _("{problem} Trying again in {seconds} s; /reconnect tries now.").format(
            problem=problem_sentence(network), seconds=seconds
        )
    return _("Connecting…") if network.state in ("connecting", "registering") else _("Not connected.")


def _is_waiting(network: Network, entry: Entry, now: float) -> bool:
    return network.state != "online" or network.time(now) - entry.time > WAITING_SECONDS


def _waiting_row(entry: Entry) -> StyledLine:
    return (StyledText(f"{clean(waiting_text(entry))}  {_('(waiting)')}".replace("\n", "↵"), FAINT),)


def _download_row(card: FileCard) -> StyledLine:
    return (StyledText(clean(progress_text(card)), FAINT),)
