"""The values that connections and the core exchange about files."""

from __future__ import annotations

import unittest
from http import HTTPStatus

from chatapp.server.state.file_transfers import FileRequest, HttpReply


class Values(unittest.TestCase):
    def test_secrets_are_not_shown(self) -> None:
        request = FileRequest("upload", authorization="Basic secret", token="secret")
        self.assertNotIn("secret", repr(request))

    def test_a_reply_has_no_fields_unless_they_are_given(self) -> None:
        self.assertEqual(HttpReply(HTTPStatus.NOT_FOUND).fields, {})
