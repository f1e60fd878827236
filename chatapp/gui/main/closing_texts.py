"""What is asked before the window closes while files are not sent. Does not import tkinter."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from chatapp.client.model.files import Attachment
from chatapp.client.model.network import Network
from chatapp.gui.widgets.text_fit import shorten_middle
from chatapp.languages.translation import _, ngettext

LONGEST_NAME = 60  # characters of a name


def question(networks: Iterable[Network], keeps_drafts: bool) -> str:
    """Return what closing the window would do to files that are not sent; empty if it does no harm.

    Files that wait in a composer do not matter if they are there again at the next start.

    Args:
        keeps_drafts: Whether unsent files are stored, as far as they have a path.
    """
    written: list[Attachment] = []
    sent: list[Attachment] = []
    for network in networks:
        for conversation in network.conversations.values():
            written += conversation.attachments
            sent += (file for each in conversation.pending() for file in each.attachments)
    sent += (each for each in written if each.state == "uploading")
    files = list(dict.fromkeys((*sent, *written)))
    pasted = [each for each in files if not isinstance(each.source, Path)]
    unkept = [] if keeps_drafts else [each for each in files if isinstance(each.source, Path)]
    kept = [each for each in sent if isinstance(each.source, Path)] if keeps_drafts else []
    texts = []
    if sent:
        text = ngettext("{files} is still being sent.", "{files} are still being sent.", len(set(sent)))
        texts.append(text.format(files=_named(sent)))
    if pasted:
        text = ngettext(
            "{files} was pasted and would be lost.", "{files} were pasted and would be lost.", len(pasted)
        )
        texts.append(text.format(files=_named(pasted)))
    if unkept:
        texts.append(_("Not kept: {files}.").format(files=_named(unkept)))
    if kept:
        texts.append(_("Files from this computer are here again at the next start."))
    return "\n".join(texts)


def _named(files: list[Attachment]) -> str:
    """Return the name of a file, or how many there are."""
    count = len(set(files))
    if count == 1:
        return _("“{name}”").format(name=shorten_middle(files[0].name, len, LONGEST_NAME))
    return ngettext("{count} file", "{count} files", count).format(count=count)
