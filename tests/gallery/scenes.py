"""What the pictures show: each scene is a chat, the size of the window, and what is done in it.

To add one: a function that takes the stage, and its row in SCENES.
"""

from __future__ import annotations

import time
import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from chatapp.client.incoming.events import ListedChannel
from chatapp.client.login import PORT, Login
from chatapp.client.model.changes import Added, ConnectFailed, PlaceOpened, SearchFinished
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.files import Attachment, FileCard, FileDownload
from chatapp.client.model.model import ChannelBan, Entry, Member, Removal
from chatapp.client.model.network import FailureKind, Network, NetworkState
from chatapp.client.model.own_account import REGISTRATION, TERMINAL, OwnSession, OwnSessions
from chatapp.client.model.server_overview import (
    TOKEN,
    InviteCodeRow,
    LogEntry,
    RoleHolder,
    ServerBan,
    ServerRole,
    ServerSettings,
    ServerStatus,
)
from chatapp.client.model.server_storage import KeptFile, PersonUse, ServerStorage
from chatapp.client.transport.certificates import CertificateProblem, CertificateProblemKind
from chatapp.client.transport.server_check import ServerAnswers
from chatapp.gui.dialogs.chat_offers import of_network
from chatapp.gui.dialogs.connect_dialog import ConnectDialog
from chatapp.gui.dialogs.connect_pages import PageName
from chatapp.gui.dialogs.join_dialog import JoinDialog
from chatapp.gui.dialogs.picture_viewer import PictureViewer
from chatapp.gui.main import closing_texts
from chatapp.gui.settings.account_page import AccountPage
from chatapp.gui.settings.file_limits import FileLimits
from chatapp.gui.settings.pages import PAGES
from chatapp.gui.settings.server_page import ServerPage
from chatapp.gui.settings.setting_search import Found
from chatapp.gui.widgets.popup import Area, area_of
from chatapp.gui.widgets.undo_notice import Undo
from chatapp.languages.translation import _, ngettext
from chatapp.protocol.dnssd import Offer
from tests.gallery import scenery
from tests.gallery.scenery import NOW, at, pair, quiet_class, say, school_class, written_by
from tests.gallery.stage import Stage

