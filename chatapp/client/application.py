"""Asking a server for an account, without I/O, where we have none.

    REGISTER ana * password      ->  REGISTER SUCCESS …
                                 or  REGISTER VERIFICATION_REQUIRED …:  VERIFY ana code  ->  VERIFY SUCCESS …

Source  IRCv3 account-registration
"""

from __future__ import annotations

from chatapp.protocol.message import Message

CAPABILITY = "draft/account-registration"
_REGISTER, _VERIFY = "REGISTER", "VERIFY"
_EXISTS = "There is somebody called {account} already, and this is not the password."
_BY_INVITATION = "This server makes accounts by invitation: type the code that you were given."
_WRONG_CODE = "That is no code of an invitation here, or it is used up or too old."


class NotMade(Exception):
    """The server makes no account; the words are for people.

    Takes  wants_code: with the code of an invitation it would
    """

    def __init__(self, words: str, wants_code: bool = False) -> None:
        super().__init__(words)
        self.wants_code = wants_code


class Application:
    """Takes  code: of an invitation; may be empty"""

    def __init__(self, account: str, password: str, code: str) -> None:
        self.is_granted = False
        self._account = account
        self._password = password
        self._code = code

    def begin(self) -> list[Message]:
        return [Message(_REGISTER, [self._account, "*", self._password])]

    def concerns(self, message: Message) -> bool:
        """Whether this is the answer."""
        asked = message.params[0] if message.command == "FAIL" and message.params else message.command
        return asked in (_REGISTER, _VERIFY)

    def hear(self, message: Message) -> list[Message]:
        """What to say to the answer.

        Raises  NotMade
        """
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
        return NotMade(f"The server makes no account: {message.text}.")
