"""Accounts and the fingerprints of their certificates.

Another process (`run_server.py account …`) may delete an account at any moment. Statements that store rows of
an account therefore store nothing when the account is gone.
"""

from __future__ import annotations

from chatapp.server.state import masks
from chatapp.server.state.accounts import Account, Role
from chatapp.server.storage.statements import Queryable, Save, Statement

_COLUMNS = "name, credentials, role, email, created, number, guest"

_INSERT = Statement(
    "store an account",
    "INSERT OR IGNORE INTO accounts (folded, name, credentials, role, email, created, number, guest)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
)
_UPDATE_CREDENTIALS = Statement("change a password", "UPDATE accounts SET credentials = ? WHERE folded = ?")
_UPDATE_ROLE = Statement("change a role", "UPDATE accounts SET role = ? WHERE folded = ?")
_DELETE = Statement("delete an account", "DELETE FROM accounts WHERE folded = ?")
_INSERT_CERTIFICATE = Statement(
    "store a certificate",
    "INSERT OR REPLACE INTO certificates (fingerprint, account)"
    " SELECT * FROM (SELECT ?, ? AS folded) WHERE folded IN (SELECT folded FROM accounts)",
)
_DELETE_CERTIFICATE = Statement("delete a certificate", "DELETE FROM certificates WHERE fingerprint = ?")

_DROP_HISTORY = Statement(
    "mark the history of an account for deletion", "INSERT OR IGNORE INTO dropped (target) VALUES (?)"
)
_DELETE_MARKERS = Statement("delete markers of an account", "DELETE FROM markers WHERE owner = ?")
_DELETE_METADATA = Statement("delete metadata of an account", "DELETE FROM metadata WHERE owner = ?")
_ORPHAN_CHANNELS = Statement(
    "mark channels without an operator",
    "UPDATE channels SET is_orphan = 1 WHERE id IN (SELECT channel FROM channel_ranks WHERE account = ?)",
)
_DELETE_RANKS = Statement("delete ranks of an account", "DELETE FROM channel_ranks WHERE account = ?")
_DELETE_EXCEPTIONS = Statement(
    "delete exceptions for an account",
    "DELETE FROM channel_lists WHERE mode IN ('e', 'I') AND mask IN (?, ?)",
)


def find(database: Queryable, folded: str) -> Account | None:
    """Return the account with this folded name."""
    row = database.rows(f"SELECT {_COLUMNS} FROM accounts WHERE folded = ?", (folded,)).fetchone()
    return Account(*row) if row else None


def load_all(database: Queryable) -> dict[str, Account]:
    """Return every account by its folded name."""
    accounts = (Account(*row) for row in database.rows(f"SELECT {_COLUMNS} FROM accounts"))
    return {account.folded: account for account in accounts}


def load_certificates(database: Queryable) -> dict[str, str]:
    """Return the folded names of accounts by the fingerprints of their certificates."""
    return dict(database.rows("SELECT fingerprint, account FROM certificates").fetchall())


def insert(account: Account) -> Save:
    """Store a new account, unless there is one of this name."""
    return Save(
        _INSERT,
        (
            account.folded, account.name, account.credentials, account.role, account.email, account.created,
            account.number, account.guest,
        ),
    )  # fmt: skip


def update_credentials(account: Account, credentials: str) -> Save:
    """Change the password. `credentials` has the form of `Credentials.stored`."""
    return Save(_UPDATE_CREDENTIALS, (credentials, account.folded))


def update_role(account: Account, role: Role) -> Save:
    """Change the role of an account."""
    return Save(_UPDATE_ROLE, (role, account.folded))


def insert_certificate(fingerprint: str, account: Account) -> Save:
    """Let a certificate log in to an account."""
    return Save(_INSERT_CERTIFICATE, (fingerprint, account.folded))


def delete_certificate(fingerprint: str) -> Save:
    """Stop a certificate from logging in."""
    return Save(_DELETE_CERTIFICATE, (fingerprint,))


def delete(account: Account) -> list[Save]:
    """Delete an account with the data that a later account of the same name must not inherit."""
    return [*delete_rights(account), Save(_DELETE, (account.folded,))]


def delete_rights(account: Account) -> list[Save]:
    """Delete the data that a later account of the same name must not inherit.

    The history may be large. It is only marked here; retention deletes it a little at a time.
    """
    return [
        Save(_DROP_HISTORY, (account.identity,)),
        Save(_DELETE_MARKERS, (account.identity,)),
        Save(_DELETE_METADATA, (account.identity,)),
        Save(_ORPHAN_CHANNELS, (account.name,)),
        Save(_DELETE_RANKS, (account.name,)),
        Save(_DELETE_EXCEPTIONS, masks.account_masks(account.name)),
    ]