LISTED = (
    ListedChannel("#chess", 14, "Every Tuesday after school"),
    ListedChannel("#general", 12, scenery.TOPIC),
    ListedChannel("#lost-and-found", 3, ""),
    ListedChannel("#music", 27, "Songs, concerts, and who brings which instrument to the summer party"),
)
LONG_CODE = "\n".join(["```python", *(f"print({number})  # line {number}" for number in range(64)), "```"])


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture.

    Attributes:
        act: What happens in the window before it is taken.
        network: Makes the chat.
        size: Of the window in pixels at 96 dpi.
    """

    act: Callable[[Stage], object] = lambda stage: None
    network: Callable[[], Network] = school_class
    size: tuple[int, int] = (1120, 720)


# the messages
FILE_LIMITS = {
    "who": "everybody", "max_bytes": "25000000", "bytes_per_day": "500000000", "total_bytes": "2000000000",
    "when_full": "refuse", "keep_days": "90",
}  # fmt: skip


def _whole(stage: Stage) -> None:
    """Everything at once: a reply is being written, and the pointer is on a message."""
    _reply(stage)
    _sending(stage)
    stage.type("Done, my report is attached. @Ben Okafor is 18:00 still\nright for part b?")
    stage.transcript.scroll_to_newest()
    _hover(stage)


def _hover(stage: Stage) -> None:
    """The pointer is on the button to reply of a message."""
    _point_at(stage, written_by(stage.conversation.entries, "Sofia", "Ask"))
    stage.pause()
    bar = stage.transcript.input.hover.bar
    stage.point(bar, bar.winfo_width() // 2, bar.winfo_height() // 2)
    stage.pause(900)


def _reactions(stage: Stage) -> None:
    """The pointer is on a reaction."""
    view = stage.transcript.view
    entry = written_by(stage.conversation.entries, "Ben", "Morning")
    stage.transcript.jump_to(entry.key)
    stage.pause()
    text = view.text
    for index in _indices_with(stage, "👍"):
        box = text.bbox(index)
        if box:
            stage.point(text, box[0] + 4, box[1] + box[3] // 2)
            break
    stage.pause(900)


def _chosen(stage: Stage) -> None:
    """A message was chosen by keyboard."""
    stage.focus(stage.transcript.view.text)
    stage.press(stage.transcript.view.text, "<Up>", "<Up>", "<Up>")


def _flash(stage: Stage) -> None:
    """A quote was clicked, and the message that it quotes is highlighted."""
    stage.transcript.jump_to(written_by(stage.conversation.entries, "Chen").key, flash=True)


def _selection(stage: Stage) -> None:
    """Text of several messages is selected."""
    text = stage.transcript.view.text
    stage.focus(text)
    text.tag_add("sel", "end-12l", "end-6l")


def _events(stage: Stage) -> None:
    """The row of people who joined and left is unfolded."""
    _y_of(stage, next(each for each in stage.conversation.entries if each.kind == "join"))
    text = stage.transcript.view.text
    folded = ngettext("{count} joined", "{count} joined", 3).format(count=3)
    for index in _indices_with(stage, folded):
        box = text.bbox(index)
        if box:
            stage.click(text, box[0] + 2, box[1] + box[3] // 2)
            break


def _message_menu(stage: Stage) -> None:
    """The menu of a message is open."""
    y = _y_of(stage, written_by(stage.conversation.entries, "Sofia", "Ask"))
    stage.click(stage.transcript.view.text, stage.theme.px(120), y, button=3)


def _long_code() -> Network:
    network = quiet_class()
    assert network.current is not None
    say(network, network.current, at(9, 50), "Chen", f"The whole program:\n{LONG_CODE}")
    say(
        network,
        network.current,
        at(9, 51),
        "Dee",
        "> The whole program\n> of the *course*: "
        + "one line of a quotation " * 8
        + "\nThanks! It **works**. ~~Nearly.~~",
    )
    say(network, network.current, at(9, 52), "Dee", "👍🎉")
    say(
        network,
        network.current,
        at(9, 53),
        "lilei",
        "你好！ שלום לכולם، مرحبا بالجميع 👩‍👩‍👧‍👦 " + "long " * 60,
    )
    say(network, network.current, at(9, 54), "Dee", "https://example.org/" + "very-long-path/" * 20)
    return network


def _many_unread() -> Network:
    network = school_class()
    general = network.current
    assert general is not None
    for number in range(70):
        say(network, general, at(10, 8) + number, "Chen" if number // 5 % 2 else "Dee", f"Message {number}")
    general.unread, general.first_unread = 71, written_by(general.entries, "Dee", "@ana").key
    return network


def _scrolled_up(stage: Stage) -> None:
    """New messages have arrived below what is read."""
    stage.transcript.scroll_to_unread()
    stage.press(stage.transcript.view.text, "<Prior>")


def _loading() -> Network:
    network = quiet_class()
    general = network.current
    assert general is not None
    general.complete, general.fetching = False, "before"
    say(network, general, at(9, 50), "Chen", "This is the oldest message that has come.")
    return network


# writing


def _reply(stage: Stage) -> None:
    stage.window.pane.composer.reply_to(written_by(stage.conversation.entries, "Chen"))
    stage.pause()


def _edit(stage: Stage) -> None:
    entry = written_by(stage.conversation.entries, "ana", "Great")
    entry.state = "sent"
    stage.window.pane.composer.edit(entry)


def _edit_with_files(stage: Stage) -> None:
    cards = [scenery.file_card(number, name) for number, name in ((9, "report.pdf"), (10, "board.png"))]
    _shared(stage, *cards, text="The report and the board")
    entry = stage.conversation.entries[-1]
    entry.nick, entry.own, entry.state = "ana", True, "sent"
    composer = stage.window.pane.composer
    composer.edit(entry)
    stage.pause()
    next(iter(composer.files.rows.values())).remove.invoke()
    stage.pause()


def _code(stage: Stage) -> None:
    stage.type("```python\nfor number in range(10):\n    print(number)\n```\nThat is all of it.")


def _files(stage: Stage, *files: Attachment) -> None:
    """Put files into the composer."""
    stage.conversation.attachments = list(files)
    stage.window.pane.attachments.paint()
    stage.window.pane.paint_status_line()
    stage.pause()


def _sending(stage: Stage) -> None:
    report = Attachment(Path("lab-report-ana.pdf"), "lab-report-ana.pdf", 1_800_000, "uploading", 1_116_000)
    report.total = report.size
    _files(stage, report)


def _stalled(stage: Stage) -> None:
    report = Attachment(Path("lab-report-ana.pdf"), "lab-report-ana.pdf", 1_800_000, "uploading", 1_116_000)
    report.total, report.is_stalled = report.size, True
    _files(stage, report)


def _many_files(stage: Stage) -> None:
    long = "photograph of the board with the exercises for next week and the solutions of last week.jpeg"
    photograph = Attachment(Path("b"), long, 4_200_000, "uploading", 3_900_000, 4_200_000)
    small = tk.PhotoImage(master=stage.root, data=scenery.board()).subsample(5)
    stage.window.pane.attachments.show_picture(photograph, small)
    _files(
        stage,
        Attachment(Path("a"), "report.pdf", 1_800_000, "ready"),
        photograph,
        Attachment(Path("c"), "notes.txt", 512, "failed", problem=_("The connection was lost.")),
        Attachment(Path("d"), "data.csv", 80_000),
    )  # fmt: skip
    stage.type("All of it")


def _shared(stage: Stage, *cards: FileCard, text: str = "") -> None:
    """Show a message of Ben with these files."""
    kept = stage.client.sessions.of(stage.network).file_cards
    for card in cards:
        kept._cards[card.id] = card
    stage.network.isupport = {**stage.network.isupport, "chatapp/FILES": f"id:{scenery.FILE_PREFIX}"}
    lines = [*([text] if text else []), *(card.link.url for card in cards)]
    entry = say(stage.network, stage.conversation, stage.now(), "ben", "\n".join(lines))
    stage.transcript.apply(Added(stage.conversation, (entry,)))
    stage.transcript.scroll_to_newest()
    stage.pause(600)


def _cards(stage: Stage) -> None:
    """A card in each of its states."""
    folder, made = Path("Downloads"), scenery.file_card
    long = "photograph of the board with the exercises for next week and the solutions of last week.docx"
    _shared(
        stage,
        made(1, "exercise-sheet-12.pdf"),
        made(2, "slides.odp", download=FileDownload(folder, state="running", received=1_116_000)),
        made(3, long, download=FileDownload(folder, state="done", path=folder / long)),
        made(4, "setup.exe", download=FileDownload(folder, state="failed", problem=_("The disk is full."))),
        made(5, "notes", state="unknown", size=None, until=None),
        made(6, "old.zip", state="gone", until=None),
        text="Morning! The sheets of this week:",
    )


def _shared_picture(stage: Stage) -> None:
    data = scenery.board()
    facts = {"media_type": "image/png", "has_thumbnail": True}
    _shared(
        stage,
        scenery.file_card(7, "board.png", thumbnail=data, **facts),
        scenery.file_card(8, "later.png", state="unknown"),
        text="The board from yesterday, for those who were ill:",
    )


def _file_card_menu(stage: Stage) -> None:
    _shared(stage, scenery.file_card(1, "exercise-sheet-12.pdf"), text="The sheet:")
    stage.press(stage.transcript.view.text, "<Up>", "<Return>")
    stage.pause()


def _viewer(stage: Stage, data: bytes = b"", name: str = "board.png") -> None:
    file = stage.folder / name
    file.write_bytes(data or scenery.board())
    card = scenery.file_card(7, name, media_type="image/png")
    card.picture = FileDownload(stage.folder, state="done", path=file)
    stage.window.overlays.view_picture(stage.conversation, card, stage.window.pane.files)
    stage.pause(600)


def _viewer_large(stage: Stage) -> None:
    """Show a picture that is larger than the screen, enlarged, with one before it."""
    file = stage.folder / "poster.png"
    file.write_bytes(scenery.poster())
    names = enumerate(("board.png", "poster.png"), 7)
    _shared(stage, *(scenery.file_card(number, name, media_type="image/png") for number, name in names))
    card = stage.window.pane.files.pictures(stage.conversation)[-1]
    card.picture = FileDownload(stage.folder, state="done", path=file)
    stage.window.overlays.view_picture(stage.conversation, card, stage.window.pane.files)
    viewer = stage.window.overlays.dialog
    assert isinstance(viewer, PictureViewer)
    for _step in range(200):
        if not viewer.note:
            break
        stage.pause(50)
    viewer.canvas.show_at(Fraction(2))
    stage.pause(3000)


def _viewer_damaged(stage: Stage) -> None:
    _viewer(stage, b"no picture", "broken.jpg")


def _program_question(stage: Stage) -> None:
    file = stage.folder / "setup.exe"
    file.write_bytes(b"x")
    stage.window.pane.files.open_path(file)
    stage.pause()


def _too_large(stage: Stage) -> None:
    video = Attachment(Path("a"), "lab-video.mp4", 312_000_000, "too-large")
    _files(stage, video, Attachment(Path("b"), "report.pdf", 1_800_000, "ready"))


def _no_room(stage: Stage) -> None:
    report = Attachment(Path("a"), "report.pdf", 1_800_000, "failed", lacks_room=True)
    report.problem = _("“{name}” was not sent. {reason}").format(
        name=report.name, reason=_("The server has no room for files now.")
    )
    _files(stage, report)
    stage.window.pane.paint_bars()


def _no_room_for_others(stage: Stage) -> None:
    stage.network.lacks_room = True
    stage.window.pane.paint_bars()


def _waits_for_files(stage: Stage) -> None:
    entry = stage.network.entry("message", at(*NOW), "ana", "My report and the board")
    entry.own = True
    files = (
        Attachment(Path("a"), "report.pdf", 1_800_000, "uploading", 1_000_000, 1_800_000),
        Attachment(Path("b"), "board.png", 300_000, "ready", 0, 300_000),
    )
    entry.attachments = files
    stage.conversation.add_pending(entry)
    stage.transcript.apply(Added(stage.conversation, (entry,)))
    stage.transcript.scroll_to_newest()


def _file_menu(stage: Stage) -> None:
    stage.window.pane.composer.toolbar.more.invoke()


def _no_files_for_guests(stage: Stage) -> None:
    offered = stage.network.isupport
    stage.network.isupport = {name: offered[name] for name in offered if name != "soju.im/FILEHOST"}
    _file_menu(stage)


def _emoji(stage: Stage) -> None:
    stage.window.pane.composer.open_emoji()
    stage.pause(800)


def _emoji_search(stage: Stage) -> None:
    _emoji(stage)
    picker = stage.window.overlays._emoji_picker
    assert picker is not None
    picker.search.set("party")


# finding


def _find(stage: Stage) -> None:
    stage.window.pane.open_find()
    stage.window.pane.find_bar.field.set("the")
    stage.pause(600)


def _find_nothing(stage: Stage) -> None:
    stage.window.pane.open_find()
    stage.window.pane.find_bar.field.set("tiemout")
    stage.pause(600)


def _search(stage: Stage) -> None:
    _search_for(stage, "timeout")


def _search_filtered(stage: Stage) -> None:
    _search_for(stage, "the in:general from:Ben ")


def _search_files(stage: Stage) -> None:
    """Hits with files: a picture, one whose name is found, a long name, and one that is gone."""
    made = scenery.file_card
    _offer_files(stage)
    _shared(stage, made(6, "old.zip", state="gone", until=None))
    board = made(7, "board.png", thumbnail=scenery.board(), media_type="image/png", has_thumbnail=True)
    _shared(stage, made(1, "exercise-sheet-12.pdf"), board, text="The sheet, and the board:")
    _shared(
        stage,
        made(3, "photograph of the board with the exercises for next week and their solutions.docx"),
        made(5, "notes", state="unknown", size=None, until=None),
    )
    _search_for(stage, "has:file ")
    stage.pause(600)


def _search_nothing(stage: Stage) -> None:
    _search_for(stage, "tiemout after:2026-03-01 ")


def _search_from_whom(stage: Stage) -> None:
    _search_for(stage, "timeout")
    chips = stage.window.search.pane.chips.chips
    chips["nick"].event_generate("<Button-1>", x=8, y=8)
    chips["nick"].event_generate("<ButtonRelease-1>", x=8, y=8)


def _reading_past(stage: Stage) -> None:
    """A hit from weeks ago is shown; the present is somewhere else."""
    network, general = stage.network, stage.conversation
    past = type(general)(general.name, general.kind, general.title, general.topic)
    past.present = general
    for number in range(30):
        say(network, past, at(9, number, -20), "Chen" if number // 4 % 2 else "Dee", f"Question {number}")
    general.past = past
    general.unread = 2
    stage.window.pane.apply(PlaceOpened(general, past.entries[15]))


def _jump(stage: Stage) -> None:
    stage.window.overlays.jump()
    stage.pause()


def _jump_typed(text: str) -> Callable[[Stage], None]:
    def act(stage: Stage) -> None:
        _jump(stage)
        dialog = stage.window.overlays.dialog
        assert dialog is not None
        dialog.field.set(text)  # type: ignore[union-attr]

    return act


# menus and dialogs


def _menu(name: str) -> Callable[[Stage], None]:
    """Open a menu of the sidebar or the header."""

    def act(stage: Stage) -> None:
        menus, px = stage.window.menus, stage.theme.px
        if name == "chat":
            stage.window.sidebar.network_header.name.invoke()
        elif name == "own":
            stage.window.sidebar.own_card.card.invoke()
        elif name == "section":
            menus.section("channel", px(100), px(300))
        elif name == "conversation":
            menus.conversation("#help", px(100), px(220))
        else:
            button = getattr(stage.window.pane.header, f"{name}_button")
            button.invoke()

    return act


def _moderated() -> Network:
    """The user is a moderator, and somebody has been banned."""
    network = school_class()
    general = network.conversations["#general"]
    general.members[network.fold(network.nick)].ranks = "@"
    general.modes = frozenset("nt")
    tom = network.person("Tom")
    tom.user, tom.host = "tom", "198.51.100.7"
    general.members["tom"] = Member(tom)
    for number in range(6):
        say(network, general, at(10, 6), "Tom", f"Buy this! {number}")
    for ban in (
        ChannelBan("*!*@203.0.113.9", "Sofia", at(9, 0), at(8, 0, 1), "Insults"),
        ChannelBan("rick!*@*", "Ben", at(7, 40)),
        ChannelBan("*!*@*.example.net", "Sofia", at(6, 10), at(12, 0), "Advertising"),
    ):
        general.bans[ban.mask] = ban
    return network


def _profile(stage: Stage) -> None:
    width = stage.root.winfo_width()
    row = Area(stage.root.winfo_rootx() + width - stage.theme.px(216), stage.theme.px(200), width, 40)
    stage.window.people_actions.show("Chen", row)


def _own_profile(stage: Stage) -> None:
    stage.window.people_actions.show_own(area_of(stage.window.sidebar.own_card.card))


def _own_profile_unprotected(stage: Stage) -> None:
    stage.window.network.capability_values = {REGISTRATION: ""}
    _own_profile(stage)


def _moderate(stage: Stage) -> None:
    stage.window.people_actions.moderation.moderate("Tom", "ban")
    stage.pause()


def _moderate_remove(stage: Stage) -> None:
    """Somebody is removed with a reason, and what they wrote is deleted."""
    _moderate(stage)
    dialog = stage.window.people_actions.moderation.dialog
    assert dialog is not None
    stage.press(dialog.cards, "<Up>")
    dialog.chips[1].event_generate("<Button-1>", x=8, y=8)
    dialog.chips[1].event_generate("<ButtonRelease-1>", x=8, y=8)
    dialog.delete_box.invoke()


def _undo(stage: Stage) -> None:
    """A moderator has banned somebody a moment ago."""
    until = _("tomorrow {time}").format(time="08:00")
    text = _("{name} is banned from {place} until {end}").format(name="Tom Hale", place="#general", end=until)
    deleted = ngettext("{count} message deleted", "{count} messages deleted", 6).format(count=6)
    stage.window.pane.show_undo(Undo(text, lambda: None, detail=deleted))


def _channel_settings(page: int) -> Callable[[Stage], None]:
    def act(stage: Stage) -> None:
        stage.window.people_actions.channel_settings()
        dialog = stage.window.people_actions.settings_dialog
        assert dialog is not None
        stage.pause()
        if page:
            dialog.tabs.show(page)
            dialog._show_page(page)
        if page == 2:
            dialog._show_bans()  # as if the server had answered

    return act


def _channel_files(stage: Stage) -> None:
    """The files of a channel, one of them a picture, one on its way, and one that is gone."""
    made, folder = scenery.file_card, Path("Downloads")
    _offer_files(stage)
    _shared(
        stage,
        old := made(6, "old.zip", until=None),
        made(1, "exercise-sheet-12.pdf"),
        made(2, "slides.odp", download=FileDownload(folder, state="running", received=1_116_000)),
        made(7, "board.png", thumbnail=scenery.board(), media_type="image/png", has_thumbnail=True),
        made(3, "photograph of the board with the exercises for next week and their solutions.docx"),
    )
    stage.window.people_actions.channel_settings()
    dialog = stage.window.people_actions.settings_dialog
    assert dialog is not None and dialog.files is not None
    stage.network.capabilities -= {"soju.im/search"}  # so that the server is not asked
    dialog.tabs.show(3)
    dialog._show_page(3)
    old.state = "gone"
    dialog.files.list.focus_set()
    stage.pause(600)


def _no_channel_files(stage: Stage) -> None:
    _offer_files(stage)
    stage.window.people_actions.channel_settings()
    dialog = stage.window.people_actions.settings_dialog
    assert dialog is not None
    stage.network.capabilities -= {"soju.im/search"}
    dialog.tabs.show(3)
    dialog._show_page(3)
    stage.pause()


def _offer_files(stage: Stage) -> None:
    """Let the server keep files and find messages with them."""
    stage.network.isupport = {
        **stage.network.isupport,
        "chatapp/SEARCH": "has,suggest",
        "chatapp/FILES": f"id:{scenery.FILE_PREFIX}",
    }
    stage.network.capabilities |= {"soju.im/search", "batch", "server-time"}


def _person_menu(stage: Stage) -> None:
    px = stage.theme.px
    stage.window.people_actions.menu("Dee", stage.root.winfo_width() - px(220), px(200))


def _dialog(name: str) -> Callable[[Stage], None]:
    """Open a dialog of the overlays."""

    def act(stage: Stage) -> None:
        getattr(stage.window.overlays, name)()

    return act


def _settings(page: str) -> Callable[[Stage], None]:
    """Open a page of the settings over the whole window."""

    def act(stage: Stage) -> None:
        stage.window.overlays.settings(page)
        window = stage.window.settings_controller.window
        assert window is not None
        stage.pause()
        px = stage.theme.px
        width, height = min(stage.root.winfo_width(), px(980)), min(stage.root.winfo_height(), px(720))
        window.geometry(f"{width}x{height}+{stage.root.winfo_rootx()}+{stage.root.winfo_rooty()}")

    return act


def _account(act: Callable[[AccountPage], object]) -> Callable[[Stage], None]:
    """Open the page of a protected name with three sessions, and do something on it."""

    def prepare(stage: Stage) -> None:
        network = stage.network
        network.account, network.away_text = network.nick, "At lunch until 13:00"
        network.capabilities |= {"draft/metadata-2", "draft/chathistory", "batch", "labeled-response"}
        tokens = dict.fromkeys(("chatapp/SESSIONS", "chatapp/SETPASS", "chatapp/UNREGISTER"), "")
        network.isupport = {**network.isupport, **tokens}
        _settings("account")(stage)
        page = _account_page(stage)
        now, address = at(*NOW), "192.168.1.31"
        page.sessions.show(
            OwnSessions(
                (
                    OwnSession("1", True, now, now, address, "Chatapp", "Linux", "home"),
                    OwnSession("2", False, now, now - 86_400, address, TERMINAL, "Linux", "lab-pc-04"),
                    OwnSession(
                        "3", False, now, now - 3 * 86_400, address, "Chatapp", "Windows", "ana-laptop"
                    ),
                ),
                now - 37 * 86_400,
            )
        )
        act(page)

    return prepare


def _protect(stage: Stage) -> None:
    """A guest protects the name; the two passwords are not the same."""
    stage.network.capability_values = {"draft/account-registration": ""}
    _settings("account")(stage)
    page = _account_page(stage)
    page.password.protect.invoke()
    form = page.password.protect_form
    form.fields["new"].value, form.fields["again"].value = "correct horse", "correct house"
    form.button.invoke()


def _account_page(stage: Stage) -> AccountPage:
    window = stage.window.settings_controller.window
    assert window is not None
    page = window.view
    assert isinstance(page, AccountPage)
    return page


def _owned() -> Network:
    """The user runs the server."""
    network = school_class()
    network.isupport = {**network.isupport, TOKEN: "status,storage"}
    network.is_server_operator = True
    return network


def _new_chat() -> Network:
    """A channel of the user's own server in which nobody has written."""
    network = _owned()
    general = network.find("#general")
    assert general is not None
    general.entries.clear()
    general.complete = True
    network.capability_values = {"draft/account-registration": ""}
    return network


