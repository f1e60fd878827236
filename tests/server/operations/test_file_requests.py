"""Downloads, thumbnails, deletions; and requests on a server that keeps no files."""

from __future__ import annotations

from http import HTTPStatus

from chatapp.protocol.file_ids import THUMBNAIL_BYTES
from chatapp.protocol.timestamps import DAY_MILLISECONDS
from chatapp.server.core.inbox import FileAsked, UploadEnded
from chatapp.server.state.file_transfers import FileFound, FileRequest, FileRequestKind, UploadPermit
from tests.server.file_service import FileTest, id_of, status_of, stored


class Requests(FileTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c")

    def status(self, kind: FileRequestKind, url: str, name: str = "ann") -> int:
        """Make a request with the token of a client; return the status of the answer."""
        return status_of(self.request(FileRequest(kind, id_of(url), token=self.token(name))))


class Downloads(Requests):
    def test_a_file_is_found_with_all_that_is_known_of_it(self) -> None:
        url = self.upload("ann", "hello", "a b.txt")
        created = self._milliseconds()
        expected = FileFound(
            *stored("hello"), "a b.txt", "text/plain", created, created + 90 * DAY_MILLISECONDS
        )
        self.assertEqual(self.download(url), expected)

    def test_a_file_that_is_kept_for_ever_has_no_end(self) -> None:
        url = self.upload("ann")
        self.write_config("keep_days = 0")
        found = self.download(url)
        assert isinstance(found, FileFound)
        self.assertIsNone(found.expires)

    def test_unknown_gone_and_expired_files_get_the_same_answer(self) -> None:
        deleted, expired = self.upload("ann", "a"), self.upload("ann", "b")
        self.status("delete", deleted)
        self.write_config("keep_days = 1")
        self._passed += 86_400
        answers = [
            self.download(deleted), self.download(expired), self.download("https://a/files/unknown/x"),
            self.download(f"https://a/files/{self.world.files.prefix}{'x' * 22}/x"),
        ]  # fmt: skip
        self.assertEqual(len({str(answer) for answer in answers}), 1)
        self.assertEqual(self.refused(FileRequest("download", id_of(expired))).status, HTTPStatus.NOT_FOUND)

    def test_nothing_is_found_while_files_are_switched_off(self) -> None:
        url = self.upload("ann")
        self.write_config("enabled = false")
        for kind in ("download", "thumbnail", "upload", "options", "delete", "put thumbnail"):
            with self.subTest(kind):
                self.assertEqual(self.status(kind, url), 404)
        self.write_config("")
        self.assertTrue(self.exists(url))

    def test_transfers_are_not_counted_as_clients(self) -> None:
        self.connect("web")
        self.ask_for_file("web", FileRequest("options"))
        self.forget()
        self.say("ann", "LUSERS")
        self.assertNotIn("253", self.codes("ann"))

    def test_options_say_that_everything_is_accepted(self) -> None:
        reply = self.refused(FileRequest("options"))
        self.assertEqual((reply.status, reply.fields["Accept-Post"]), (HTTPStatus.NO_CONTENT, "*/*"))


class Thumbnails(Requests):
    def put(self, url: str, size: int | None = 3, media_type: str = "image/png", name: str = "ann") -> int:
        """Send a thumbnail; return the status of the answer."""
        link = self.connect("thumbnail", is_secure=True)
        request = FileRequest("put thumbnail", id_of(url), "", media_type, size, token=self.token(name))
        self.turn(FileAsked(link, request))
        (answer,) = link.answers
        if isinstance(answer, UploadPermit):
            self.assertTrue(answer.is_thumbnail)
            self.turn(UploadEnded(link, answer, stored("png")))
            answer = link.answers[-1]
        return status_of(link.answers[-1])

    def test_the_sender_adds_a_thumbnail_which_all_can_get(self) -> None:
        url = self.upload("ann")
        self.assertEqual(self.status("thumbnail", url), 404)
        self.assertEqual(self.put(url), 204)
        thumbnail = self.request(FileRequest("thumbnail", id_of(url)))
        assert isinstance(thumbnail, FileFound)
        self.assertEqual((thumbnail.sha256, thumbnail.size), stored("png"))
        self.assertEqual(thumbnail.media_type, "image/png")
        found = self.download(url)
        assert isinstance(found, FileFound)
        self.assertEqual(found.thumbnail, thumbnail.sha256)

    def test_thumbnails_are_small_pngs_of_own_files(self) -> None:
        url = self.upload("ann")
        self.assertEqual(self.put(url, media_type="image/jpeg"), 415)
        self.assertEqual(self.put(url, THUMBNAIL_BYTES + 1), 413)
        self.assertEqual(self.put(url, name="bob"), 403)
        self.assertEqual(self.put(url, None), 204)

    def test_a_thumbnail_needs_room_too(self) -> None:
        self.write_config("total_bytes = 8")
        url, full = self.upload("ann", "hello"), self.upload("ann", "abc")
        self.assertEqual(self.put(url), 507)
        self.status("delete", full)
        self.assertEqual(self.put(url), 204)


class Deletions(Requests):
    def test_who_has_sent_a_file_deletes_it(self) -> None:
        url = self.upload("ann")
        self.assertEqual(self.status("delete", url), 204)
        self.assertFalse(self.exists(url))

    def test_a_guest_who_logs_in_keeps_the_files(self) -> None:
        self.make_account("dan")
        url = self.upload("ann", "1")
        permit = self.begin(self.token("ann"), "2")
        link = self.links[self.under_way]
        self.authenticate("ann", "dan")
        self.turn(UploadEnded(link, permit, stored("2")))
        self.assertEqual(self.stored_file(url).owner, self.world.accounts["dan"].identity)
        self.assertEqual(self.status("delete", url), 204)
        self.assertEqual(self.status("delete", f"https://x/files/{permit.id}/a"), 204)

    def test_others_may_not(self) -> None:
        url = self.upload("ann")
        self.assertEqual(self.status("delete", url, "bob"), 403)
        self.assertEqual(self.refused(FileRequest("delete", id_of(url))).status, HTTPStatus.UNAUTHORIZED)
        self.assertTrue(self.exists(url))

    def test_a_moderator_may_and_the_log_says_so(self) -> None:
        url = self.upload("ann", file_name="plan.txt")
        self.enter_as("mod")
        self.make_operator("mod", "moderator")
        self.assertEqual(self.status("delete", url, "mod"), 204)
        self.assertFalse(self.exists(url))
        self.say("mod", "AUDIT")
        self.assertIn("mod: FILES ann deleted plan.txt", self.text("mod"))


class Messages(Requests):
    """Files go with the messages that have sent them."""

    def setUp(self) -> None:
        super().setUp()
        self.enter(
            "cat", channel="#c", caps="message-tags echo-message draft/message-edit batch draft/multiline"
        )

    def write(self, text: str, target: str = "#c") -> str:
        """Send a message as cat, and return its msgid."""
        self.forget()
        self.say("cat", f"PRIVMSG {target} :{text}")
        return next(each.tags["msgid"] for each in self.messages("cat") if each.command == "PRIVMSG")

    def test_a_file_goes_with_its_last_message(self) -> None:
        url = self.upload("cat")
        first, second = self.write(f"see {url}"), self.write(url, "bob")
        self.say("cat", f"REDACT #c {first}")
        self.assertTrue(self.exists(url))
        self.say("cat", f"REDACT bob {second}")
        self.assertFalse(self.exists(url))

    def test_a_file_in_one_of_several_messages_at_once(self) -> None:
        url = self.upload("cat")
        self.forget()
        self.say("cat", "PRIVMSG #c :one", f"PRIVMSG #c :{url}", "PRIVMSG #c :three")
        ids = [each.tags["msgid"] for each in self.messages("cat")]
        self.say("cat", f"REDACT #c {ids[0]}")
        self.assertTrue(self.exists(url))
        self.say("cat", f"REDACT #c {ids[1]}")
        self.assertFalse(self.exists(url))

    def test_files_of_a_multiline_message(self) -> None:
        one, other = self.upload("cat", "1"), self.upload("cat", "2")
        self.forget()
        self.say("cat", "BATCH +1 draft/multiline #c", "@batch=1 PRIVMSG #c :Two files")
        self.say("cat", f"@batch=1 PRIVMSG #c :{one}", f"@batch=1 PRIVMSG #c :{other}", "BATCH -1")
        msgid = next(each.tags["msgid"] for each in self.messages("cat") if "msgid" in each.tags)
        self.say("cat", f"REDACT #c {msgid}")
        self.assertEqual([self.exists(one), self.exists(other)], [False, False])

    def test_a_file_that_is_edited_away_goes(self) -> None:
        url, kept = self.upload("cat", "1"), self.upload("cat", "2")
        msgid = self.write(f"{url} {kept}")
        self.say("cat", f"@draft/target-msgid={msgid};draft/edit-text={kept} EDIT #c")
        self.assertEqual([self.exists(url), self.exists(kept)], [False, True])

    def test_a_file_that_was_not_sent_stays(self) -> None:
        url = self.upload("cat")
        self.say("cat", f"REDACT #c {self.write('hello')}")
        self.assertTrue(self.exists(url))

    def test_nobody_else_makes_a_file_go(self) -> None:
        url = self.upload("ann")
        self.say("cat", f"REDACT bob {self.write(url, 'bob')}")
        self.assertTrue(self.exists(url))

    def test_search_finds_links_to_files_whatever_their_ending_is(self) -> None:
        url = self.upload("cat", file_name="Makefile")
        self.write(f"take {url}")
        self.write("no file")
        self.forget()
        self.say("cat", "SEARCH has=file")
        found = [each.params[1] for each in self.messages("cat") if each.command == "PRIVMSG"]
        self.assertEqual(found, [f"take {url}"])
