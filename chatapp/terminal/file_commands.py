"""Slash commands about files: send one, list those of a conversation, save one.

/send plan.pdf                     the file
/send "holiday plan.pdf" look      with a message; quotes are needed only before one
/send --as-is photo.jpg            a damaged picture, with the data about its place that cannot be removed
/send yes, /send no                the answer, while a file waits for it
/files                             1 is the latest
/save, /save 2, /save 2 ~/plans    into the folder for downloads, or another one
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from chatapp.client.client import Client
from chatapp.client.files.thumbnails import is_picture, make_thumbnails
from chatapp.client.model.changes import Change, FileCardChanged, MessageReturned, PasswordHostAsked
from chatapp.client.model.file_service import ABOUT_PASSWORD_HOST, can_send_files, file_service, why_none
from chatapp.client.model.files import Attachment, FileCard
from chatapp.client.model.model import MESSAGE_KINDS, Entry
from chatapp.client.model.network import Network
from chatapp.client.outgoing.slash_commands import NOT_OFFERED
from chatapp.client.text.file_links import FileLink
from chatapp.languages.numbers import format_size
from chatapp.languages.translation import N_, _
from chatapp.protocol.numbers import parse_whole
from chatapp.system import picture_tools
from chatapp.system.background_jobs import BackgroundJobs
from chatapp.system.picture_tools import Converter

SEND, FILES, SAVE = "send", "files", "save"
AS_IS = "--as-is"  # after /send: a picture keeps its metadata
YES, NO = "yes", "no"  # after /send: whether another host gets the password
USAGES = {SEND: f"/send [{AS_IS}] FILE [TEXT]", FILES: "/files", SAVE: "/save [NUMBER] [FOLDER]"}
MOST_LISTED = 20
LIST_SECONDS = 3.0  # that a list waits for what the server knows

NO_FILES = N_("There are no files here.")
NO_FILE = N_("There is no file {number} here. /files lists them.")
NO_LONGER_KEPT = N_("No longer kept")
NOT_SAVED = N_("{name} was not saved. {reason}")
SAVED = N_("{name} is saved: {path}")
USAGE = N_("Usage: {usage}")

_QUOTED = re.compile(r"""(["'])(.+?)\1(?:\s+|$)(.*)""", re.DOTALL)


class FileCommands:
    """Carries out the commands, and tells how they ended.

    Args:
        tell: Shows a line from the program itself.
        complain: Shows that a file was not saved.
        clock: Returns monotonic seconds.
        can_ask: Whether somebody can answer a question.
        converters: Returns what can make thumbnails of pictures here, the best first.
    """

    def __init__(
        self,
        client: Client,
        tell: Callable[[str], object],
        complain: Callable[[str], object],
        clock: Callable[[], float] = time.monotonic,
        can_ask: bool = True,
        converters: Callable[[], Iterable[Converter]] = picture_tools.converters,
    ) -> None:
        self._client, self._tell, self._complain, self._clock = client, tell, complain, clock
        self._can_ask = can_ask
        self._converters = converters
        self._jobs = BackgroundJobs()
        self._saving: list[tuple[Network, FileCard]] = []
        self._listing: list[tuple[Entry, FileCard]] = []
        self._list_at = 0.0

    @property
    def is_busy(self) -> bool:
        """Whether a file is being saved, or a list is still to come."""
        return bool(self._saving or self._listing)

    @property
    def downloads(self) -> list[FileCard]:
        """The files that are being saved."""
        return [card for _network, card in self._saving]

    def apply(self, changes: Iterable[Change]) -> None:
        """Tell what has ended."""
        self._jobs.poll()
        for change in changes:
            if isinstance(change, FileCardChanged):
                self._follow(change.network, change.card)
            elif isinstance(change, PasswordHostAsked):
                self._ask_about_host(change.network, change.host)
        is_known = all(card.state not in ("unknown", "loading") for _entry, card in self._listing)
        if self._listing and (is_known or self._clock() >= self._list_at):
            self._print_list()

    def send(self, arguments: str) -> str | None:
        """Send a file: `[--as-is] FILE [TEXT]`."""
        client, conversation = self._client, self._client.network.current
        if conversation is None or not can_send_files(client.network):
            return why_none(client.network) or _(NOT_OFFERED)
        host = client.files.asked_host(client.network)
        if host and arguments in (YES, NO):
            client.files.answer_about_host(client.network, host, arguments == YES)
            return None
        first, _space, rest = arguments.partition(" ")
        is_as_is = first == AS_IS
        name, text = _split(rest.lstrip() if is_as_is else arguments)
        if not name:
            return _(USAGE).format(usage=USAGES[SEND])
        attachment = client.files.attach(
            conversation, _path(name), awaits_thumbnail=True, keeps_metadata=is_as_is
        )
        self._make_thumbnail(attachment)
        problem = attachment.problem or client.run(conversation, f"/{text}" if text.startswith("/") else text)
        if problem:
            client.files.detach(conversation, attachment)
        return problem or None

    def list_files(self, arguments: str) -> str | None:
        """List the files of the conversation."""
        if file_service(self._client.network) is None:
            return _(NOT_OFFERED)
        found = self._found()[:MOST_LISTED]
        if not found:
            return _(NO_FILES)
        files, network = self._client.files, self._client.network
        self._listing = [(entry, files.card(network, link)) for entry, link in reversed(found)]
        self._list_at = self._clock() + LIST_SECONDS
        return None

    def save(self, arguments: str) -> str | None:
        """Save a file: `[NUMBER] [FOLDER]`."""
        first, _space, rest = arguments.partition(" ")
        number = parse_whole(first) if first else 1
        folder = rest.strip() if number is not None and first else arguments
        if file_service(self._client.network) is None:
            return _(NOT_OFFERED)
        found = self._found()
        if not found:
            return _(NO_FILES)
        if number is not None and not 1 <= number <= len(found):
            return _(NO_FILE).format(number=number)
        network = self._client.network
        card = self._client.files.card(network, found[(number or 1) - 1][1])
        self._client.files.download(network, card, _path(folder) if folder else None)
        if (network, card) not in self._saving:
            self._saving.append((network, card))
        return None

    def returned(self, message: MessageReturned) -> str:
        """Return what has to be typed to send a message again, with its file.

        There is no composer that shows files, so they do not stay there. A picture whose metadata cannot be
        removed is sent with it then: the user has just read why it was not sent.
        """
        files = self._client.files
        lost = files.attachments(message.conversation)
        for each in lost:
            files.detach(message.conversation, each)
        source = lost[0].source if lost else b""
        if not isinstance(source, Path):
            return message.text
        as_is = f"{AS_IS} " if lost[0].has_metadata or lost[0].keeps_metadata else ""
        return f'/{SEND} {as_is}"{source}" {message.text}'.rstrip()

    def _make_thumbnail(self, attachment: Attachment) -> None:
        """Make the thumbnail of a picture, beside everything else; other files get none."""
        files, converters = self._client.files, self._converters
        try:
            needs_one = not attachment.is_over and is_picture(attachment.source)
        except OSError:
            needs_one = False
        if needs_one:
            self._jobs.run(
                lambda: make_thumbnails(attachment.source, [*converters()], row_side=0).shared,
                lambda thumbnail: files.set_thumbnail(attachment, thumbnail),
            )
        else:
            files.set_thumbnail(attachment, b"")

    def _found(self) -> list[tuple[Entry, FileLink]]:
        """Return the files of the current conversation with their messages, the latest first."""
        network = self._client.network
        found: dict[str, tuple[Entry, FileLink]] = {}
        for entry in reversed(network.current.entries if network.current else []):
            if entry.kind in MESSAGE_KINDS and not entry.deleted_by and entry.state == "sent":
                for link in reversed(self._client.files.links(network, entry.text)):
                    found.setdefault(link.id, (entry, link))
        return list(found.values())

    def _follow(self, network: Network, card: FileCard) -> None:
        """Tell how a download has ended."""
        download = card.download
        if (network, card) not in self._saving or download is None or download.is_active:
            return
        self._saving.remove((network, card))
        if download.state == "done":
            self._tell(_(SAVED).format(name=card.name, path=download.path))
        elif download.state == "failed":
            self._complain(_(NOT_SAVED).format(name=card.name, reason=download.problem))

    def _ask_about_host(self, network: Network, host: str) -> None:
        """Ask whether a host gets the password; where nobody can answer, it does not."""
        if self._can_ask:
            question = _(ABOUT_PASSWORD_HOST).format(host=host)
            self._tell(f"{question} /{SEND} {YES}, /{SEND} {NO}")
        else:
            self._client.files.answer_about_host(network, host, False)

    def _print_list(self) -> None:
        count = len(self._listing)
        for at, (entry, card) in enumerate(self._listing):
            self._tell(f"{count - at}  {_described(entry, card)}")
        self._listing = []


def missing(network: Network) -> set[str]:
    """Return the names of the commands that the server does not offer."""
    names = set() if can_send_files(network) else {SEND}
    return names if file_service(network) else names | {FILES, SAVE}


def is_about_sent_files(line: str) -> bool:
    """Return whether a line is a command about the files that have been sent so far."""
    return line.split()[0].lower() in (f"/{FILES}", f"/{SAVE}")


def complete_path(text: str) -> str | None:
    """Return `/send` with the path completed as far as it is clear; None if there is nothing to add."""
    command, space, typed = text.partition(" ")
    if command.lower() != f"/{SEND}" or not space:
        return None
    quote = typed[:1] if typed[:1] in "\"'" else ""
    start = typed.removeprefix(quote)
    folder, name = os.path.split(start)
    try:
        names = sorted(_names(Path(os.path.expanduser(folder or ".")), name))
    except OSError:
        return None
    if not names:
        return None
    common = names[0]
    while not names[-1].startswith(common):
        common = common[:-1]
    found = os.path.join(folder, common)
    quote = quote or ('"' if " " in found else "")
    is_done = len(names) == 1 and not common.endswith(os.sep)
    completed = f"{command} {quote}{found}{f'{quote} ' if is_done else ''}"
    return completed if completed != text else None


def progress_text(card: FileCard) -> str:
    """Return how far a download is: `plan.pdf  1.2 MB of 3.4 MB`."""
    received = format_size(card.download.received if card.download else 0)
    if not card.size:
        return f"{card.name}  {received}"
    return _("{name}  {part} of {size}").format(name=card.name, part=received, size=format_size(card.size))


def sending_text(attachment: Attachment) -> str:
    """Return how far a file is that is being sent: `plan.pdf 34 %`."""
    share = min(99, 100 * attachment.sent // attachment.total) if attachment.total else 0
    return f"{attachment.name} {share} %"


def _names(folder: Path, start: str) -> Iterator[str]:
    """Yield the names in a folder that begin with a text; those of folders end with a separator."""
    for each in os.scandir(folder):
        if each.name.startswith(start) and (start or not each.name.startswith(".")):
            yield each.name + (os.sep if each.is_dir() else "")


def _split(arguments: str) -> tuple[str, str]:
    """Split the name of a file from the text after it: a whole path with spaces needs no quotes."""
    quoted = _QUOTED.fullmatch(arguments)
    if quoted:
        return quoted[2], quoted[3]
    if _path(arguments).is_file():
        return arguments, ""
    name, _space, text = arguments.partition(" ")
    return name, text.strip()


def _path(name: str) -> Path:
    return Path(os.path.expanduser(name))


def _described(entry: Entry, card: FileCard) -> str:
    size = "" if card.size is None else format_size(card.size)
    state = _(NO_LONGER_KEPT) if card.state == "gone" else size
    sent_at = time.strftime("%Y-%m-%d %H:%M", time.localtime(entry.time))
    return " · ".join(filter(None, (card.name, state, entry.nick, sent_at)))


def waiting_text(entry: Entry) -> str:
    """Return an own message that waits, with how far its files are."""
    return "  ".join([*([entry.text] if entry.text else []), *map(sending_text, entry.attachments)])
