"""What the client requests about people by itself."""

from __future__ import annotations

from chatapp.client.login import Login, with_name
from chatapp.client.model.changes import MembersChanged, ProfileReceived
from chatapp.client.model.model import Person
from chatapp.client.session.people_watch import MAX_NAMES
from tests.client.base import EVERYTHING, ISUPPORT, ClientTest

METADATA = f"{EVERYTHING} draft/metadata-2 extended-monitor"
MONITOR = f"{ISUPPORT} MONITOR=100"


def without_labels(lines: list[str]) -> list[str]:
    return [line.partition(" ")[2] if line.startswith("@") else line for line in lines]


class PeopleWatchCase(ClientTest):
    def sent_lines(self) -> list[str]:
        return without_labels(self.sent())

    def person(self, nick: str) -> Person:
        return self.client.network.people[nick]


class Names(PeopleWatchCase):
    def register(self, name: str, capabilities: str = METADATA) -> list[str]:
        self.connect(with_name(Login("chat.example", 5000), name))
        self.welcome(capabilities, nick=self.client.login.nick)
        return self.sent_lines()

    def test_a_name_that_is_no_nick_is_set_as_the_display_name_after_the_welcome(self) -> None:
        lines = self.register("Ana María")
        self.assertIn("NICK Ana_Maria", lines)
        self.assertIn("METADATA * SUB display-name color status", lines)
        self.assertIn("METADATA * SET display-name :Ana María", lines)

    def test_a_name_that_is_a_nick_leaves_the_stored_display_name(self) -> None:
        lines = self.register("ana")
        self.assertIn("METADATA * SUB display-name color status", lines)
        self.assertFalse([line for line in lines if "SET" in line])

    def test_a_server_without_metadata_is_not_asked(self) -> None:
        lines = self.register("Ana María", EVERYTHING)
        self.assertFalse([line for line in lines if "METADATA" in line])

    def test_a_taken_nick_is_replaced_when_it_was_only_made_from_the_name(self) -> None:
        self.connect(with_name(Login("chat.example", 5000), "Ana María"))
        self.receive(":srv 433 * Ana_Maria :Nickname is already in use")
        self.assertIn("NICK Ana_Maria_2", self.sent())

    def test_a_protected_nick_asks_for_the_password_instead(self) -> None:
        self.connect(with_name(Login("chat.example", 5000), "Ana María"))
        self.receive(":srv 433 * Ana_Maria :Nickname is registered to an account")
        self.receive(":srv 464 * :-")
        self.assertFalse([line for line in self.sent() if "Ana_Maria_2" in line])

    def test_a_server_that_knows_only_latin_letters_gets_a_latin_nick(self) -> None:
        self.connect(Login("chat.example", 5000, "José"))
        self.receive(":srv 432 * José :Erroneous nickname")
        self.assertIn("NICK Jose", self.sent())

    def test_a_refused_display_name_is_shown_to_the_user(self) -> None:
        self.register("Ana María")
        self.enter(nick="Ana_Maria")
        self.receive(":srv FAIL METADATA KEY_NO_PERMISSION * display-name :Another user has this name")
        shown = [entry.text for each in self.client.network.conversations.values() for entry in each.entries]
        self.assertTrue([text for text in shown if "Another user has this name" in text], shown)

    def change_name(self) -> None:
        """Begin to change the name from `ana` to `Ana Ruiz`."""
        self.register("ana")
        self.enter()
        self.sent()
        self.assertIsNone(self.client.run(None, "/nick Ana Ruiz"))
        self.assertEqual(["METADATA * SET display-name :Ana Ruiz", "PING order-1"], self.sent_lines())

    def shown(self) -> list[str]:
        return [each.text for where in self.client.network.conversations.values() for each in where.entries]

    def test_a_change_of_name_sends_the_display_name_and_then_the_nick(self) -> None:
        self.change_name()
        self.receive(":srv 761 ana ana display-name * :Ana Ruiz", ":srv PONG srv order-1")
        self.assertEqual(["NICK Ana_Ruiz", "PING order-2"], self.sent_lines())
        self.receive(":ana!a@h NICK Ana_Ruiz", ":srv PONG srv order-2")
        self.assertEqual([], self.sent())
        self.assertEqual("Ana Ruiz", self.client.network.display_name("Ana_Ruiz"))

    def test_the_nick_stays_if_the_display_name_is_refused(self) -> None:
        self.change_name()
        self.receive(
            ":srv FAIL METADATA NAME_IN_USE ana display-name :Somebody else has this name",
            ":srv PONG srv order-1",
        )
        self.assertEqual([], self.sent())
        self.assertEqual(["Somebody else has this name"], self.shown()[-1:])
        self.assertEqual("", self.client.sessions.current.login.display_name)

    def test_the_display_name_is_taken_back_if_the_nick_is_refused(self) -> None:
        self.change_name()
        self.receive(":srv 761 ana ana display-name * :Ana Ruiz", ":srv PONG srv order-1")
        self.sent()
        self.receive(":srv 433 ana Ana_Ruiz :Nickname is already in use", ":srv PONG srv order-2")
        self.assertEqual(["METADATA * SET display-name"], self.sent_lines())
        self.assertIn("Ana_Ruiz", self.shown()[-1])

    def test_a_change_to_a_plain_nick_removes_the_display_name(self) -> None:
        self.register("Ana María")
        self.enter(nick="Ana_Maria")
        self.receive(":srv 761 Ana_Maria Ana_Maria display-name * :Ana María")
        self.sent()
        self.assertIsNone(self.client.run(None, "/nick ana"))
        self.assertEqual(["METADATA * SET display-name", "PING order-1"], self.sent_lines())
        self.receive(":srv 766 Ana_Maria Ana_Maria display-name :key not set", ":srv PONG srv order-1")
        self.assertEqual(["NICK ana", "PING order-2"], self.sent_lines())

    def test_without_display_names_a_name_with_spaces_is_refused(self) -> None:
        self.register("ana", EVERYTHING)
        self.enter()
        self.sent()
        self.assertIn("spaces", self.client.run(None, "/nick Ana Ruiz") or "")
        self.assertIsNone(self.client.run(None, "/nick anna"))
        self.assertEqual(["NICK anna"], self.sent())

    def test_the_names_of_authors_who_have_left_are_requested_once(self) -> None:
        self.connect()
        self.welcome(METADATA)
        self.enter()
        self.sent()
        lines = [f"@msgid=m{number} :mia!m@h PRIVMSG #general :{number}" for number in range(3)]
        self.page("#general", *lines)
        self.assertEqual(["METADATA mia GET display-name"], self.sent_lines())
        self.receive(":srv 761 ana mia display-name * :Mia Wong")
        self.assertEqual("Mia Wong", self.client.network.display_name("mia"))
        self.page("#general", *(line.replace("msgid=m", "msgid=n") for line in lines))
        self.assertFalse([line for line in self.sent_lines() if "METADATA" in line])

    def test_a_page_of_many_authors_makes_few_requests(self) -> None:
        self.connect()
        self.welcome(METADATA)
        self.enter()
        self.sent()
        self.page("#general", *(f"@msgid=m{n} :u{n}!m@h PRIVMSG #general :hi" for n in range(200)))
        self.assertEqual(MAX_NAMES, len([line for line in self.sent_lines() if "METADATA" in line]))

    def test_values_that_were_too_many_are_requested_later(self) -> None:
        self.connect()
        self.welcome(METADATA)
        self.enter()
        self.sent()
        self.receive(":srv 774 ana #general 10")
        self.pass_time(9)
        self.assertNotIn("METADATA #general SYNC", self.sent_lines())
        self.pass_time(2)
        self.assertIn("METADATA #general SYNC", self.sent_lines())


