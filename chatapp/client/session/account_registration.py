"""Creates an account on the server where the user has none, without I/O.

    REGISTER ana * password      ->  REGISTER SUCCESS …
                                 or  REGISTER VERIFICATION_REQUIRED …:  VERIFY ana code  ->  VERIFY SUCCESS …

Source: IRCv3 account-registration
"""

from __future__ import annotations

from chatapp.client.incoming.error_texts import nick_refusal_text
from chatapp.languages.translation import N_, _
from chatapp.protocol import names
from chatapp.protocol.message import Message

_REGISTER, _VERIFY = "REGISTER", "VERIFY"
_LATER = "COMPLETE_CONNECTION_REQUIRED"
_EXISTS = N_("The account {account} already exists, and the password is wrong.")
BY_INVITATION = N_("This server creates accounts by invitation only. Enter your invite code.")
_WRONG_CODE = N_("This invite code is wrong, used up or expired.")


def is_early(value: str) -> bool:
    """Return whether a capability with this value creates accounts before the connection is complete."""
    return "before-connect" in (word.partition("=")[0] for word in value.split(","))


class AccountNotCreated(Exception):
    """The server does not create the account.

    Args:
        reason: Why not, as a sentence for the user.
        wants_code: Whether an invite code would help.
    """

    def __init__(self, reason: str, wants_code: bool = False) -> None:
        super().__init__(reason)
        self.wants_code = wants_code


class RegisteredTooEarly(Exception):
    """The server creates accounts only after the welcome, so the request has to be sent again then."""


class AccountRegistration:
    """One request for an account.

    Args:
        account: The name of the account.
        password: The password of the account.
        code: An invite code; empty for none.
        is_early: Whether the account may be requested before the registration is complete.

    Attributes:
        is_granted: Whether the server has created the account.
        is_deferred: Whether the request has to wait for the welcome.
    """

    def __init__(self, account: str, password: str, code: str, is_early: bool = True) -> None:
        self.is_granted = False
        self.is_deferred = not is_early
        self._account = account
        self._password = password
        self._code = code

    def begin(self) -> list[Message]:
        """Return the request."""
        self.is_deferred = False
        return [Message(_REGISTER, [self._account, "*", self._password])]

    def is_answer(self, message: Message) -> bool:
        """Return whether a message answers the request."""
        command = message.params[0] if message.command == "FAIL" and message.params else message.command
        return command in (_REGISTER, _VERIFY)

    def receive(self, message: Message) -> list[Message]:
        """Return what to send after an answer.

        Raises:
            AccountNotCreated: The server refuses.
            RegisteredTooEarly: The request has to wait for the welcome.
        """
        if message.command == "FAIL" and message.params[1:2] == (_LATER,):
            self.is_deferred = True
            raise RegisteredTooEarly
        if message.command == "FAIL":
            raise self._refusal(message)
        if message.params[:1] == ("SUCCESS",):
            self.is_granted = True
            return []
        if self._code:
            return [Message(_VERIFY, [self._account, self._code])]
        raise AccountNotCreated(_(BY_INVITATION), wants_code=True)

    def _refusal(self, message: Message) -> AccountNotCreated:
        """FAIL command code [account] :description."""
        code = message.params[1] if len(message.params) > 1 else ""
        if code == "INVALID_CODE":
            return AccountNotCreated(_(_WRONG_CODE), wants_code=True)
        if code == "ACCOUNT_EXISTS":
            return AccountNotCreated(_(_EXISTS).format(account=self._account))
        if code == "BAD_ACCOUNT_NAME":
            account = self._account
            return AccountNotCreated(names.why_no_nick(account) or nick_refusal_text(account, message.text))
        return AccountNotCreated(
            _("The server did not create an account: {reason}.").format(reason=message.text)
        )
