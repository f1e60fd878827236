"""Protect the name, change the password, give the name up: in place, with words for every outcome."""

from __future__ import annotations

from chatapp.gui.settings.account_password import CHANGED, GIVEN_UP
from chatapp.gui.settings.account_texts import DIFFERENT, EMPTY, PROTECTED_NOW
from tests.gui.settings.account_case import LOGGED_IN, SESSIONS, AccountCase


class Protecting(AccountCase):
    def setUp(self) -> None:
        super().setUp()
        self.part = self.page.password
        self.form = self.part.protect_form
        self.part.protect.invoke()
        self.settle()

    def fill(self, **values: str) -> None:
        for key, value in values.items():
            self.form.fields[key].value = value
        self.form.button.invoke()

    def test_it_needs_no_new_connection_and_ends_with_a_word_of_success(self) -> None:
        self.fill(new="correct horse", again="correct horse")
        self.form.button.invoke()  # a second click does nothing
        self.answer("REGISTER * * :correct horse", ":s REGISTER SUCCESS ana :Created", LOGGED_IN)
        self.until(lambda: self.part.words.text == PROTECTED_NOW)
        self.assertTrue(self.part.words.is_good)
        self.assertFalse(self.form.winfo_manager())
        self.assertEqual(self.form.fields["new"].value, "")
        self.assertEqual(self.client.login.password, "correct horse")
        self.answer("SESSIONS", *SESSIONS)
        self.assertTrue(self.nothing_was_sent("REGISTER"))

    def test_mistakes_stand_below_their_field_and_nothing_is_sent(self) -> None:
        self.fill(new="", again="")
        self.assertEqual(self.form.fields["new"].error, EMPTY)
        self.fill(new="correct horse", again="correct house")
        self.assertEqual((self.form.fields["new"].error, self.form.fields["again"].error), ("", DIFFERENT))
        self.assertTrue(self.nothing_was_sent("REGISTER"))

    def test_a_refusal_keeps_what_was_typed(self) -> None:
        self.fill(new="abc", again="abc")
        self.answer("REGISTER", ":s FAIL REGISTER WEAK_PASSWORD ana :A password has at least 4 characters")
        self.until(lambda: bool(self.form.fields["again"].error))
        self.assertEqual(self.form.fields["again"].error, "A password has at least 4 characters.")
        self.assertFalse(self.form.is_busy)

    def test_an_invite_code_is_asked_for_when_it_is_needed(self) -> None:
        self.assertFalse(self.form.fields["code"].winfo_manager())
        self.fill(new="correct horse", again="correct horse")
        wanted = ":s REGISTER VERIFICATION_REQUIRED ana :You need an invitation"
        self.answer("REGISTER", wanted)
        self.until(lambda: bool(self.form.fields["code"].error))
        self.fill(code="K7QX-29FM")
        self.answer("REGISTER", wanted)
        self.answer("VERIFY ana K7QX-29FM", ":s VERIFY SUCCESS ana :Created", LOGGED_IN)
        self.until(lambda: self.part.words.text == PROTECTED_NOW)

    def test_escape_closes_the_form_and_not_the_window(self) -> None:
        entry = self.form.fields["new"].entry
        self.focus(entry)
        self.press(entry, "<Escape>")
        self.assertFalse(self.form.winfo_manager())
        self.assertTrue(self.settings_window.winfo_viewable())
        self.until(lambda: bool(self.part.protect.winfo_viewable()))

    def test_a_lost_connection_hides_it(self) -> None:
        self.fill(new="correct horse", again="correct horse")
        self.until(lambda: self.server.received("REGISTER"))
        self.client.disconnect()
        self.until(lambda: not self.part.winfo_viewable())


class Members(AccountCase):
    def setUp(self) -> None:
        super().setUp()
        self.part = self.page.password
        self.log_in()

    def test_it_says_since_when_the_name_is_protected(self) -> None:
        self.until(lambda: "since 3 February" in self.part.words.text)

    def test_the_password_is_changed_with_the_old_one(self) -> None:
        self.part.change.invoke()
        form = self.part.change_form
        for key, value in (("old", "wrong"), ("new", "open up"), ("again", "open up")):
            form.fields[key].value = value
        form.button.invoke()
        self.answer("CONFIRM wrong", ":s FAIL CONFIRM WRONG_PASSWORD ana :This password is wrong")
        self.until(lambda: form.fields["old"].error == "This password is wrong.")
        form.fields["old"].value = "sesame"
        form.button.invoke()
        self.answer("CONFIRM sesame", ":s NOTE CONFIRM DONE ana :x")
        self.answer("SETPASS :open up", ":s NOTE SETPASS CHANGED ana :x")
        self.until(lambda: self.part.words.text == CHANGED)

    def test_the_name_is_given_up_with_the_password(self) -> None:
        self.part.give_up.invoke()
        form = self.part.give_up_form
        form.button.invoke()
        self.assertEqual(form.fields["old"].error, EMPTY)
        form.fields["old"].value = "sesame"
        form.button.invoke()
        self.answer("CONFIRM", ":s NOTE CONFIRM DONE ana :x")
        self.answer("UNREGISTER ana", ":s NOTE UNREGISTER DONE ana :x", ":s 901 ana ana!a@h :Out")
        self.until(lambda: self.part.words.text == GIVEN_UP)
        self.assertFalse(self.part.words.is_good)
        self.until(lambda: bool(self.part.protect.winfo_viewable()))


class GuestWithKey(AccountCase):
    def test_the_name_is_kept_only_for_a_while(self) -> None:
        self.assertIn("Anybody can take your name", self.page.password.words.text)
        self.client.network.capabilities |= {"chatapp/guest-key"}
        self.page.password.show(self.client.network)
        self.assertIn("away for a long time", self.page.password.words.text)


class ForeignServer(AccountCase):
    tokens = "NICKLEN=30"

    def test_only_what_it_has_is_offered(self) -> None:
        self.assertTrue(self.page.password.protect.winfo_viewable())
        self.server.send(LOGGED_IN)
        self.until(lambda: "is protected." in self.page.password.words.text)
        self.settle()
        for button in (self.page.password.change, self.page.password.give_up, self.page.delete):
            self.assertFalse(button.winfo_viewable())
