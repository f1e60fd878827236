"""Requests about files and their answers."""

from __future__ import annotations

from chatapp.server.state.file_transfers import FileRequest, HttpReply
from tests.server.base import ServerTest


class Requests(ServerTest):
    def test_an_unknown_file_is_not_found(self) -> None:
        self.connect("web")
        answer = self.ask_for_file("web", FileRequest("download", "unknown"))
        assert isinstance(answer, HttpReply)
        self.assertEqual(answer.status, 404)
