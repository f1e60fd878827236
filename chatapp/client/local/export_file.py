"""Writes the user's own messages to a file: a page for a browser (HTML), or data for programs (JSON).

The file is written completely or not at all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from html import escape
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Literal, Protocol

from chatapp.client.local.text_file import write_text, write_text_soon
from chatapp.client.text.formatting import displayed
from chatapp.languages.dates import day_and_month
from chatapp.languages.translation import _, ngettext
from chatapp.protocol.timestamps import iso_of_seconds

ExportFormat = Literal["html", "json"]

_HEAD = """<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>
body {{ font: 16px/1.5 sans-serif; max-width: 46em; margin: 2em auto; padding: 0 1em }}
:root {{ color-scheme: light dark }}
time {{ color: gray; font-size: 85% }}
p {{ margin: .2em 0; white-space: pre-wrap; overflow-wrap: anywhere }}
</style>
</head>
<body>
<h1>{title}</h1>
<p>{summary}</p>
"""


@dataclass(frozen=True, slots=True)
class OwnMessage:
    """A message of the user.

    Args:
        conversation: The channel, or the name of the other user.
        time: In Unix seconds.
        kind: "message", "action" or "notice".
        msgid: The id of the server; empty if it has none.
        reply_to: The id of the message that it replies to; empty for none.
    """

    conversation: str
    time: float
    kind: str
    text: str
    msgid: str = ""
    reply_to: str = ""


class Messages(Protocol):
    """Messages whose number is known; they need not be in memory together."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[OwnMessage]: ...


def format_of(path: Path) -> ExportFormat:
    """Return the format that a file name asks for."""
    return "json" if path.suffix.lower() == ".json" else "html"


def write_soon(
    path: Path,
    chat: str,
    name: str,
    messages: Messages,
    done: Callable[[str], object],
    is_stopped: Callable[[], bool],
) -> None:
    """Write the file in a thread, since a disk may be slow; the arguments are those of `write`.

    Args:
        done: Called with what `write` returns. Thread: the new one.
        is_stopped: See `write_text`. Thread: the new one.
    """
    write_text_soon(path, _pieces(path, chat, name, messages), done, is_stopped)


def write(
    path: Path, chat: str, name: str, messages: Messages, is_stopped: Callable[[], bool] = lambda: False
) -> str:
    """Write the file; return why it could not be written, as a sentence, or an empty string.

    Args:
        chat: The name of the chat.
        name: The name of the user.
        is_stopped: See `write_text`.
    """
    return write_text(path, _pieces(path, chat, name, messages), is_stopped)


def _pieces(path: Path, chat: str, name: str, messages: Messages) -> Iterable[str]:
    make = _json if format_of(path) == "json" else _html
    return make(chat, name, messages)


def _json(chat: str, name: str, messages: Messages) -> Iterable[str]:
    yield f'{{"chat": {json.dumps(chat, ensure_ascii=False)}, '
    yield f'"name": {json.dumps(name, ensure_ascii=False)}, "messages": ['
    for number, each in enumerate(messages):
        row = asdict(each) | {"time": iso_of_seconds(each.time), "text": displayed(each.text)}
        yield ("," if number else "") + "\n" + json.dumps(row, ensure_ascii=False)
    yield "\n]}\n"


def _html(chat: str, name: str, messages: Messages) -> Iterable[str]:
    title = escape(_("What {name} wrote on {chat}").format(name=name, chat=chat))
    count = len(messages)
    summary = ngettext("{count:,} message", "{count:,} messages", count).format(count=count)
    yield _HEAD.format(title=title, summary=summary)
    for conversation, several in groupby(messages, attrgetter("conversation")):
        yield f"<h2>{escape(conversation)}</h2>\n"
        for day, rows in groupby(several, lambda each: _local(each.time).date()):
            yield f"<h3>{day_and_month(day)}</h3>\n"
            yield from map(_html_row, rows)
    yield "</body>\n</html>\n"


def _html_row(each: OwnMessage) -> str:
    text = escape(displayed(each.text))
    text = f"<em>{text}</em>" if each.kind == "action" else text
    clock = f"{_local(each.time):%H:%M}"
    return f'<p><time datetime="{iso_of_seconds(each.time)}">{clock}</time> {text}</p>\n'


def _local(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds)