class Presence(PeopleWatchCase):
    def open_direct(self, nick: str = "zoe") -> None:
        self.client.open_direct(nick)
        self.client.poll(None)

    def test_the_other_user_of_a_direct_message_is_monitored(self) -> None:
        self.online(capabilities=METADATA, isupport=MONITOR)
        self.open_direct()
        self.assertIn("MONITOR + zoe", self.sent_lines())
        network = self.client.network
        self.receive(":srv 731 ana :zoe")
        self.assertEqual("offline", network.presence("zoe"))
        self.receive(":srv 730 ana :zoe!z@h")
        self.assertEqual("online", network.presence("Zoe"))
        self.assertIn("WHO zoe", self.sent_lines())
        self.receive(":srv 352 ana * z h srv zoe G :0 Zoe")
        self.assertEqual("away", network.presence("zoe"))
        self.receive(":zoe!z@h AWAY")
        self.assertEqual("online", network.presence("zoe"))
        self.receive(":srv 731 ana :zoe")
        self.assertEqual("offline", network.presence("zoe"))

    def test_the_list_of_people_is_shown_again_when_a_partner_comes_or_goes(self) -> None:
        general = self.online(capabilities=METADATA, isupport=MONITOR)
        self.open_direct()
        self.client.open(general)
        for reply in (":srv 731 ana :zoe", ":srv 730 ana :zoe!z@h"):
            self.client.poll(None)
            self.assertIn(MembersChanged(general), self.receive(reply))

    def test_a_server_without_monitor_leaves_the_presence_unknown(self) -> None:
        self.online(capabilities=METADATA)
        self.open_direct()
        self.assertFalse([line for line in self.sent_lines() if line.startswith("MONITOR")])
        self.assertEqual("unknown", self.client.network.presence("zoe"))

    def test_a_full_list_leaves_the_presence_unknown_and_shows_no_error(self) -> None:
        general = self.online(capabilities=METADATA, isupport=f"{ISUPPORT} MONITOR=1")
        self.open_direct("zoe")
        self.open_direct("yan")
        self.assertEqual(["MONITOR + zoe"], [line for line in self.sent_lines() if "MONITOR" in line])
        self.receive(":srv 734 ana 1 zoe :Monitor list is full")
        self.assertEqual("unknown", self.client.network.presence("zoe"))
        self.assertFalse([entry for entry in general.entries if entry.kind == "error"])

    def test_a_member_of_a_shared_channel_stays_known_when_the_partner_leaves_it(self) -> None:
        self.online(capabilities=METADATA, isupport=MONITOR)
        self.open_direct("ben")
        self.receive(":srv 730 ana :ben!b@h", ":ben!b@h PART #general")
        self.assertEqual("online", self.client.network.presence("ben"))

    def test_the_partner_of_a_direct_message_is_monitored_under_the_new_nick(self) -> None:
        self.online(capabilities=METADATA, isupport=MONITOR)
        self.open_direct("ben")
        self.sent()
        self.receive(":ben!b@h NICK benny")
        self.client.poll(None)
        self.assertEqual(["MONITOR - ben", "MONITOR + benny"], self.sent_lines())
        self.assertEqual("online", self.client.network.presence("benny"))

    def test_a_closed_direct_message_is_not_monitored_any_longer(self) -> None:
        self.online(capabilities=METADATA, isupport=MONITOR)
        self.open_direct("zoe")
        network = self.client.network
        self.receive(":srv 730 ana :zoe!z@h")
        self.sent()
        closed = network.find("zoe")
        assert closed
        self.client.leave(closed)
        self.client.poll(None)
        self.assertIn("MONITOR - zoe", self.sent_lines())
        self.assertEqual("unknown", network.presence("zoe"))


