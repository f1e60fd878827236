"""Uploads: what is permitted, reserved, refused and stored."""

from __future__ import annotations

from http import HTTPStatus
from unittest.mock import patch

from chatapp.server.core.inbound import read
from chatapp.server.core.inbox import FileAsked, Received, UploadEnded
from chatapp.server.operations import file_uploads
from chatapp.server.operations.file_uploads import in_words
from chatapp.server.state.file_transfers import FileAnswer, FileFound, FileRequest, HttpReply, UploadPermit
from chatapp.server.storage import file_lists, file_rows
from tests.server.file_service import PATIENT, FileTest, id_of, status_of, stored


class UploadTest(FileTest):
    """`ann` is a guest who may send files."""

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", channel="#c")

    def status(self, size: int | None, name: str = "ann", media_type: str = "") -> int:
        """Ask for an upload; return 201 if it is permitted, else the status of the refusal."""
        request = FileRequest("upload", "", "a.txt", media_type, size, token=self.token(name))
        return status_of(self.request(request))


class Uploads(UploadTest):
    def test_a_file_is_stored_and_its_url_is_the_answer(self) -> None:
        permit = self.begin(self.token("ann"), "hello", "note.txt", media_type="text/plain; charset=utf-8")
        self.assertEqual((permit.name, permit.media_type, permit.most_bytes), ("note.txt", "text/plain", 5))
        reply = self.finish(permit, "hello")
        url = reply.fields["Location"]
        self.assertEqual((reply.status, reply.text), (HTTPStatus.CREATED, f"{url}\n"))
        self.assertTrue(url.endswith(f"/files/{permit.id}/note.txt"))
        self.assertTrue(permit.id.startswith(self.world.files.prefix))
        self.assertEqual(len(permit.id), 28)
        file = self.stored_file(url)
        self.assertEqual((file.sha256, file.size, file.sender), (*stored("hello"), "ann"))

    def test_the_ids_of_two_files_are_different(self) -> None:
        self.assertNotEqual(id_of(self.upload("ann")), id_of(self.upload("ann")))

    def test_the_type_comes_from_the_client_or_from_the_name(self) -> None:
        for name, given, expected in (
            ("a.png", "", "image/png"),
            ("a.png", "application/octet-stream", "image/png"),
            ("a.png", "application/x-www-form-urlencoded", "image/png"),
            ("a.png", "Text/HTML", "text/html"),
            ("a.png", "no type", "image/png"),
            ("a.m4a", "", "audio/mp4"),
            ("a.tar.gz", "", "application/octet-stream"),
            ("a.unknown", "", "application/octet-stream"),
        ):
            with self.subTest(name=name, given=given):
                permit = self.begin(self.token("ann"), "x", name, media_type=given)
                self.assertEqual(permit.media_type, expected)
                self.finish(permit, None)

    def test_the_name_is_cleaned(self) -> None:
        self.assertEqual(self.begin(self.token("ann"), "x", "../a\x00b.txt").name, "ab.txt")

    def test_a_form_is_refused(self) -> None:
        self.assertEqual(self.status(5, media_type="multipart/form-data; boundary=x"), 415)

    def test_a_file_that_is_too_large_is_refused_with_the_limit(self) -> None:
        self.write_config("max_bytes = 2048")
        self.assertEqual(self.status(2048), 201)
        reply = self.refused(FileRequest("upload", size=2049, token=self.token("ann")))
        self.assertEqual(reply.status, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        self.assertIn("2 kB", reply.text)

    def test_an_upload_of_unknown_size_may_have_as_much_as_is_left(self) -> None:
        self.write_config("max_bytes = 100\ntotal_bytes = 150")
        self.upload("ann", "x" * 90)
        answer = self.request(FileRequest("upload", size=None, token=self.token("ann")))
        assert isinstance(answer, UploadPermit)
        self.assertEqual(answer.most_bytes, 60)

    def test_who_may_not_send_is_refused_with_the_reason(self) -> None:
        self.make_account("bob")
        self.write_config('who = "moderators"')
        reply = self.refused(FileRequest("upload", size=1, authorization="Basic Ym9iOnNlc2FtZQ=="))
        self.assertEqual(reply.status, HTTPStatus.FORBIDDEN)
        self.assertIn("Only moderators", reply.text)


class Repetitions(UploadTest):
    """A client has lost its connection, and sends a file again."""

    def repeat(
        self, name: str = "ann", size: int | None = 5, key: str = '"k1"', body: str = "hello"
    ) -> FileAnswer:
        """Ask for another upload, and tell the SHA-256 of its body."""
        sha256 = stored(body).sha256
        return self.request(
            FileRequest("upload", "", "a.txt", "", size, token=self.token(name), key=key, sha256=sha256)
        )

    def permit(self, body: str, key: str = '"k1"') -> UploadPermit:
        return self.begin(self.token("ann"), body, key=key)

    def test_a_file_that_is_stored_is_answered_with_its_link(self) -> None:
        first = self.finish(self.permit("hello"), "hello")
        self.assertEqual(self.repeat(), first)
        self.assertEqual(self.repeat(size=None), first)
        self.assertEqual(file_lists.usage(self.store, "", 0).total, 5)

    def test_a_file_whose_sha256_is_not_told_is_compared_when_it_has_come(self) -> None:
        self.write_config("total_bytes = 5")
        first = self.finish(self.permit("hello"), "hello")
        again = self.permit("hello")
        self.assertEqual((again.most_bytes, again.is_repeated), (5, True))
        self.assertEqual(self.finish(again, "hello"), first)
        self.assertEqual(self.finish(self.permit("other"), "other").status, HTTPStatus.UNPROCESSABLE_ENTITY)
        self.assertEqual(file_rows.all_contents(self.store), {stored("hello").sha256: 5})

    def test_a_file_that_was_broken_off_is_sent_again(self) -> None:
        self.finish(self.permit("hello"), None)
        self.assertIsInstance(self.repeat(), UploadPermit)

    def test_a_file_that_both_tries_have_sent_is_stored_once(self) -> None:
        first, first_link = self.permit("hello"), self.under_way
        second, second_link = self.permit("hello"), self.under_way
        self.under_way = first_link
        url = self.finish(first, "hello").fields["Location"]
        self.under_way = second_link
        self.assertEqual(self.finish(second, "hello").fields["Location"], url)
        self.assertEqual(self.stored_file(url).sha256, stored("hello").sha256)
        self.assertEqual(file_rows.all_contents(self.store), {stored("hello").sha256: 5})

    def test_another_file_with_the_same_key_at_the_same_moment_is_refused(self) -> None:
        first, first_link = self.permit("hello"), self.links[self.under_way]
        second, second_link = self.permit("other"), self.links[self.under_way]
        self.turn(
            UploadEnded(first_link, first, stored("hello")), UploadEnded(second_link, second, stored("other"))
        )
        self.assertEqual(
            [status_of(link.answers[-1]) for link in (first_link, second_link)],
            [HTTPStatus.CREATED, HTTPStatus.UNPROCESSABLE_ENTITY],
        )
        self.assertEqual(file_rows.all_contents(self.store), {stored("hello").sha256: 5})

    def test_a_file_whose_days_are_over_is_sent_again(self) -> None:
        self.write_settings(f"[files]\nkeep_days = 1\n{PATIENT}")
        url = self.finish(self.permit("hello"), "hello").fields["Location"]
        self.say("ann", "CAP REQ chatapp/file-notify")
        self._passed += 86_400
        self.forget()
        self.assertEqual(self.finish(self.permit("other"), "other").fields["Location"], url)
        self.assertIn("NOTE FILES GONE", self.text("ann"))
        self.assertEqual(self.stored_file(url).sha256, stored("other").sha256)
        self.assertTrue(self.exists(url))

    def test_another_key_is_another_file(self) -> None:
        self.finish(self.permit("hello"), "hello")
        self.assertIsInstance(self.repeat(key='"k2"'), UploadPermit)

    def test_a_key_belongs_to_one_user(self) -> None:
        self.enter("bob")
        self.finish(self.permit("hello"), "hello")
        self.assertIsInstance(self.repeat("bob"), UploadPermit)

    def test_another_file_with_the_same_key_is_refused(self) -> None:
        self.finish(self.permit("hello"), "hello")
        for other in (self.repeat(size=6), self.repeat(body="other"), self.repeat(size=None, body="other")):
            self.assertEqual(status_of(other), HTTPStatus.UNPROCESSABLE_ENTITY)


class Limits(UploadTest):
    def test_what_is_sent_in_a_day_is_limited(self) -> None:
        self.write_config("bytes_per_day = 10")
        self.upload("ann", "x" * 6)
        self.assertEqual(self.status(5), 429)
        self.assertEqual(self.status(4), 201)
        self.pass_time(61)
        self.assertEqual(self.status(5), 429)

    def test_guests_of_one_address_share_the_limit_of_a_day(self) -> None:
        self.write_config("bytes_per_day = 10")
        self.enter("bob")
        self.enter("far", address="198.51.100.9")
        self.upload("ann", "x" * 6)
        self.assertEqual(self.status(5, "bob"), 429)
        self.assertEqual(self.status(5, "far"), 201)

    def test_the_number_of_files_in_a_day_is_limited_too(self) -> None:
        with patch.object(file_uploads, "FILES_PER_DAY", 2):
            self.upload("ann", "1")
            self.upload("ann", "2")
            self.assertEqual(self.status(1), 429)

    def test_the_room_for_all_files_is_limited(self) -> None:
        self.write_config("total_bytes = 10")
        self.upload("ann", "x" * 6)
        self.assertEqual(self.status(5), 507)
        self.assertEqual(self.status(4), 201)

    def test_uploads_at_the_same_time_do_not_exceed_a_limit_together(self) -> None:
        self.write_config("total_bytes = 10")
        token = self.token("ann")
        first = self.begin(token, "x" * 6)
        self.assertEqual(self.status(6), 507)
        self.finish(first, None)
        self.assertEqual(self.status(6), 201)

    def test_an_upload_that_ends_while_room_is_looked_up_is_counted(self) -> None:
        self.write_config("total_bytes = 10")
        token = self.token("ann")
        permit = self.begin(token, "x" * 6)
        link = self.links[self.under_way]
        asking = self.connect("asking", is_secure=True)
        with self.jobs_under_way("before"):
            self.turn(FileAsked(asking, FileRequest("upload", size=6, token=token)))
            self.pass_time(1)
            self.turn(UploadEnded(link, permit, stored("x" * 6)))
        (answer,) = asking.answers
        self.assertEqual(status_of(answer), 507)

    def test_a_connection_that_is_lost_frees_what_it_reserved(self) -> None:
        self.write_config("total_bytes = 10")
        self.begin(self.token("ann"), "x" * 6)
        self.hang_up(self.under_way)
        self.assertEqual(self.status(6), 201)

    def test_the_oldest_files_make_room_if_that_is_set(self) -> None:
        self.write_config('total_bytes = 10\nwhen_full = "oldest first"')
        old = self.upload("ann", "a" * 4)
        self.pass_time(1)
        new = self.upload("ann", "b" * 4)
        third = self.upload("ann", "c" * 5)
        self.assertEqual([self.exists(url) for url in (old, new, third)], [False, True, True])

    def test_a_file_larger_than_all_room_deletes_nothing(self) -> None:
        self.write_config('total_bytes = 10\nwhen_full = "oldest first"')
        old = self.upload("ann", "a" * 4)
        self.assertEqual(self.status(11), 507)
        self.assertTrue(self.exists(old))

    def test_no_limits_permit_everything(self) -> None:
        self.write_config("total_bytes = 0\nmax_bytes = 0\nbytes_per_day = 0")
        self.assertEqual(self.status(1 << 40), 201)

    def test_owners_are_told_once_that_there_is_no_room(self) -> None:
        self.write_config("total_bytes = 1")
        self.enter("boss", "mod")
        self.make_operator("boss")
        self.make_operator("mod", "moderator")
        self.assertEqual([self.status(5), self.status(5)], [507, 507])
        self.assertEqual([line[:15] for line in self.got("boss")], ["NOTE FILES FULL"])
        self.assertEqual(self.got("mod"), [])
        self.upload("ann", "x")
        self.assertEqual(self.status(5), 507)
        self.assertEqual(len(self.got("boss")), 1)

    def test_a_full_disk_is_reported_like_a_full_server(self) -> None:
        permit = self.begin(self.token("ann"), "hello")
        link = self.links[self.under_way]
        self.turn(UploadEnded(link, permit, None, is_disk_full=True))
        self.assertEqual(status_of(link.answers[-1]), 507)


class Ends(UploadTest):
    def test_a_broken_upload_leaves_nothing(self) -> None:
        reply = self.finish(self.begin(self.token("ann"), "hello"), None)
        self.assertEqual(reply.status, HTTPStatus.BAD_REQUEST)
        self.assertEqual(file_lists.storage_use(self.store, 9), (0, 0, []))

    def test_an_upload_whose_connection_was_closed_leaves_nothing(self) -> None:
        permit = self.begin(self.token("ann"), "hello")
        link = self.links[self.under_way]
        self.enter("boss", address="192.0.2.99")
        self.make_operator("boss")
        self.core.turn([Received(self.links["boss"], read([b"BAN 192.0.2.7 :spam"]))])
        self.core.turn([UploadEnded(link, permit, stored("hello"))])
        self.assertEqual(file_rows.unused(self.store, 9), [stored("hello").sha256])
        self.assertEqual(file_lists.storage_use(self.store, 0).files, 0)

    def use_account(self) -> None:
        """Log in as ann."""
        self.make_account("ann")
        self.authenticate("ann", "ann")

    def refused_at_the_end(self, permit: UploadPermit) -> HttpReply:
        """End the latest upload, which is refused and leaves nothing."""
        reply = self.finish(permit, "hello")
        self.assertEqual(reply.status, HTTPStatus.FORBIDDEN)
        self.assertEqual(file_rows.unused(self.store, 9), [stored("hello").sha256])
        self.assertEqual(file_lists.storage_use(self.store, 0).files, 0)
        return reply

    def test_an_upload_of_an_account_that_is_deleted_meanwhile_is_refused(self) -> None:
        self.use_account()
        permit = self.begin(self.token("ann"), "hello")
        self.say("ann", "CONFIRM :sesame", "UNREGISTER ann")
        self.refused_at_the_end(permit)

    def test_an_upload_is_refused_if_its_sender_has_another_account_at_its_end(self) -> None:
        self.use_account()
        permit = self.begin(self.token("ann"), "hello")
        self.make_account("dan")
        self.authenticate("ann", "dan")
        self.refused_at_the_end(permit)

    def test_an_upload_of_a_guest_who_leaves_meanwhile_is_refused(self) -> None:
        permit = self.begin(self.token("ann"), "hello")
        self.hang_up("ann")
        self.refused_at_the_end(permit)

    def test_an_upload_of_an_account_that_is_banned_meanwhile_is_refused(self) -> None:
        self.use_account()
        permit = self.begin(self.token("ann"), "hello")
        self.enter("boss", address="192.0.2.99")
        self.make_operator("boss")
        self.say("boss", "BAN ~account:ann :spam")
        self.assertIn("spam", self.refused_at_the_end(permit).text)

    def test_an_upload_is_refused_if_its_sender_may_send_no_files_any_more(self) -> None:
        for settings in ('who = "members"', "enabled = false"):
            with self.subTest(settings):
                permit = self.begin(self.token("ann"), "hello")
                self.write_config(settings)
                self.refused_at_the_end(permit)
                self.write_config("")

    def test_a_user_with_an_account_may_lose_the_chat_during_an_upload(self) -> None:
        self.use_account()
        permit = self.begin(self.token("ann"), "hello")
        self.hang_up("ann")
        self.assertEqual(self.finish(permit, "hello").status, HTTPStatus.CREATED)

    def test_a_guest_who_logs_in_during_an_upload_keeps_it(self) -> None:
        permit = self.begin(self.token("ann"), "hello")
        self.use_account()
        self.assertEqual(self.finish(permit, "hello").status, HTTPStatus.CREATED)

    def test_the_same_contents_are_stored_once(self) -> None:
        one, other = self.upload("ann"), self.upload("ann")
        self.assertNotEqual(one, other)
        use = file_lists.storage_use(self.store, 0)
        self.assertEqual((use.files, use.size), (2, 5))

    def test_files_survive_a_restart_with_their_prefix(self) -> None:
        url = self.upload("ann")
        self.restart()
        self.assertIsInstance(self.download(url), FileFound)


class Words(FileTest):
    def test_sizes_in_words(self) -> None:
        for size, expected in (
            (0, "0 bytes"), (999, "999 bytes"), (1500, "1.5 kB"), (25_000_000, "25 MB"), (2 * 10**9, "2 GB"),
            (10**18, "1000000 TB"),
        ):  # fmt: skip
            self.assertEqual(in_words(size), expected)
