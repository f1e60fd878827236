"""What stands at the bottom of the screen: what waits to be sent, where we are, the line that is written.

hello everybody  (waiting)
Keshav · 1:#general · 2:#help 3 · 3:Ben 1 · Dee is typing…
[#general] what I wri_
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from chatapp.client.model.model import Conversation, Entry, Network
from chatapp.terminal.ansi import BOLD, DANGER, FAINT, REVERSE, WARNING, StyledLine, StyledText, clean
from chatapp.terminal.connection_notices import problem
from chatapp.terminal.screen import Panel

SHOWN_WAITING = 3  # messages that wait to be sent
WAITING_SECONDS = 0.5  # after which it is shown that one waits
GAP = StyledText(" · ", FAINT)


@dataclass(frozen=True, slots=True)
class PanelDraft:
    """The line that is being written, and what is said about it.

    Takes  hint: what a command is for; problem: why the text was refused
    """

    before: str = ""
    after: str = ""
    hint: str = ""
    problem: str = ""


def numbered(network: Network) -> dict[int, Conversation]:
    """The conversations by their numbers; 0 is the server's own words."""
    there = [each for each in network.conversations.values() if each.kind != "server"]
    server = network.server()
    return ({0: server} if server else {}) | dict(enumerate(there, 1))


def panel(network: Network, draft: PanelDraft, now: float) -> Panel:
    """The panel of this moment.

    Takes  now: Unix seconds
    """
    current = network.current
    waiting = [each for each in current.pending() if _waits(network, each, now)] if current else []
    rows = (*map(_waiting_row, waiting[:SHOWN_WAITING]), _status(network, draft, now))
    return Panel(rows, _prompt(network), draft.before, draft.after)


def _prompt(network: Network) -> StyledLine:
    current = network.current
    title = (current.title if current else "") or network.name
    return (StyledText(f"[{clean(title)}]", BOLD), StyledText(" "))


def _status(network: Network, draft: PanelDraft, now: float) -> StyledLine:
    """The most urgent of what there is to say."""
    if draft.problem:
        return (StyledText(clean(draft.problem), DANGER),)
    if network.state != "online":
        return (StyledText(clean(_connection(network, now)), WARNING),)
    if draft.hint:
        return (StyledText(clean(draft.hint), FAINT),)
    me = StyledText(clean(network.nick) + (" (away)" if network.away else ""), FAINT)
    tabs = (_tab(network, number, each) for number, each in numbered(network).items() if number)
    typing = list(network.current.typing) if network.current else []
    words = f"{clean(', '.join(typing))} {'is' if len(typing) == 1 else 'are'} typing…"
    parts = [me, *tabs, *([StyledText(words, FAINT)] if typing else [])]
    return tuple(chain.from_iterable((GAP, part) if number else (part,) for number, part in enumerate(parts)))


def _tab(network: Network, number: int, conversation: Conversation) -> StyledText:
    """Number and name of a conversation, and how much of it is unread; `!` when it is for us."""
    urgent = conversation.mentions or (conversation.kind == "direct" and conversation.unread)
    count = f" {conversation.unread}{'!' if urgent else ''}" if conversation.unread else ""
    style = REVERSE if conversation is network.current else BOLD if conversation.unread else FAINT
    return StyledText(f"{number}:{clean(conversation.title)}{count}", style)


def _connection(network: Network, now: float) -> str:
    if network.state == "waiting" and network.retry_at is not None:
        seconds = max(1, round(network.retry_at - now))
        return f"{problem(network)} Trying again in {seconds} s; /reconnect tries now."
    return "Connecting…" if network.state in ("connecting", "registering") else "Not connected."


def _waits(network: Network, entry: Entry, now: float) -> bool:
    return network.state != "online" or network.time(now) - entry.time > WAITING_SECONDS


def _waiting_row(entry: Entry) -> StyledLine:
    return (StyledText(f"{clean(entry.text)}  (waiting)".replace("\n", "↵"), FAINT),)