def _first_chat(stage: Stage) -> None:
    overview = stage.client.server.overview
    overview.role, overview.links = "owner", ("ircs://192.168.1.20:5000/general",)
    overview.status = ServerStatus(at(9, 0), 1, 1, 412_345, 0, 90, "5a1c9e03d7b2446f" * 4)
    overview.settings = ServerSettings("Room 12", "everyone", sharing=True)
    overview.codes = (InviteCodeRow("k7qx", "k7qx-29fm", 1000, 0, at(18, 0, 5), "ana"),)
    stage.window.first_chat.paint()
    stage.pause()


def _code_being_made(stage: Stage) -> None:
    """The invite code is not made yet."""
    _first_chat(stage)
    stage.client.server.overview.codes = ()
    stage.window.first_chat.close()
    stage.window.first_chat.paint()
    stage.pause()


def _stop_question(stage: Stage) -> None:
    _first_chat(stage)
    stage.window.overlays.ask_to_stop_server()
    stage.pause()


def _invite(stage: Stage) -> None:
    _first_chat(stage)
    stage.window.first_chat.invite()
    stage.pause()


def _this_server(role: ServerRole) -> Callable[[Stage], None]:
    """Open the page of the settings about the server, over the whole window."""

    def act(stage: Stage) -> None:
        overview = stage.client.server.overview
        overview.role = stage.network.server_role = role
        overview.status = ServerStatus(
            at(9, 0) - 3 * 86400, 12, 60, 412_345_678, 10_482, 90, "5a1c9e03d7b2446f" * 4
        )
        overview.links = ("ircs://192.168.1.20:5000/general",)
        overview.settings = ServerSettings("Room 12", "invite", sharing=True, files=FILE_LIMITS)
        overview.roles = (
            RoleHolder("ana", "owner", False, "Ana"),
            RoleHolder("sofia", "moderator", False, "Sofia Ricci"),
            RoleHolder("keshav", "moderator", False, "Keshav Rao"),
        )
        overview.bans = (
            ServerBan("spammer7!*@*", None, "Sofia", at(8, 0), "Advertising"),
            ServerBan("tom_h!*@*", at(8, 0, 1), "ana", at(9, 40), "Insults"),
        )
        overview.codes = (InviteCodeRow("k7qx", "k7qx-29fm", 991, 9, at(18, 0), "ana"),)
        overview.log = tuple(
            LogEntry(number, when, by, action, about, details)
            for number, when, by, action, about, details in (
                (7, at(10, 12), "Sofia", "REDACT", "#general", "of dee, 123"),
                (6, at(9, 40), "ana", "BAN", "tom_h!*@*", "until 2026-03-13T08:00:00.000Z: Insults"),
                (5, at(8, 0), "Sofia", "BAN", "spammer7!*@*", "for ever: Advertising"),
                (4, at(8, 0, -1), "ana", "ROLE", "sofia", "moderator"),
                (3, at(8, 0, -3), "ana", "INVITECODE", "7plm", "revoked"),
                (2, at(8, 0, -3), "ana", "MODE", "#random", "+S 30"),
                (1, at(8, 0, -6), "ana", "SETTING", "sharing", "on"),
            )
        )
        overview.storage = ServerStorage(
            12, 412_000_000, 2_000_000_000, 90,
            (
                PersonUse("Sofia", 7, 391_000_000), PersonUse("Ben", 4, 19_400_000),
                PersonUse("Dee", 1, 1_600_000),
            ),
            (
                KeptFile("x1", "Sofia", 212_000_000, at(9, 40), "lecture-recording-part-1.mp4"),
                KeptFile("x2", "Sofia", 172_000_000, at(8, 0, -1), "lecture-recording-part-2.mp4"),
                KeptFile("x3", "Ben", 9_800_000, at(8, 0, -3), "exercise-sheet-12.pdf"),
                KeptFile("x4", "ana", 2_100_000, at(8, 0, -6), "whiteboard.png"),
            ),
        )  # fmt: skip
        stage.window.overlays.settings("server")
        window = stage.window.settings_controller.window
        assert window is not None
        stage.pause()
        size = f"{stage.root.winfo_width()}x{stage.root.winfo_height()}"
        window.geometry(f"{size}+{stage.root.winfo_rootx()}+{stage.root.winfo_rooty()}")
        stage.pause()

    return act


