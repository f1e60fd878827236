"""The entries of a conversation as lines of text.

    Ben: hello                          a message in the channel
    Ben (only to you): psst             a direct message; `Keshav (only to Ben): …` is the user's own
    * Ben waves                         /me
    Ben (to Ana: coffee?): yes          a reply, with the beginning of what it replies to
    Ben (edited): hello all             a message with its new text
    -- Ana and Ben: 👍 to Chen: done    reactions to a message
    Ben (notice): maintenance at six    a notice
    #help Ben: hello                    a message in a channel other than the current one
    Ben joined the chat!                and `Ben left the chat! (reason)`
    Ben is now called Benny             any other event, as a sentence
    -- This channel has no topic.       a note from this program or the server
    !! Not sent to Ben: psst (why)      a failure

On a terminal each begins with its time, `10:02 `. Without times, every line of a multiline message repeats
the beginning, so that a program can read each line by itself.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from chatapp.client.incoming.events import ListedChannel
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.event_texts import deletion, sentence
from chatapp.client.model.model import MESSAGE_KINDS, Entry
from chatapp.client.text.formatting import plain
from chatapp.client.text.nick_colours import nick_colour
from chatapp.languages.lists import joined, joined_or_counted, without_full_stop
from chatapp.languages.translation import _
from chatapp.terminal.ansi import DANGER, FAINT, StyledLine, StyledText, clean, styled_message, styled_nick
from chatapp.terminal.entry_stream import StreamedEntry

INDENT = len("10:02 ")  # cells
QUOTE_CHARACTERS = 40  # of a message that is replied or reacted to
MAX_NAMED = 3  # people in a line about reactions


@dataclass(frozen=True, slots=True)
class LineFormat:
    """Whether lines have colours and times.

    Attributes:
        colour_of: Returns the number of the colour of a nick.
        with_links: Returns a message with links that work here.
    """

    colours: bool = False
    times: bool = False
    colour_of: Callable[[str], int] = nick_colour
    with_links: Callable[[str], str] = str


def streamed_lines(
    streamed: StreamedEntry, here: Conversation | None, nick: str, line_format: LineFormat
) -> list[StyledLine]:
    """Return the lines to print for an entry, or for its reactions if only these have changed.

    Args:
        here: The conversation whose lines do not begin with its name.
        nick: The user's own.
    """
    if streamed.reactions_only:
        return reaction_lines(streamed.entry, streamed.conversation, here, line_format)
    return entry_lines(streamed.entry, streamed.conversation, here, nick, line_format)


def entry_lines(
    entry: Entry, conversation: Conversation, here: Conversation | None, nick: str, line_format: LineFormat
) -> list[StyledLine]:
    """Return the lines of an entry.

    Args:
        here: The conversation whose lines do not begin with its name.
        nick: The user's own.
    """
    where = _where(conversation, here)
    if entry.state == "failed":
        if conversation.kind == "direct":
            text = _("Not sent to {name}: {text}").format(name=conversation.title, text=entry.text)
        else:
            text = _("Not sent: {text}").format(text=entry.text)
        text += f" ({without_full_stop(entry.problem)})" if entry.problem else ""
        text += f"  {_('/retry sends it again')}" if line_format.times else ""
        body = StyledText(plain(text), DANGER)
        return _layout(entry, [*where, StyledText("!! ", DANGER)], [body], line_format)
    if entry.pending_edit is not None and entry.pending_edit.problem:
        refused = _("Not changed: {text} ({reason})").format(
            text=entry.pending_edit.text, reason=without_full_stop(entry.pending_edit.problem)
        )
        return _layout(
            entry, [*where, StyledText("!! ", DANGER)], [StyledText(plain(refused), DANGER)], line_format
        )
    if entry.kind in MESSAGE_KINDS:
        head = [*where, *_head(entry, conversation, line_format.colour_of(entry.nick))]
        if entry.deleted_by:
            return _layout(entry, head, [StyledText(plain(deletion(entry, nick)), FAINT)], line_format)
        text = line_format.with_links(entry.text)
        styled = styled_message(text, "" if entry.own else nick, line_format.colours)
        reactions = reaction_lines(entry, conversation, here, line_format) if entry.reactions else []
        return [*_layout(entry, head, styled, line_format), *reactions]
    if entry.kind in ("system", "error"):
        mark, style = ("!! ", DANGER) if entry.kind == "error" else ("-- ", FAINT)
        return _layout(
            entry, [*where, StyledText(mark, style)], [StyledText(plain(entry.text), style)], line_format
        )
    return _layout(entry, where, [StyledText(plain(_event_text(entry)), FAINT)], line_format)


def reaction_lines(
    entry: Entry, conversation: Conversation, here: Conversation | None, line_format: LineFormat
) -> list[StyledLine]:
    """Return the line about the reactions to a message: `-- Ana and Ben: 👍, Dee: lol to Chen: done`."""
    where = _where(conversation, here)
    given = ", ".join(f"{_names(nicks)}: {reaction}" for reaction, nicks in entry.reactions.items())
    text = _("{reactions} to {message}") if given else _("No reactions to {message}")
    text = "-- " + text.format(reactions=given, message=_quote(entry))
    return _layout(entry, where, [StyledText(plain(text), FAINT)], line_format)


def _where(conversation: Conversation, here: Conversation | None) -> list[StyledText]:
    """Return the name with which the lines of another channel begin."""
    elsewhere = conversation.kind == "channel" and conversation is not here
    return [StyledText(clean(conversation.title) + " ", FAINT)] if elsewhere else []


def _names(nicks: list[str]) -> str:
    """Return `Ana`, `Ana and Ben`, or `Ana, Ben and 3 others`."""
    return joined_or_counted(nicks, MAX_NAMED - 1) if len(nicks) > MAX_NAMED else joined(nicks)


def _quote(entry: Entry) -> str:
    """Return the beginning of a message with its author."""
    if entry.kind not in MESSAGE_KINDS:
        return entry.text  # it says why the message is not here
    if entry.deleted_by:
        return _("a deleted message")
    text = " ".join(plain(entry.text).split())
    return f"{entry.nick}: {text if len(text) <= QUOTE_CHARACTERS else text[: QUOTE_CHARACTERS - 1] + '…'}"


def note(text: str, style: str = FAINT) -> StyledLine:
    """Return a line from the program itself that belongs to no conversation."""
    return (StyledText(f"-- {clean(text)}", style),)


def channel_line(channel: ListedChannel) -> StyledLine:
    """Return a row of the channel list: name, number of members, topic."""
    topic = plain(channel.topic).replace("\n", " ")
    return note(f"{channel.name}  {channel.people}  {topic}".rstrip())


def _head(entry: Entry, conversation: Conversation, colour: int) -> list[StyledText]:
    """Return the sender in this colour, and how the message is addressed."""
    marks = []
    if entry.kind == "notice":
        marks.append(_("notice"))
    is_private_notice = conversation.kind == "server" and entry.kind == "notice" and "." not in entry.nick
    if conversation.kind == "direct" or is_private_notice:
        only_to = _("only to {name}") if entry.own else _("only to you")
        marks.append(only_to.format(name=clean(conversation.title)))
    if entry.reply_to:
        quoted = conversation.quoted(entry)
        about = _quote(quoted) if quoted else _("an earlier message")
        marks.append(_("to {message}").format(message=clean(about)))
    if entry.edited_at:
        marks.append(_("edited"))
    marked = [StyledText(f" ({', '.join(marks)})", FAINT)] if marks else []
    if entry.kind == "action":
        return [StyledText("* "), styled_nick(entry.nick, colour), *marked, StyledText(" ")]
    return [styled_nick(entry.nick, colour), *marked, StyledText(": ")]


def _event_text(entry: Entry) -> str:
    match entry.kind:
        case "join":
            return _("{name} joined the chat!").format(name=entry.nick)
        case "part" | "quit":
            return _("{name} left the chat!").format(name=entry.nick) + (
                f" ({entry.text})" if entry.text else ""
            )
    return sentence(entry)


def _layout(
    entry: Entry, head: list[StyledText], body: Iterable[StyledText], line_format: LineFormat
) -> list[StyledLine]:
    """Put the head before the first line of the body, and an indent or the head before the others."""
    timestamp = (
        [StyledText(time.strftime("%H:%M ", time.localtime(entry.time)), FAINT)] if line_format.times else []
    )
    continued = [StyledText(" " * INDENT)] if line_format.times else head
    return [
        tuple(piece for piece in ([*timestamp, *head] if number == 0 else continued) + line if piece.text)
        for number, line in enumerate(_split_lines(body))
    ]


def _split_lines(body: Iterable[StyledText]) -> Iterator[list[StyledText]]:
    """Split the body at its line feeds, without blank lines; at least one line."""
    line: list[StyledText] = []
    has_line = False
    for text, style in body:
        first, *rest = clean(text).split("\n")
        line.append(StyledText(first, style))
        for part in rest:
            if any(piece.text.strip() for piece in line):
                yield line
                has_line = True
            line = [StyledText(part, style)]
    if any(piece.text.strip() for piece in line) or not has_line:
        yield line
