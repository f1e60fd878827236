"""The databases of the bench `growth`: channels, users who stay in a channel, messages and their index."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from chatapp.server.state.accounts import Account
from chatapp.server.state.channel import Channel
from chatapp.server.state.user import User
from chatapp.server.storage import account_rows, channel_rows, data_folder, persistent_users
from chatapp.server.storage.database import Database
from chatapp.server.storage.statements import Save
from tests.bench.stored_messages import StoredMessages

CHANNELS_WITH_MESSAGES = 10  # named #bench0 and so on


@dataclass(frozen=True, slots=True)
class Amounts:
    """The amounts of data; by default the smallest ones.

    Args:
        members: Of one channel while clients are connected; also the users who stay in #bench0 without one.
        channels: Stored ones.
        messages: Stored ones.
    """

    members: int = 10
    channels: int = CHANNELS_WITH_MESSAGES
    messages: int = 1_000


@contextmanager
def prepared(amounts: Amounts, kept: Path | None) -> Iterator[Path]:
    """Return a data folder with these amounts.

    Args:
        kept: Where the folder is kept for later runs, or was kept by an earlier one; None to delete it.
    """
    with TemporaryDirectory(prefix="chatapp-bench-", dir=kept) as temporary:
        folder = Path(temporary)
        if kept is None:
            _write(folder, amounts)
            yield folder
            return
        place = kept / "-".join(f"{count}-{name}" for name, count in asdict(amounts).items())
        if not place.exists():
            _write(folder, amounts)
            place.mkdir()
            for path in folder.iterdir():
                path.replace(place / path.name)
        yield place


def _write(folder: Path, amounts: Amounts) -> None:
    StoredMessages(amounts.messages, CHANNELS_WITH_MESSAGES).write(folder)
    now = int(time.time() * 1000)
    database = Database(folder / data_folder.DATABASE)
    channels = [Channel(number + 1, f"#bench{number}", now) for number in range(amounts.channels)]
    for channel in channels:
        channel.topic = "Kept"  # an empty channel without a topic would end
    database.write([channel_rows.upsert(channel) for channel in channels])
    database.write(
        [save for number in range(amounts.members) for save in _absent_user(number, channels[0], now)]
    )
    database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


def _absent_user(number: int, channel: Channel, now: int) -> list[Save]:
    """Store an account whose user stays in a channel. Nobody can log in to it."""
    account = Account(f"absent{number}", "", "member", "", now, number + 1)
    user = User(number + 1, account.name, "user", "bench.people", account.name, now)
    user.set_account(account)
    return [
        account_rows.insert(account),
        persistent_users.upsert(user, now),
        persistent_users.insert_channel(user, channel),
    ]
