"""A connection asks the core about files and waits for the answers."""

from __future__ import annotations

import unittest
from http import HTTPStatus
from queue import SimpleQueue
from threading import Thread

from chatapp.server.core.inbox import FileAsked, UploadEnded
from chatapp.server.net.core_door import CoreDoor
from chatapp.server.state.connection import NullConnection
from chatapp.server.state.file_transfers import (
    FileAnswer,
    FileRequest,
    HttpReply,
    StoredContents,
    UploadPermit,
)

DEADLINE = 20.0
REQUEST = FileRequest("download", "id")
PERMIT = UploadPermit("id", "a.txt", "text/plain", 10)
FIRST, SECOND = HttpReply(HTTPStatus.NOT_FOUND), HttpReply(HTTPStatus.CREATED)


class Door(unittest.TestCase):
    """The test is the core; another thread is that of the connection."""

    def setUp(self) -> None:
        self.link = NullConnection()
        self.inbox: SimpleQueue[FileAsked | UploadEnded] = SimpleQueue()
        self.door = CoreDoor(self.link, self.inbox.put)
        self.answers: SimpleQueue[FileAnswer | None] = SimpleQueue()

    def ask(self) -> None:
        thread = Thread(target=lambda: self.answers.put(self.door.ask(REQUEST)))
        thread.start()
        self.addCleanup(thread.join, DEADLINE)

    def test_a_question_waits_for_its_answer(self) -> None:
        for answer in (FIRST, SECOND):
            self.ask()
            self.assertEqual(self.inbox.get(timeout=DEADLINE), FileAsked(self.link, REQUEST))
            self.assertTrue(self.answers.empty())
            self.door.answer(answer)
            self.assertIs(self.answers.get(timeout=DEADLINE), answer)

    def test_an_answer_may_come_before_the_wait(self) -> None:
        door = CoreDoor(self.link, lambda arrival: door.answer(FIRST))
        self.assertIs(door.ask(REQUEST), FIRST)

    def test_the_end_of_an_upload(self) -> None:
        arrivals: list[FileAsked | UploadEnded] = []

        def decide(arrival: FileAsked | UploadEnded) -> None:
            arrivals.append(arrival)
            door.answer(SECOND)

        door = CoreDoor(self.link, decide)
        stored = StoredContents("ab" * 32, 5)
        self.assertIs(door.end_upload(PERMIT, stored), SECOND)
        self.assertIs(door.end_upload(PERMIT, None, is_disk_full=True), SECOND)
        expected = [UploadEnded(self.link, PERMIT, stored), UploadEnded(self.link, PERMIT, None, True)]
        self.assertEqual(arrivals, expected)

    def test_a_closed_connection_gets_no_answer(self) -> None:
        self.ask()
        self.inbox.get(timeout=DEADLINE)
        self.door.close()
        self.assertIsNone(self.answers.get(timeout=DEADLINE))
        self.assertIsNone(self.door.ask(REQUEST))

    def test_an_answer_before_the_end_still_arrives_and_one_after_it_does_not(self) -> None:
        self.door.answer(FIRST)
        self.door.close()
        self.door.answer(SECOND)
        self.assertIs(self.door.ask(REQUEST), FIRST)
        self.assertIsNone(self.door.end_upload(PERMIT, None))
        self.assertIsNone(self.door.end_upload(PERMIT, None))
