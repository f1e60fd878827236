"""What is asked before the window closes while files are not sent. Does not import tkinter."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from chatapp.client.model.files import Attachment
from chatapp.client.model.network import Network
from chatapp.gui.main.attachment_texts import SHORT_NAME
from chatapp.gui.widgets.text_fit import shorten_middle
from chatapp.languages.translation import _, ngettext


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
        text = ngettext(
            "“{name}” is still being sent.", "{count} files are still being sent.", len(set(sent))
        )
        texts.append(_filled(text, sent))
    if pasted:
        text = ngettext(
            "“{name}” was pasted and would be lost.", "{count} pasted files would be lost.", len(pasted)
        )
        texts.append(_filled(text, pasted))
    if unkept:
        text = ngettext(
            "“{name}” would have to be chosen again.",
            "{count} files would have to be chosen again.",
            len(unkept),
        )
        texts.append(_filled(text, unkept))
    if kept:
        texts.append(_("Files from this computer are here again at the next start."))
    return "\n".join(texts)


def _filled(text: str, files: list[Attachment]) -> str:
    return text.format(name=shorten_middle(files[0].name, len, SHORT_NAME), count=len(set(files)))
