"""`run_server.py account …`: manages accounts directly in the database.

A running server checks every second for changes made here. A new account, password or role takes effect then;
sessions that are logged in with an old password stay logged in. Users of a deleted account are logged out.
"""

from __future__ import annotations

import argparse
import getpass
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from chatapp.protocol import names
from chatapp.protocol.printable import escape_controls
from chatapp.protocol.timestamps import iso
from chatapp.server.cli.options import Run, Subcommands, add_data_option
from chatapp.server.config import AccountsConfig, LimitsConfig
from chatapp.server.operations.account_changes import hash_password
from chatapp.server.state import message_ids
from chatapp.server.state.accounts import ROLES, Account, BadPassword, check_password, is_account_name
from chatapp.server.storage import account_rows, audit_log, data_folder, settings
from chatapp.server.storage.database import Database
from chatapp.server.storage.statements import Save
from chatapp.system.processes import make_new_files_private


class CannotChange(ValueError):
    """An account cannot be changed as requested; the message says why and what to do."""


def add_to(commands: Subcommands) -> None:
    """Add `run_server.py account add | password | role | delete | list | hash`."""
    parser = commands.add_parser("account", help="manage accounts, also while the server runs")
    actions = parser.add_subparsers(required=True, metavar="action")
    add = _action(actions, "add", "add an account", _add, with_name=True)
    add.add_argument("--role", choices=ROLES, default="member", help="its role (default: member)")
    _action(actions, "password", "change the password of an account", _password, with_name=True)
    role = _action(actions, "role", "change the role of an account", _role, with_name=True)
    role.add_argument("role", choices=ROLES)
    text = "delete an account with its direct messages and channel ranks"
    _action(actions, "delete", text, _delete, with_name=True)
    _action(actions, "list", "list all accounts", _list)
    _action(actions, "hash", "print the hash of a password, for [operators] in the configuration", _hash)


def _action(
    actions: Subcommands, name: str, text: str, run: Run, with_name: bool = False
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
    if with_name:
        parser.add_argument("name", metavar="NAME", help="the account name")
    add_data_option(parser)
    parser.set_defaults(run=run)
    return parser


def _add(options: argparse.Namespace) -> int:
    name = names.normalize(options.name)
    if not is_account_name(name, LimitsConfig().nick):
        why = names.why_no_nick(name, LimitsConfig().nick) or "It is reserved for a service."
        raise CannotChange(f"{name!r} is not a valid account name. {why}")
    with _store(options, is_new=True) as store:
        if names.fold(name) in account_rows.load_all(store):
            raise CannotChange(f"the account {name} exists already; change it with `account password`")
        credentials = hash_password(read_password())
        now = int(time.time() * 1000)
        account = Account(name, credentials, options.role, "", now, message_ids.random_id(now))
        _write(store, name, f"added as {options.role}", account_rows.insert(account))
        if account_rows.load_all(store).get(account.folded) != account:
            raise CannotChange(f"another process has just added the account {name}")
    print(f"Added account {name} with role {options.role}")
    return 0


def _password(options: argparse.Namespace) -> int:
    with _store(options) as store:
        account = _account(store, options.name)
        credentials = hash_password(read_password())
        _write(store, account.name, "password changed", account_rows.update_credentials(account, credentials))
    print(f"Changed the password of {account.name}")
    return 0


def _role(options: argparse.Namespace) -> int:
    with _store(options) as store:
        account = _account(store, options.name)
        _write(store, account.name, options.role, account_rows.update_role(account, options.role))
    print(f"Changed the role of {account.name} to {options.role}")
    return 0


def _delete(options: argparse.Namespace) -> int:
    with _store(options) as store:
        account = _account(store, options.name)
        _write(store, account.name, "deleted", *account_rows.delete(account))
    print(f"Deleted account {account.name}")
    return 0


def _list(options: argparse.Namespace) -> int:
    with _store(options) as store:
        accounts = sorted(account_rows.load_all(store).values(), key=lambda account: account.folded)
    for account in accounts:
        date = iso(account.created)[:10]
        row = f"{account.name:{LimitsConfig().nick}} {account.role:9} {date} {account.email}"
        print(escape_controls(row.rstrip()))
    if not accounts:
        print("No accounts")
    return 0


def _hash(options: argparse.Namespace) -> int:
    print(hash_password(read_password()))
    return 0


def read_password() -> str:
    """Read a password: typed twice at a terminal, else one line of standard input.

    Raises:
        CannotChange: There is none, the two differ, or it is not allowed.
    """
    try:
        if _is_terminal():
            password = getpass.getpass("Password: ")
            if getpass.getpass("Repeat password: ") != password:
                raise CannotChange("the passwords do not match; nothing was changed")
        else:
            password = sys.stdin.readline().rstrip("\r\n")
        check_password(password, LimitsConfig().password, AccountsConfig().shortest_password)
    except EOFError:
        raise CannotChange("no password was entered; nothing was changed") from None
    except UnicodeError:
        raise CannotChange("the password is not valid text; nothing was changed") from None
    except BadPassword as error:
        raise CannotChange(f"{error}; nothing was changed") from error
    return password


def _is_terminal() -> bool:
    return sys.stdin.isatty()


@contextmanager
def _store(options: argparse.Namespace, is_new: bool = False) -> Iterator[Database]:
    """Open the database, which a running server may use too.

    Args:
        is_new: Whether it is created if it is missing.
    """
    make_new_files_private()
    if is_new:
        data = options.data or data_folder.default_folder()
        data_folder.create(data)
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
        raise CannotChange(f"there is no account {name}; `account list` shows all accounts")
    return account


def _write(store: Database, name: str, action: str, *saves: Save) -> None:
    """Write changes of an account, an entry of the moderation log, and a note for a running server."""
    now = time.time_ns()
    entry = audit_log.insert_by_command_line(now // 1_000_000, "ACCOUNT", name, action)
    changed = settings.upsert(settings.ACCOUNTS_CHANGED, str(now).encode())
    store.write([*saves, entry, changed])
