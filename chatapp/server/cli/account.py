"""`run_server.py account …`: who has an account, seen to in the database itself.

A server that runs looks every second whether something was changed here. A new account, a new password and
a new role hold from then on; who is logged in with an old password stays so. Who uses an account that is
deleted is logged out.
"""

from __future__ import annotations

import argparse
import getpass
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from chatapp.protocol import names
from chatapp.protocol.printable import visible
from chatapp.server.cli.options import Subcommands, add_data_option
from chatapp.server.config import AccountsConfig, LimitsConfig
from chatapp.server.operations.account_changes import hashed_password
from chatapp.server.state import message_ids
from chatapp.server.state.accounts import ROLES, Account, BadPassword, check_password, is_account_name
from chatapp.server.storage import account_rows, audit_log, data_folder, settings
from chatapp.server.storage.audit_log import AuditEntry
from chatapp.server.storage.database import Database
from chatapp.server.storage.statements import Save
from chatapp.system.processes import make_new_files_private

Run = Callable[[argparse.Namespace], int]


class CannotChange(ValueError):
    """An account cannot be changed like this; the words say why and what to do."""


def add_to(commands: Subcommands) -> None:
    """`run_server.py account add | password | role | delete | list | hash`"""
    parser = commands.add_parser("account", help="make, change and list accounts, also while a server runs")
    actions = parser.add_subparsers(required=True, metavar="action")
    add = _action(actions, "add", "make an account", _add, with_name=True)
    add.add_argument("--role", choices=ROLES, default="member", help="member if not given")
    _action(actions, "password", "give an account another password", _password, with_name=True)
    role = _action(actions, "role", "make somebody owner, moderator or member", _role, with_name=True)
    role.add_argument("role", choices=ROLES)
    words = "delete an account, with its direct messages and its ranks in channels"
    _action(actions, "delete", words, _delete, with_name=True)
    _action(actions, "list", "list all accounts", _list)
    _action(actions, "hash", "print what is kept of a password, for [operators]", _hash)


def _action(
    actions: Subcommands, name: str, words: str, run: Run, with_name: bool = False
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=words, description=words.capitalize())
    if with_name:
        parser.add_argument("name", metavar="NAME", help="the name of the account")
    add_data_option(parser)
    parser.set_defaults(run=run)
    return parser


def _add(options: argparse.Namespace) -> int:
    name = names.normal(options.name)
    if not is_account_name(name, LimitsConfig().nick):
        why = names.why_no_nick(name, LimitsConfig().nick) or "It is the name of a service."
        raise CannotChange(f"{name!r} cannot be the name of an account. {why}")
    with _store(options, is_new=True) as store:
        if names.fold(name) in account_rows.load_all(store):
            raise CannotChange(f"there is an account {name} already; give it another password instead")
        credentials = hashed_password(read_password())
        now = int(time.time() * 1000)
        account = Account(name, credentials, options.role, "", now, message_ids.random_id(now))
        _write(store, name, f"made, as {options.role}", account_rows.insert(account))
        if account_rows.load_all(store).get(account.folded) != account:
            raise CannotChange(f"another process has just made the account {name}; give it another password")
    print(f"The account {name} is made; its role is {options.role}")
    return 0


def _password(options: argparse.Namespace) -> int:
    with _store(options) as store:
        account = _account(store, options.name)
        credentials = hashed_password(read_password())
        _write(store, account.name, "new password", account_rows.update_credentials(account, credentials))
    print(f"{account.name} has a new password")
    return 0


def _role(options: argparse.Namespace) -> int:
    with _store(options) as store:
        account = _account(store, options.name)
        _write(store, account.name, options.role, account_rows.update_role(account, options.role))
    print(f"The role of {account.name} is {options.role}")
    return 0


def _delete(options: argparse.Namespace) -> int:
    with _store(options) as store:
        account = _account(store, options.name)
        _write(store, account.name, "deleted", *account_rows.delete(account))
    print(f"The account {account.name} is deleted")
    return 0


def _list(options: argparse.Namespace) -> int:
    with _store(options) as store:
        accounts = sorted(account_rows.load_all(store).values(), key=lambda account: account.folded)
    for account in accounts:
        day = datetime.fromtimestamp(account.created / 1000, UTC).strftime("%Y-%m-%d")
        row = f"{account.name:{LimitsConfig().nick}} {account.role:9} {day} {account.email}"
        print(visible(row.rstrip()))
    if not accounts:
        print("There are no accounts")
    return 0


def _hash(options: argparse.Namespace) -> int:
    print(hashed_password(read_password()))
    return 0


def read_password() -> str:
    """A password, typed twice at a terminal, else one line of the standard input.

    Raises  CannotChange
    """
    try:
        if _is_terminal():
            password = getpass.getpass("Password: ")
            if getpass.getpass("Again: ") != password:
                raise CannotChange("these were two different passwords; nothing is changed")
        else:
            password = sys.stdin.readline().rstrip("\r\n")
        check_password(password, LimitsConfig().password, AccountsConfig().shortest_password)
    except EOFError:
        raise CannotChange("no password was given; nothing is changed") from None
    except UnicodeError:
        raise CannotChange("the password is not text that can be read; nothing is changed") from None
    except BadPassword as bad:
        raise CannotChange(f"{bad}; nothing is changed") from bad
    return password


def _is_terminal() -> bool:
    return sys.stdin.isatty()


@contextmanager
def _store(options: argparse.Namespace, is_new: bool = False) -> Iterator[Database]:
    """The database, beside a server that may use it. Takes  is_new: it need not be there yet"""
    make_new_files_private()
    if is_new:
        data = options.data or data_folder.default_folder()
        data_folder.make(data)
        store = Database(data / data_folder.DATABASE)
    else:
        store = Database(data_folder.database(options.data))
    try:
        yield store
    finally:
        store.close()


def _account(store: Database, name: str) -> Account:
    account = account_rows.load_all(store).get(names.fold(name))
    if account is None:
        raise CannotChange(f"there is no account {name}; `account list` shows which there are")
    return account


def _write(store: Database, name: str, words: str, *saves: Save) -> None:
    """Write, tell the audit log, and tell a server that runs. Takes  words: what is done to this account"""
    now = time.time_ns()
    act = AuditEntry(now // 1_000_000, "run_server.py", "", "ACCOUNT", name, words)
    changed = settings.upsert(settings.ACCOUNTS_CHANGED, str(now).encode())
    store.write([*saves, audit_log.insert(act), changed])
