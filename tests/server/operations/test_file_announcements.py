"""Sessions learn where they may send files, and when they may not any more."""

from __future__ import annotations

from unittest.mock import patch

from chatapp.server.operations import file_announcements
from chatapp.server.state.file_transfers import FileRequest
from tests.server.file_service import FileTest, id_of

HOSTS = ("soju.im/FILEHOST", "draft/FILEHOST")


class Announcements(FileTest):
    def hosts(self, name: str) -> list[str | None]:
        """Return the values of both tokens in what a client got; "nothing" for none."""
        found = self.features(name)
        return [found.get(token, "nothing") for token in HOSTS]

    def assertMaySend(self, name: str) -> None:
        """Check that a client was told a URL that is valid."""
        one, other = self.hosts(name)
        self.assertEqual(one, other)
        assert one and one != "nothing"
        self.assertIs(self.world.files.session_of(one.rpartition("/")[2]), self.user(name).sessions[0])

    def register(self, name: str, is_secure: bool = False) -> None:
        self.connect(name, is_secure=is_secure)
        self.say(name, f"NICK {name}", f"USER {name} 0 * :x")

    def test_the_welcome_has_both_tokens(self) -> None:
        self.register("ann")
        self.assertMaySend("ann")

    def test_a_session_with_tls_gets_https_and_others_http(self) -> None:
        self.register("ann", is_secure=True)
        self.register("bob")
        for name, scheme in (("ann", "https:"), ("bob", "http:")):
            url = self.hosts(name)[0]
            assert url
            self.assertEqual(url.partition("//")[0], scheme)

    def test_everybody_learns_how_files_are_recognised_and_limited(self) -> None:
        self.write_config('who = "nobody"\nmax_bytes = 1000\nkeep_days = 3')
        self.register("ann")
        found = self.features("ann")
        self.assertEqual(found["chatapp/FILES"], f"id:{self.world.files.prefix},max:1000,days:3,who:nobody")
        self.assertNotIn("soju.im/FILEHOST", found)

    def test_the_token_stays_the_same_and_ends_with_the_session(self) -> None:
        self.register("ann")
        token = self.token("ann")
        self.say("ann", "ISUPPORT")
        self.assertEqual(self.token("ann"), token)
        self.hang_up("ann")
        self.assertIsNone(self.world.files.session_of(token))

    def test_every_session_has_a_token_of_its_own(self) -> None:
        self.enter_as("ann", "desk", "phone")
        urls = [session.upload_url for session in self.user("ann").sessions]
        self.assertEqual(len(set(urls)), 2)

    def test_nothing_is_announced_where_no_files_are_kept(self) -> None:
        self.world.files.contents = None
        self.register("ann")
        found = self.features("ann")
        self.assertFalse({*HOSTS, "chatapp/FILES"} & found.keys())

    def test_a_person_with_netcat_gets_no_tokens(self) -> None:
        self.enter("ann")
        self.user("ann").sessions[0].set_caps(1 << 62)
        self.write_config('who = "nobody"')
        self.assertEqual(self.text("ann"), "")


class Changes(Announcements):
    """A change of the permission is announced at once."""

    def test_rehash_takes_the_permission_away_and_gives_it_back(self) -> None:
        self.enter("ann")
        token = self.token("ann")
        self.write_config('who = "nobody"')
        self.assertEqual(self.hosts("ann"), [None, None])
        self.assertIsNone(self.world.files.session_of(token))
        self.write_config("")
        self.assertMaySend("ann")
        self.assertNotEqual(self.token("ann"), token)

    def test_switching_files_off_removes_all_tokens(self) -> None:
        self.enter("ann")
        self.write_config("enabled = false")
        found = self.features("ann")
        self.assertEqual([found[name] for name in (*HOSTS, "chatapp/FILES")], [None, None, None])

    def test_a_login_gives_and_a_logout_takes(self) -> None:
        self.write_config('who = "members"')
        self.make_account("ann")
        self.enter("gus")
        self.authenticate("gus", "ann")
        self.assertMaySend("gus")
        self.say("gus", "NICKSERV LOGOUT")
        self.assertEqual(self.hosts("gus"), [None, None])

    def test_a_role_gives_and_its_end_takes(self) -> None:
        self.write_config('who = "moderators"')
        self.enter_as("ann", "ann")
        self.enter_as("boss")
        self.make_operator("boss")
        self.say("boss", "ROLE ann moderator")
        self.assertMaySend("ann")
        self.say("boss", "ROLE ann member")
        self.assertEqual(self.hosts("ann"), [None, None])

    def test_another_address_of_the_server_is_announced(self) -> None:
        self.enter("ann")
        token = self.token("ann")
        self.world.invite_links = lambda: ["ircs://192.168.7.7:5000"]
        self.world.is_shared = lambda: True
        self.write_config("")
        self.assertEqual(self.hosts("ann")[0], f"http://192.168.7.7:5000/upload/{token}")

    def test_nothing_is_sent_when_nothing_changes(self) -> None:
        self.enter("ann")
        self.write_config("")
        self.assertEqual(self.text("ann"), "")


class Deleted(FileTest):
    """Clients that show a file learn that it is gone, while its message stays."""

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", "old", channel="#c")
        self.say("ann", "CAP REQ chatapp/file-notify")
        self.say("bob", "CAP REQ chatapp/file-notify")
        self.forget()

    def gone(self, name: str) -> list[str]:
        return [line.split()[3] for line in self.got(name) if line.startswith("NOTE FILES GONE")]

    def test_all_who_want_to_know_are_told(self) -> None:
        url = self.upload("ann")
        self.say("ann", f"PRIVMSG #c :{url}")
        self.request(FileRequest("delete", id_of(url), token=self.token("ann")))
        self.assertEqual(
            [self.gone(name) for name in ("ann", "bob", "old")], [[id_of(url)], [id_of(url)], []]
        )

    def test_a_file_that_a_moderator_deletes_is_told_of_as_well(self) -> None:
        url = self.upload("ann")
        self.make_operator("bob", "moderator")
        self.forget()
        self.say("bob", f"FILES DELETE {id_of(url)}")
        self.assertEqual(self.gone("ann"), [id_of(url)])

    def test_so_are_those_that_make_room(self) -> None:
        self.write_config('total_bytes = 8\nwhen_full = "oldest first"')
        url = self.upload("ann", "hello")
        self.upload("ann", "world")
        self.assertEqual(self.gone("bob"), [id_of(url)])

    def test_so_many_at_once_that_a_client_would_be_too_slow_are_not_told_of(self) -> None:
        self.write_config('total_bytes = 8\nwhen_full = "oldest first"')
        for digit in range(5):
            self.upload("ann", str(digit))
        with patch.object(file_announcements, "MOST_TOLD", 3):
            self.upload("ann", "a" * 8)
        self.assertEqual(len(self.gone("bob")), 3)
