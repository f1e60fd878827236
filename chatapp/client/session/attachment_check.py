"""Finds out how large a file for the composer is, and why it cannot be sent."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from chatapp.client.files.disk_errors import why_not_read
from chatapp.client.model.file_service import size_problem
from chatapp.client.model.files import Attachment
from chatapp.client.model.network import Network
from chatapp.languages.translation import _


def check(network: Network, attachment: Attachment) -> None:
    """Find out the size of a file, and why it cannot be sent."""
    source, name = attachment.source, attachment.name
    try:
        size = len(source) if isinstance(source, bytes) else _size_of(source)
    except FileNotFoundError:
        attachment.state, attachment.problem = "failed", _("There is no file “{name}”.").format(name=name)
        return
    except OSError as error:
        attachment.state, attachment.can_retry = "failed", False
        reason = why_not_read(error)
        attachment.problem = _("“{name}” cannot be read. {reason}").format(name=name, reason=reason)
        return
    attachment.size = attachment.total = size
    attachment.problem = size_problem(network, name, size)
    if attachment.problem:
        attachment.state = "too-large"
    elif not size:
        attachment.state, attachment.can_retry = "failed", False
        attachment.problem = _("“{name}” is empty.").format(name=name)


def _size_of(path: Path) -> int:
    """Return the size of a file.

    Raises:
        OSError: It is none, or cannot be read.
    """
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        code = errno.EISDIR if stat.S_ISDIR(found.st_mode) else errno.ENOTSUP
        raise OSError(code, os.strerror(code))
    return found.st_size