class AwayTexts(PeopleWatchCase):
    def test_away_notify_brings_the_reason(self) -> None:
        self.online()
        self.receive(":ben!b@h AWAY :At lunch")
        self.assert_changed(MembersChanged)
        self.assertEqual("At lunch", self.person("ben").away_text)
        self.receive(":ben!b@h AWAY")
        self.assertEqual("", self.person("ben").away_text)

    def test_the_reason_of_a_member_who_is_away_already_is_requested_and_not_shown_as_text(self) -> None:
        general = self.online()
        self.receive(":srv 352 ana #general b h srv ben G@ :0 Ben")
        self.client.poll(None)
        self.assertIn("WHOIS ben", self.sent_lines())
        count = len(general.entries)
        self.receive(
            ":srv 311 ana ben b h * :Ben", ":srv 301 ana ben :In the lab", ":srv 318 ana ben :End of WHOIS"
        )
        self.assertEqual("In the lab", self.person("ben").away_text)
        self.assertEqual(count, len(general.entries))

    def test_reasons_are_requested_one_a_second(self) -> None:
        self.online()
        self.receive(*(f":srv 352 ana #general b h srv {nick} G :0 x" for nick in ("ben", "chen")))
        self.pass_time(0.1)
        first = [line for line in self.sent_lines() if "WHOIS" in line]
        self.assertEqual(1, len(first))
        self.pass_time(1.1)
        self.assertEqual(1, len([line for line in self.sent_lines() if "WHOIS" in line]))

    def test_a_reply_to_the_users_own_whois_is_shown(self) -> None:
        general = self.online()
        self.client.request_profile("ben")
        self.assertIsNone(self.client.run(general, "/whois ben"))
        reply = (":srv 311 ana ben b h * :Ben", ":srv 318 ana ben :End of WHOIS")
        self.receive(*reply)
        self.assertIn("ben is Ben (b@h)", general.entries[-1].text)
        count = len(general.entries)
        self.receive(*reply)
        self.assertEqual(count, len(general.entries))

    def test_a_profile_is_reported_with_its_values(self) -> None:
        self.online()
        self.client.request_profile("ben")
        self.assertIn("WHOIS ben", self.sent_lines())
        self.receive(":srv 330 ana ben BenO :is logged in as", ":srv 318 ana ben :End of WHOIS")
        received = self.assert_changed(ProfileReceived)
        self.assertEqual("BenO", received.reply.account)

    def test_an_unknown_user_makes_no_error(self) -> None:
        general = self.online()
        self.client.request_profile("zoe")
        label = self.sent()[-1].split()[0]
        self.receive(f"{label} :srv 401 ana zoe :No such nick")
        self.assertFalse([entry for entry in general.entries if entry.kind == "error"])