def _server_files(stage: Stage) -> None:
    """Show the files of users on that page."""
    _this_server("owner")(stage)
    window = stage.window.settings_controller.window
    assert window is not None
    page = next(each for each in window.offered if each.key == "server")
    text = next(each for each in page.texts if each.key == "files")
    window.open_found(Found(page, text))
    assert isinstance(window.view, ServerPage)
    window.view.files.largest.invoke()
    stage.pause()


def _server_limits(stage: Stage) -> None:
    """The limits of files; one that was typed cannot be read."""
    _server_files(stage)
    window = stage.window.settings_controller.window
    assert window is not None and isinstance(window.view, ServerPage)
    window.view.files.limits.invoke()
    stage.pause()
    dialog = next(each for each in window.winfo_children() if isinstance(each, FileLimits))
    dialog.fields["max_bytes"].set("much")
    dialog.save_button.invoke()
    stage.pause()


def _settings_search(stage: Stage) -> None:
    """A setting is searched for."""
    _settings("appearance")(stage)
    window = stage.window.settings_controller.window
    assert window is not None
    window.field.focus_field()
    window.field.set("e")


def _join(stage: Stage) -> None:
    stage.window.overlays.join()
    stage.window.overlays.show_channels(LISTED)


def _join_typed(text: str, **values: str) -> Callable[[Stage], None]:
    """Type into the card, as a guest; then put values into its other fields."""

    def act(stage: Stage) -> None:
        stage.network.capability_values = {"sasl": "PLAIN"}
        _join(stage)
        dialog = stage.window.overlays.dialog
        assert isinstance(dialog, JoinDialog)
        dialog.field.set(text)
        for name, value in values.items():
            getattr(dialog, name).insert(0, value)

    return act


