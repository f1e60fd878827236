"""Entries of a conversation as lines of a terminal.

    Ben: hello                          said in the channel
    Ben (only to you): psst             said to us alone; `Keshav (only to Ben): …` is our own
    * Ben waves                         /me
    Ben (notice): maintenance at six    a notice
    #help Ben: hello                    said in another channel than the one that counts as "here"
    Ben joined the chat!                and `Ben left the chat! (reason)`
    Ben is now called Benny             whatever else happened, as a sentence
    -- No topic is set.                 this program or the server tells something
    !! Not sent to Ben: psst (why)      something went wrong

On a terminal each begins with its time, `10:02 `. Without times, every line of a text of several lines has
the same beginning, so that a program can read each by itself.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chatapp.client.incoming.events import ListedChannel
from chatapp.client.model.event_texts import deletion, sentence
from chatapp.client.model.model import SAID, Conversation, Entry
from chatapp.client.text.formatting import plain
from chatapp.terminal.ansi import DANGER, FAINT, StyledLine, StyledText, clean, name, words

INDENT = len("10:02 ")  # cells


@dataclass(frozen=True, slots=True)
class Look:
    """How lines look."""

    colours: bool = False
    times: bool = False


def lines(
    entry: Entry, conversation: Conversation, here: Conversation | None, nick: str, look: Look
) -> list[StyledLine]:
    """The lines of an entry.

    Takes  here: the conversation whose name need not be told; nick: our own
    """
    elsewhere = conversation.kind == "channel" and conversation is not here
    where = [StyledText(clean(conversation.title) + " ", FAINT)] if elsewhere else []
    if entry.state == "failed":
        why = f" ({entry.problem.rstrip('.')})" if entry.problem else ""
        why += "  /retry sends it again" if look.times else ""
        to = f" to {conversation.title}" if conversation.kind == "direct" else ""
        body = StyledText(plain(f"Not sent{to}: {entry.text}{why}"), DANGER)
        return _laid(entry, [*where, StyledText("!! ", DANGER)], [body], look)
    if entry.kind in SAID:
        head = [*where, *_head(entry, conversation)]
        if entry.deleted_by:
            return _laid(entry, head, [StyledText(plain(deletion(entry, nick)), FAINT)], look)
        return _laid(entry, head, words(entry.text, "" if entry.own else nick, look.colours), look)
    if entry.kind in ("system", "error"):
        mark, style = ("!! ", DANGER) if entry.kind == "error" else ("-- ", FAINT)
        return _laid(entry, [*where, StyledText(mark, style)], [StyledText(plain(entry.text), style)], look)
    return _laid(entry, where, [StyledText(plain(_happened(entry)), FAINT)], look)


def note(text: str, style: str = FAINT) -> StyledLine:
    """A line of this program's own that belongs to no conversation."""
    return (StyledText(f"-- {clean(text)}", style),)


def channel_line(channel: ListedChannel) -> StyledLine:
    """A channel of the server's list."""
    topic = plain(channel.topic).replace("\n", " ")
    return note(f"{channel.name}  {channel.people}  {topic}".rstrip())


def _head(entry: Entry, conversation: Conversation) -> list[StyledText]:
    """Who says it, to whom, and how."""
    marks = []
    if entry.kind == "notice":
        marks.append("notice")
    if conversation.kind == "direct":
        marks.append(f"only to {clean(conversation.title) if entry.own else 'you'}")
    marked = [StyledText(f" ({', '.join(marks)})", FAINT)] if marks else []
    if entry.kind == "action":
        return [StyledText("* "), name(entry.nick), *marked, StyledText(" ")]
    return [name(entry.nick), *marked, StyledText(": ")]


def _happened(entry: Entry) -> str:
    match entry.kind:
        case "join":
            return f"{entry.nick} joined the chat!"
        case "part" | "quit":
            return f"{entry.nick} left the chat!" + (f" ({entry.text})" if entry.text else "")
    return sentence(entry)


def _laid(entry: Entry, head: list[StyledText], body: Iterable[StyledText], look: Look) -> list[StyledLine]:
    """Head and body, in as many lines as the body has."""
    when = [StyledText(time.strftime("%H:%M ", time.localtime(entry.time)), FAINT)] if look.times else []
    more = [StyledText(" " * INDENT)] if look.times else head
    return [
        tuple(piece for piece in ([*when, *head] if number == 0 else more) + line if piece.text)
        for number, line in enumerate(_parted(body))
    ]


def _parted(body: Iterable[StyledText]) -> Iterator[list[StyledText]]:
    """The body at its line feeds; lines without words are left out, but one there is always."""
    line: list[StyledText] = []
    given = False
    for text, style in body:
        first, *rest = clean(text).split("\n")
        line.append(StyledText(first, style))
        for other in rest:
            if any(piece.text.strip() for piece in line):
                yield line
                given = True
            line = [StyledText(other, style)]
    if any(piece.text.strip() for piece in line) or not given:
        yield line
