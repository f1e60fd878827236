"""Why a file could not be read or written."""

from __future__ import annotations

import errno
import unittest

from chatapp.client.files.disk_errors import why_not_read, why_not_written


class DiskErrors(unittest.TestCase):
    def test_the_reason_is_a_sentence(self) -> None:
        self.assertEqual("The disk is full.", why_not_written(OSError(errno.ENOSPC, "no space")))
        self.assertEqual("It is a folder.", why_not_read(OSError(errno.EISDIR, "is a directory")))

    def test_a_rare_one_has_the_words_of_the_system(self) -> None:
        self.assertEqual("Input/output error.", why_not_written(OSError(errno.EIO, "Input/output error")))
        self.assertEqual("strange.", why_not_read(OSError("strange")))