def _join_with_key(stage: Stage) -> None:
    _join_typed("exam")(stage)
    dialog = stage.window.overlays.dialog
    assert isinstance(dialog, JoinDialog)
    dialog.show_refused("#exam-questions", "", needs_key=True)


def _servers(stage: Stage) -> None:
    """There are five servers: mentions on one, news on one, one is lost, one asks about a certificate."""
    others: tuple[tuple[str, NetworkState, int, int], ...] = (
        ("Chess Club", "online", 3, 3),
        ("School Orchestra", "online", 0, 12),
        ("Robotics", "waiting", 0, 0),
        ("Library", "offline", 0, 0),
    )
    for name, state, mentions, unread in others:
        network = stage.client.add_network(in_background=True)
        network.name, network.nick, network.state = name, "ana", state
        channel = network.add("#general", "channel")
        channel.joined, channel.mentions, channel.unread = True, mentions, unread
    library = stage.client.networks[-1]
    library.problem = "The certificate of the server has changed."
    failed = ConnectFailed("certificate", library.problem, network=library)
    stage.window.connect_controller.show_failed(failed)
    stage.window.servers.paint()
    stage.pause()


def _server_menu(stage: Stage) -> None:
    """The menu of a tile is open."""
    _servers(stage)
    rail = stage.window.servers.rail
    stage.click(rail, stage.theme.px(26), stage.theme.px(74), button=3)


def _server_tip(stage: Stage) -> None:
    """The pointer is on a tile, and the keyboard on the next one."""
    _servers(stage)
    rail = stage.window.servers.rail
    stage.press(rail, "<Down>", "<Down>")
    stage.point(rail, stage.theme.px(26), stage.theme.px(74))
    stage.pause(900)


def _server_list(stage: Stage) -> None:
    """In a narrow window, the servers are in the menu of the chat."""
    _servers(stage)
    stage.window.sidebar.network_header.name.invoke()
    stage.pause()


def _server_removed(stage: Stage) -> None:
    """A server was removed, which can be undone."""
    _servers(stage)
    stage.window.servers.remove(stage.client.networks[3])
    stage.window.servers.paint()


