"""The files of a client: sending them, and what messages link to.

attach      into the composer; the next `Client.run` sends it, and `AttachmentsChanged` reports
card        what is known of a file that a message links to; `FileCardChanged` reports
"""

from __future__ import annotations

from pathlib import Path

from chatapp.client.local.settings import Settings
from chatapp.client.model import file_service
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.file_service import FileService
from chatapp.client.model.files import Attachment, FileCard, FileOptions
from chatapp.client.model.network import Network
from chatapp.client.session.network_session import NetworkSession
from chatapp.client.session.network_sessions import NetworkSessions
from chatapp.client.text.file_links import FileLink, apart_from_text, file_links
from chatapp.system.folders import downloads_folder


class ClientFiles:
    """The actions with files on all networks of a client.

    Attributes:
        options: What the user has set.
    """

    def __init__(self, sessions: NetworkSessions, options: FileOptions) -> None:
        self._sessions = sessions
        self.options = options
        self._settings = Settings()

    def follow(self, settings: Settings) -> None:
        """Do from now on what the settings say about files, and keep answers there."""
        self._settings = settings
        self.options.password_hosts = {**self.options.password_hosts, **settings.password_hosts}
        self.options.folder = Path(settings.download_folder) if settings.download_folder else None
        self.options.removes_metadata = settings.remove_metadata
        self.options.fetches_thumbnails = settings.show_pictures and settings.load_thumbnails

    # the server

    def can_send(self, network: Network) -> bool:
        """Return whether to offer that files are sent, now or when the connection is back."""
        return file_service.can_send_files(network)

    def service(self, network: Network) -> FileService | None:
        """Return the limits of a server that keeps files itself; None for another one."""
        return file_service.file_service(network)

    # sending

    def attach(
        self,
        conversation: Conversation,
        source: Path | bytes,
        name: str = "",
        thumbnail: bytes = b"",
        awaits_thumbnail: bool = False,
        keeps_metadata: bool = False,
    ) -> Attachment:
        """Put a file into the composer of a conversation, and begin to send it to the server.

        The next `Client.run` with a message, or with an empty text, sends it to the conversation.

        Args:
            source: The file, or its contents.
            name: Its name for others; that of the file if it is empty.
            thumbnail: A PNG within the limits of `protocol.file_ids`; empty for none.
            awaits_thumbnail: Whether the thumbnail comes later, by `set_thumbnail`.
            keeps_metadata: Whether a picture is sent with the data about its place and camera.

        Returns:
            The attachment. If it cannot be sent, its `problem` says why; it stays until it is detached.
        """
        session = self._session(conversation)
        name = name or (source.name if isinstance(source, Path) else "")
        attachment = Attachment(
            source,
            name,
            thumbnail=thumbnail,
            awaits_thumbnail=awaits_thumbnail,
            keeps_metadata=keeps_metadata,
        )
        session.report(*session.file_uploads.attach(session.network, conversation, attachment))
        return attachment

    def set_thumbnail(self, attachment: Attachment, thumbnail: bytes) -> None:
        """Give a file the thumbnail that it awaits; empty if none could be made."""
        attachment.thumbnail, attachment.awaits_thumbnail = thumbnail, False

    def attachments(self, conversation: Conversation) -> tuple[Attachment, ...]:
        """Return the files in the composer of a conversation."""
        return tuple(conversation.attachments)

    def detach(self, conversation: Conversation, attachment: Attachment) -> None:
        """Remove a file from the composer; sending it is stopped."""
        session = self._session(conversation)
        servers = session.file_servers
        session.report(*session.file_uploads.detach(session.network, servers, conversation, attachment))

    def retry(self, conversation: Conversation, attachment: Attachment) -> None:
        """Send a file again that has failed; one whose metadata cannot be removed is sent with it."""
        session = self._session(conversation)
        session.report(*session.file_uploads.retry(session.network, conversation, attachment))

    def asked_host(self, network: Network) -> str:
        """Return the host about which the user is asked whether it gets the password; empty for none."""
        return self._sessions.of(network).file_uploads.asked_host

    def answer_about_host(self, network: Network, host: str, may_have_password: bool) -> None:
        """Note whether a host gets the password of the account, and send the files that wait for that.

        Only a yes is kept in the settings: after a no, which can be a slip, the next run asks again.
        """
        key = self._sessions.of(network).file_servers.password_host_key(host)
        self.options.password_hosts = {**self.options.password_hosts, key: may_have_password}
        if may_have_password:
            self._settings.password_hosts = {**self._settings.password_hosts, key: True}

    # files in messages

    def links(self, network: Network, text: str) -> list[FileLink]:
        """Return the files of the server that a message links to."""
        return file_links(text, file_service.file_prefix(network))

    def split(self, network: Network, text: str) -> tuple[str, list[FileLink]]:
        """Return the text of a message without the lines that are only links to files, and those files."""
        return apart_from_text(text, file_service.file_prefix(network))

    def with_own_links(self, network: Network, text: str) -> str:
        """Return a text for other programs: links to files of the server lead where this user reaches it."""
        return self._sessions.of(network).file_servers.with_own_links(text)

    def card(self, network: Network, link: FileLink) -> FileCard:
        """Return what is known of a file; the server is asked once for the rest."""
        return self._sessions.of(network).file_cards.card(link)

    def known_card(self, network: Network, link: FileLink) -> FileCard | None:
        """Return the card of a file if it was wanted before; the server is not asked."""
        return self._sessions.of(network).file_cards.known_card(link)

    def ask_again(self, network: Network, card: FileCard) -> None:
        """Ask the server about a file once more, after a failure."""
        session = self._sessions.of(network)
        session.report(*session.file_cards.ask_again(network, card))

    def check(self, network: Network, card: FileCard) -> None:
        """Ask the server whether it still has a file whose time is over."""
        self._sessions.of(network).file_cards.check(card)

    def download(self, network: Network, card: FileCard, folder: Path | None = None) -> None:
        """Download a file. It gets a name of its own beside the files that are there.

        Args:
            folder: None for the one that the user has set.
        """
        session = self._sessions.of(network)
        folder = folder or self.options.folder or downloads_folder()
        session.report(*session.file_cards.download(network, card, folder))

    def save(self, network: Network, card: FileCard, path: Path) -> None:
        """Download a file to a path that the user has chosen; a file that is there is replaced."""
        session = self._sessions.of(network)
        session.report(*session.file_cards.download(network, card, path.parent, path.name))

    def forget_download(self, network: Network, card: FileCard) -> None:
        """Forget a download whose file is not there any more, so that it can be downloaded again."""
        session = self._sessions.of(network)
        session.report(*session.file_cards.forget_download(network, card))

    def cancel_download(self, network: Network, card: FileCard) -> None:
        """Stop a download, and remove what has come."""
        session = self._sessions.of(network)
        session.report(*session.file_cards.cancel(network, card, card.download))

    @property
    def usual_folder(self) -> Path | None:
        """The folder that the system has for downloads; None if this user has no home folder."""
        try:
            return downloads_folder()
        except RuntimeError:
            return None

    def stored_bytes(self) -> int:
        """Return how much space the pictures take that were fetched to be shown."""
        return sum(each.file_cards.stored_bytes() for each in self._sessions)

    def clear_pictures(self) -> None:
        """Delete the pictures that were fetched to be shown."""
        for session in self._sessions:
            session.report(*session.file_cards.clear_pictures(session.network))

    def fetch_picture(self, network: Network, card: FileCard) -> None:
        """Download a picture to show it: `FileCard.picture` says how far it is, and where it is."""
        session = self._sessions.of(network)
        session.report(*session.file_cards.fetch_picture(network, card))

    def cancel_picture(self, network: Network, card: FileCard) -> None:
        """Stop fetching a picture."""
        session = self._sessions.of(network)
        session.report(*session.file_cards.cancel(network, card, card.picture))

    def can_delete(self, network: Network) -> bool:
        """Return whether the server lets us delete our own files, and those of others as a moderator."""
        return network.state == "online" and bool(self._sessions.of(network).file_servers.token_field)

    def delete(self, network: Network, card: FileCard) -> None:
        """Delete a file on the server; it is gone then, or `FileCard.problem` says why not."""
        session = self._sessions.of(network)
        session.report(*session.file_cards.delete(network, card))

    def _session(self, conversation: Conversation) -> NetworkSession:
        return self._sessions.with_conversation(conversation)
