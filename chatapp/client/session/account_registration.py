"""Asking a server for an account, without I/O, where we have none.

    REGISTER ana * password      ->  REGISTER SUCCESS …
                                 or  REGISTER VERIFICATION_REQUIRED …:  VERIFY ana code  ->  VERIFY SUCCESS …

Source  IRCv3 account-registration
"""

from __future__ import annotations

from chatapp.client.incoming.error_texts import nick_refusal_text
from chatapp.protocol import names
from chatapp.protocol.message import Message

CAPABILITY = "draft/account-registration"
_REGISTER, _VERIFY = "REGISTER", "VERIFY"
_LATER = "COMPLETE_CONNECTION_REQUIRED"
_EXISTS = "There is somebody called {account} already, and this is not the password."
_BY_INVITATION = "This server makes accounts by invitation: type the code that you were given."
_WRONG_CODE = "That is no code of an invitation here, or it is used up or too old."


def is_early(value: str) -> bool:
    """Whether a server with this value of the capability makes accounts before the connection is complete."""
    return "before-connect" in (word.partition("=")[0] for word in value.split(","))


class NotMade(Exception):
    """The server makes no account; the words are for people.

    Takes  wants_code: with the code of an invitation it would
    """

    def __init__(self, words: str, wants_code: bool = False) -> None:
        super().__init__(words)
        self.wants_code = wants_code


class TooEarly(Exception):
    """The server makes accounts, but only when we are connected: ask again then."""


class AccountRegistration:
    """An account that is asked for.

    Args:
        code: Of an invitation; may be empty.
        is_early: Whether it may be asked for before the connection is complete.
    """

    def __init__(self, account: str, password: str, code: str, is_early: bool = True) -> None:
        self.is_granted = False
        self.waits = not is_early  # for the end of the registration
        self._account = account
        self._password = password
        self._code = code

    def begin(self) -> list[Message]:
        self.waits = False
        return [Message(_REGISTER, [self._account, "*", self._password])]

    def concerns(self, message: Message) -> bool:
        """Whether this is the answer."""
        asked = message.params[0] if message.command == "FAIL" and message.params else message.command
        return asked in (_REGISTER, _VERIFY)

    def hear(self, message: Message) -> list[Message]:
        """What to say to the answer.

        Raises:
            NotMade: It is refused.
            TooEarly: It has to wait for the end of the registration.
        """
        if message.command == "FAIL" and message.params[1:2] == (_LATER,):
            self.waits = True
            raise TooEarly
        if message.command == "FAIL":
            raise self._refusal(message)
        if message.params[:1] == ("SUCCESS",):
            self.is_granted = True
            return []
        if self._code:
            return [Message(_VERIFY, [self._account, self._code])]
        raise NotMade(_BY_INVITATION, wants_code=True)

    def _refusal(self, message: Message) -> NotMade:
        """FAIL command code [account] :words."""
        code = message.params[1] if len(message.params) > 1 else ""
        if code == "INVALID_CODE":
            return NotMade(_WRONG_CODE, wants_code=True)
        if code == "ACCOUNT_EXISTS":
            return NotMade(_EXISTS.format(account=self._account))
        if code == "BAD_ACCOUNT_NAME":
            account = self._account
            return NotMade(names.why_no_nick(account) or nick_refusal_text(account, message.text))
        return NotMade(f"The server makes no account: {message.text}.")