def _keep_running(stage: Stage) -> None:
    stage.window.overlays.ask_keep_server(lambda keep: None)


def _close_with_files(stage: Stage) -> None:
    current = stage.client.network.current
    assert current is not None
    name = "Report on the second term.pdf"
    current.attachments = [Attachment(Path(name), name, state="uploading")]
    text = closing_texts.question([stage.client.network], keeps_drafts=True)
    stage.window.overlays.ask_close(text, lambda: None)


def _password_for_files(stage: Stage) -> None:
    stage.window.overlays.ask_about_password_host("files.example.org", lambda may_have_it: None)


def _connect(stage: Stage) -> None:
    stage.window.connect_controller.open()


def _connect_dialog(stage: Stage, page: PageName = "welcome") -> ConnectDialog:
    """Open the first dialog, with two chats that were found on the network."""
    dialog = stage.window.connect_controller.open()
    dialog.fields["name"].value = "ana"
    room = Offer(
        "Room 12 on lab", "lab", PORT, ("192.168.1.20",), "Room 12", "ab" * 32, 12, owner="Ben Okafor"
    )
    club = Offer("Club on desk", "desk", PORT, ("192.168.1.31",), "Chess Club", "cd" * 32, 5, "invite")
    dialog.show_offers(of_network([room, club]), False)
    dialog.show_page(page)
    return dialog


def _connect_found(stage: Stage) -> None:
    _connect_dialog(stage)


def _connect_many(stage: Stage) -> None:
    """There are 200 chats on the network, with the names of strangers."""
    dialog = _connect_dialog(stage)
    names = (
        "Room",
        "A very long name of a chat that nobody can read to its end",
        "\u202eevil\n",
        "Зал",
        "部屋",
    )
    offers = [
        Offer(f"{n}", "lab", PORT, (f"10.0.0.{n}",), names[n % len(names)], "ab" * 32, n) for n in range(200)
    ]
    dialog.show_offers(of_network(offers), False)


def _first_run(stage: Stage) -> None:
    """Nothing was used before; two chats were found on the network."""
    dialog = _connect_dialog(stage)
    dialog._known.clear()
    dialog.show_offers(dialog._found, False)


def _connect_new(stage: Stage) -> None:
    dialog = _connect_dialog(stage, "new")
    dialog.pages.new_chat.show("Room 12")


def _connect_proxy(stage: Stage) -> None:
    """The proxy has refused the login."""
    dialog = _connect_dialog(stage, "settings")
    dialog.pages.advanced.proxy.show("socks5://ana@proxy.example:1080")
    reason = _("The proxy {proxy} needs a user name and a password.").format(proxy="proxy.example:1080")
    dialog.show_failed(ConnectFailed("proxy", reason))


def _connect_typed(stage: Stage) -> ConnectDialog:
    """A link was pasted, and its server answers."""
    dialog = _connect_dialog(stage, "join")
    dialog.pages.join.show("chat://192.168.1.20/?code=K7QX-29FM")
    dialog.show_checked(ServerAnswers("Room 12", True, "5a1c9e03d7b2446f" * 4))
    return dialog


def _connect_join(stage: Stage) -> None:
    _connect_typed(stage)


def _connect_compare(stage: Stage) -> None:
    _connect_typed(stage).fields["server"].note_message.button.invoke()


def _connecting_dialog(stage: Stage) -> None:
    _connect_dialog(stage).show_connecting(Login("192.168.1.20", nick="ana"))


def _connect_protected(stage: Stage) -> None:
    dialog = _connect_typed(stage)
    dialog.fields["name"].value = "ben"
    dialog.show_connecting(Login("192.168.1.20", nick="ben", realname="Ben King"))
    dialog.show_failed(ConnectFailed("password", "The name ben is protected.", "ben_2"))
    dialog.fields["password"].value = "secret12"


def _connect_failed(stage: Stage) -> None:
    dialog = _connect_dialog(stage)
    reason = _("The name {nick} is already in use.").format(nick="ana")
    dialog.show_failed(ConnectFailed("name-taken", reason, "ana_2"))


def _failed_address(kind: FailureKind, reason: str, host: str = "192.168.1.20") -> Callable[[Stage], None]:
    """Return a scene in which connecting to a typed address has failed.

    Args:
        reason: As a catalog has it.
    """

    def show(stage: Stage) -> None:
        dialog = _connect_dialog(stage, "join")
        dialog.fields["server"].value = host
        dialog.show_connecting(Login(host, nick="ana"))
        text = _(reason).format(
            host=host, where=host, port=5000, reason=_("the other side does not speak TLS")
        )
        dialog.show_failed(ConnectFailed(kind, text))

    return show


def _connect_timeout(stage: Stage) -> None:
    """The chosen chat does not answer."""
    dialog = _connect_dialog(stage)
    reason = _("{host} did not answer within {seconds:.0f} seconds.").format(host="192.168.1.20", seconds=15)
    dialog.show_failed(ConnectFailed("timeout", reason))


def _connect_members(stage: Stage) -> None:
    dialog = _connect_dialog(stage)
    reason = _(
        "This server is for members only. Enter the password of your account, "
        "or choose one for a new account."
    )
    dialog.show_failed(ConnectFailed("password", reason, makes_accounts=True))


def _connect_code(stage: Stage) -> None:
    dialog = _connect_dialog(stage)
    reason = _("This invite code is wrong, used up or expired. Ask for another one.")
    dialog.show_failed(ConnectFailed("code", reason))


def _connect_launch(stage: Stage) -> None:
    dialog = _connect_dialog(stage, "new")
    dialog.pages.new_chat.show("Room 12")
    reason = _("The server stopped at once: {reason}").format(reason="the disk is full")
    dialog.show_failed(ConnectFailed("launch", reason))


def _connect_runs_already(stage: Stage) -> None:
    dialog = _connect_dialog(stage, "new")
    dialog.pages.new_chat.show("Room 12")
    text = _("Your chat “{name}” runs on this computer already.").format(name="Book club")
    one = _("Only one chat of yours can run here at a time.")
    dialog.show_failed(ConnectFailed("runs-already", f"{text} {one}"))


def _connect_advanced(stage: Stage) -> None:
    _connect_dialog(stage, "settings")


def _certificate(stage: Stage) -> None:
    _connect_dialog(stage).show_failed(_certificate_failure("changed"))


def _certificate_unknown(stage: Stage) -> None:
    _connect_dialog(stage).show_failed(_certificate_failure("unknown"))


def _another_chat_here(stage: Stage) -> None:
    _connect_dialog(stage).show_failed(_certificate_failure("changed-here", "127.0.0.1"))


def _another_chat_on_own_port(stage: Stage) -> None:
    _connect_dialog(stage).show_failed(_certificate_failure("pin-here", "127.0.0.1"))


def _certificate_failure(kind: CertificateProblemKind, host: str = "chat.school.example") -> ConnectFailed:
    problem = CertificateProblem(kind, host, 6697, "ab" * 32)
    return ConnectFailed("certificate", problem.title, certificate_problem=problem)


# states


def _no_chat() -> Network:
    return Network()


def _only_server() -> Network:
    network = quiet_class()
    server = network.add("Room12", "server")
    server.complete = True
    for text in ("Welcome to Room 12, ana.", "This server was started on 2 March 2026."):
        server.insert([network.entry("system", at(9, 50), "", text)])
    network.current = server
    return network


def _empty_direct() -> Network:
    network = school_class()
    network.current = network.find("Tom")
    assert network.current is not None
    network.current.complete = True
    return network


def _connecting() -> Network:
    network = Network()
    network.name, network.nick, network.state = "chat.school.example", "ana", "connecting"
    return network


def _offline() -> Network:
    network = school_class()
    network.state, network.retry_at = "waiting", at(*NOW) + 5
    network.problem = _("{host} did not answer within {seconds:.0f} seconds.").format(
        host="192.168.1.20", seconds=15
    )
    _wait_to_be_sent(network.conversations["#general"])
    return network


def _stopped_here() -> Network:
    """The user has stopped the server."""
    network = school_class()
    network.state, network.is_stopped_here = "waiting", True
    return network


def _wait_to_be_sent(general: Conversation) -> None:
    """Let an own message wait."""
    waiting = written_by(general.entries, "ana", "Great")
    general.entries.remove(waiting)
    waiting.label = ""
    general.add_pending(waiting)


def _banned() -> Network:
    network = school_class()
    network.state, network.failure = "offline", "banned"
    network.problem = "You are banned from this server until 2026-03-13T08:00:00.000Z by Ben: insults"
    return network


def _disk_full() -> Network:
    network = school_class()
    network.cannot_store = True
    return network


def _no_channel() -> Network:
    network = quiet_class()
    for name in scenery.CHANNELS:
        network.remove(network.conversations[name])
    network.current = None
    return network


def _disconnected() -> Network:
    network = school_class()
    network.state = "offline"
    return network


def _removed() -> Network:
    network = school_class()
    general = network.current
    assert general is not None
    general.removal, general.joined = (
        Removal(_("{name} removed you").format(name="Sofia Ricci"), "Off topic, third time", at(*NOW)),
        False,
    )
    return network


def _invited_again() -> Network:
    network = _removed()
    general = network.conversations["#general"]
    assert general.removal is not None
    text = _("{name} invited you to come back").format(name="Sofia Ricci")
    general.removal = replace(general.removal, text=text, is_invited=True, reason="")
    return network


def _certificate_changed() -> Network:
    network = school_class()
    network.state, network.failure = "offline", "certificate"
    network.problem = "Somebody may be between you and the server."
    return network


def _too_fast() -> Network:
    network = school_class()
    general = network.current
    assert general is not None
    _wait_to_be_sent(general)
    general.is_slow, general.slow_seconds, general.held_until = True, 30, time.monotonic() + 13
    network.activate(general)
    return network


# parts of scenes


def _point_at(stage: Stage, entry: Entry) -> None:
    view = stage.transcript.view
    stage.point(view.text, stage.theme.px(200), _y_of(stage, entry))


def _y_of(stage: Stage, entry: Entry) -> int:
    """Return where a message is in the pane of messages, after scrolling to it if necessary."""
    view, px = stage.transcript.view, stage.theme.px
    y = view.y_of(entry.key)
    if y is None or not px(20) < y < view.winfo_height() - px(60):
        stage.transcript.jump_to(entry.key)
        stage.pause()
        y = view.y_of(entry.key)
    return (y or 0) + px(10)


def _indices_with(stage: Stage, words: str) -> list[str]:
    """Return where these words are in the messages, in characters of Tk."""
    text, found, start = stage.transcript.view.text, [], "1.0"
    while place := text.search(words, start, "end"):
        found.append(place)
        start = f"{place}+1c"
    return found


def _search_for(stage: Stage, words: str) -> None:
    """Search as if the server had searched."""
    stage.window.commands.open_search()
    stage.pause()
    stage.window.search.pane.field.set(words)
    stage.pause(600)
    result = stage.window.search._result
    if result is not None:
        for network, part in result.parts:
            part.state, part.is_only_loaded, part.problem = "done", False, ""
            stage.window.search.follow(SearchFinished(network, part))


def _tab_ring(stage: Stage) -> None:
    """The keyboard is on a button."""
    header = stage.window.pane.header
    button = header.search_button if header.search_button.winfo_viewable() else header.search_icon
    stage.focus(button)


SCENES: dict[str, Scene] = {
    "servers": Scene(_servers),
    "servers-menu": Scene(_server_menu),
    "servers-tip": Scene(_server_tip),
    "servers-narrow": Scene(_server_list, size=(640, 560)),
    "servers-removed": Scene(_server_removed),
    "sidebar-alone": Scene(lambda stage: stage.window.commands.show_sidebar(), size=(520, 720)),
    "1-main": Scene(_whole, size=(1280, 1032)),
    "2-find": Scene(_find),
    "2-find-nothing": Scene(_find_nothing),
    "2-search": Scene(_search, size=(1280, 820)),
    "2-search-files": Scene(_search_files, size=(1280, 820)),
    "2-search-filters": Scene(_search_filtered, size=(1280, 820)),
    "2-search-new": Scene(lambda stage: stage.window.commands.open_search()),
    "2-search-picker": Scene(_search_from_whom, size=(1280, 820)),
    "3-jump": Scene(_jump),
    "3-jump-typed": Scene(_jump_typed("he")),
    "3-jump-people": Scene(_jump_typed("@")),
    "3-jump-commands": Scene(_jump_typed(">")),
    "3-jump-moderate": Scene(_jump_typed("ban "), network=_moderated),
    "3-jump-others": Scene(_jump_typed("ban")),
    "3-jump-mended": Scene(_jump_typed("#choir practice")),
    "3-emoji": Scene(_emoji),
    "3-emoji-search": Scene(_emoji_search),
    "6-profile": Scene(_profile),
    "6-own-profile": Scene(_own_profile),
    "6-own-profile-unprotected": Scene(_own_profile_unprotected),
    "6-message-menu": Scene(_message_menu),
    "6-channel-settings": Scene(_channel_settings(0), network=_moderated),
    "6-channel-members": Scene(_channel_settings(1), network=_moderated),
    "6-channel-banned": Scene(_channel_settings(2), network=_moderated),
    "6-channel-files": Scene(_channel_files, network=_moderated),
    "6-channel-no-files": Scene(_no_channel_files),
    "6-channel-settings-member": Scene(_channel_settings(0)),
    "6-moderate": Scene(_moderate, network=_moderated),
    "6-moderate-remove": Scene(_moderate_remove, network=_moderated),
    "6-undo": Scene(_undo),
    "7-connecting": Scene(network=_connecting),
    "7-offline": Scene(network=_offline),
    "7-disconnected": Scene(network=_disconnected),
    "7-stopped-here": Scene(network=_stopped_here),
    "7-removed": Scene(network=_removed),
    "7-invited-again": Scene(network=_invited_again),
    "7-certificate": Scene(network=_certificate_changed),
    "7-too-fast": Scene(network=_too_fast),
    "7-nothing-found": Scene(_search_nothing, size=(1280, 820)),
    "7-loading": Scene(network=_loading),
    "7-banned": Scene(network=_banned),
    "7-disk-full": Scene(network=_disk_full),
    "7-no-channel": Scene(lambda stage: stage.pause(800), network=_no_channel),
    "7-beginning": Scene(network=quiet_class),
    "8-direct": Scene(network=pair, size=(600, 560)),
    "direct-empty": Scene(network=_empty_direct),
    "no-chat": Scene(network=_no_chat),
    "server-messages": Scene(network=_only_server),
    "hover": Scene(_hover),
    "reactions": Scene(_reactions),
    "chosen": Scene(_chosen),
    "flash": Scene(_flash),
    "selection": Scene(_selection),
    "events": Scene(_events),
    "long-messages": Scene(lambda stage: stage.transcript.scroll_to_newest(), network=_long_code),
    "long-code": Scene(lambda stage: stage.press(stage.transcript.view.text, "<Home>"), network=_long_code),
    "unread-many": Scene(network=_many_unread),
    "scrolled-up": Scene(_scrolled_up, network=_many_unread),
    "reading-past": Scene(_reading_past),
    "reply": Scene(_reply),
    "edit": Scene(_edit),
    "edit-files": Scene(_edit_with_files),
    "files": Scene(_many_files),
    "file-stalled": Scene(_stalled),
    "files-too-large": Scene(_too_large),
    "files-cards": Scene(_cards),
    "files-picture": Scene(_shared_picture),
    "files-card-menu": Scene(_file_card_menu),
    "files-viewer": Scene(_viewer),
    "files-viewer-large": Scene(_viewer_large),
    "files-viewer-damaged": Scene(_viewer_damaged),
    "files-program": Scene(_program_question),
    "files-no-room": Scene(_no_room),
    "files-no-room-owner": Scene(_no_room_for_others),
    "files-waiting": Scene(_waits_for_files),
    "files-menu": Scene(_file_menu),
    "files-not-for-guests": Scene(_no_files_for_guests),
    "write-code": Scene(_code),
    "complete-name": Scene(lambda stage: stage.type("@che")),
    "complete-emoji": Scene(lambda stage: stage.type(":par")),
    "complete-command": Scene(lambda stage: stage.type("/wh")),
    "focus-ring": Scene(_tab_ring),
    "menu-chat": Scene(_menu("chat")),
    "menu-own": Scene(_menu("own")),
    "menu-section": Scene(_menu("section")),
    "menu-conversation": Scene(_menu("conversation")),
    "menu-bell": Scene(_menu("bell")),
    "menu-more": Scene(_menu("menu")),
    "menu-person": Scene(_person_menu),
    "5-settings-account-protected": Scene(_account(lambda page: None)),
    "5-settings-account-password": Scene(_account(lambda page: page.password.change.invoke())),
    "5-settings-account-delete": Scene(_account(lambda page: page.delete.invoke())),
    "5-settings-account-protect": Scene(_protect),
    **{f"5-settings-{page.key}": Scene(_settings(page.key)) for page in PAGES if page.key != "server"},
    "4-first-chat": Scene(_first_chat, network=_new_chat, size=(1148, 780)),
    "4-first-chat-without-code": Scene(_code_being_made, network=_new_chat, size=(1148, 780)),
    "4-invite": Scene(_invite, network=_owned),
    "4-stop-question": Scene(_stop_question, network=_owned),
    "5-owner": Scene(_this_server("owner"), network=_owned, size=(1180, 804)),
    "5-server-limits": Scene(_server_limits, network=_owned, size=(1180, 804)),
    "5-server-files": Scene(_server_files, network=_owned, size=(1180, 804)),
    "5-moderator": Scene(_this_server("moderator"), network=_owned, size=(1180, 804)),
    "5-settings-search": Scene(_settings_search),
    "away": Scene(_dialog("ask_away")),
    "write-to": Scene(_dialog("write")),
    "join": Scene(_join),
    "join-new": Scene(_join_typed("choir", topic="Rehearsals on Tuesdays at 18:00")),
    "join-mended": Scene(_join_typed("choir practice")),
    "join-long": Scene(_join_typed("a-very-long-name-for-a-channel-that-hardly-fits-into-the-window")),
    "join-impossible": Scene(_join_typed("x" * 80)),
    "join-key": Scene(_join_with_key),
    "keep-running": Scene(_keep_running),
    "close-with-files": Scene(_close_with_files),
    "password-for-files": Scene(_password_for_files),
    "connect": Scene(_connect),
    "connect-found": Scene(_connect_found),
    "4-first-run": Scene(_first_run),
    "connect-many": Scene(_connect_many),
    "connect-new": Scene(_connect_new),
    "connect-join": Scene(_connect_join),
    "connect-compare": Scene(_connect_compare),
    "connect-busy": Scene(_connecting_dialog),
    "connect-protected": Scene(_connect_protected),
    "connect-failed": Scene(_connect_failed),
    "connect-timeout": Scene(_connect_timeout),
    "connect-members": Scene(_connect_members),
    "connect-code": Scene(_connect_code),
    "connect-launch": Scene(_connect_launch),
    "connect-runs-already": Scene(_connect_runs_already),
    "connect-refused": Scene(
        _failed_address(
            "refused", "{host} can be reached, but no server answers on port {port}.", "127.0.0.1"
        )
    ),
    "connect-host": Scene(
        _failed_address("host", "There is no server called {host}. Check the spelling.", "chta.example")
    ),
    "connect-not-chat": Scene(
        _failed_address("not-chat", "Port {port} of {host} is not a chat server. Check the address.")
    ),
    "connect-no-tls": Scene(
        _failed_address("no-tls", "{where} has no encryption: {reason}. Others could read your messages.")
    ),
    "connect-banned": Scene(
        _failed_address("banned", "You are banned from this server for ever by ben: advertising")
    ),
    "connect-advanced": Scene(_connect_advanced),
    "connect-proxy": Scene(_connect_proxy),
    "connect-certificate": Scene(_certificate),
    "connect-certificate-unknown": Scene(_certificate_unknown),
    "connect-another-chat-here": Scene(_another_chat_here),
    "connect-another-chat-on-own-port": Scene(_another_chat_on_own_port),
}
