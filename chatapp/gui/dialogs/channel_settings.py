"""The settings of a channel: overview, members, bans and files. Save and Cancel are for the overview."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import NamedTuple

from chatapp.client.client import Client
from chatapp.client.model.changes import Change, ConversationChanged, MembersChanged, OrderFinished
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.files import FileCard
from chatapp.client.model.model import Entry
from chatapp.client.model.orders import Order
from chatapp.client.outgoing import ban_list, channel_rules, moderation
from chatapp.client.outgoing.channel_rules import Rules
from chatapp.gui.dialogs.ban_page import BanPage
from chatapp.gui.dialogs.channel_overview import ChannelOverview, OverviewData
from chatapp.gui.dialogs.file_page import FilePage, is_offered
from chatapp.gui.main.conversation_row import kind_icon, without_hash
from chatapp.gui.main.member_rows import member_source
from chatapp.gui.main.message_files import MessageFiles
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.dialog import Dialog, QuestionDialog
from chatapp.gui.widgets.popup import Area
from chatapp.gui.widgets.row_list import RowList
from chatapp.gui.widgets.scrolled import Scrolled
from chatapp.gui.widgets.tabs import Tabs
from chatapp.gui.widgets.text_fit import shorten
from chatapp.gui.widgets.tooltip import Tooltip
from chatapp.languages.translation import N_, _, ngettext

PAD, WIDTH, LIST_HEIGHT, MARGIN = 20, 440, 360, 16  # pixels at 96 dpi
REST = 260  # of the height of the screen, for what is not the page; pixels at 96 dpi
OVERVIEW, MEMBERS, BANNED, FILES = N_("Overview"), N_("Members"), N_("Banned"), N_("Files")
NO_WAY_BACK = N_("This cannot be undone.")
OF_LISTS = (BANNED, FILES)  # pages where everything acts at once


class ChannelHandlers(NamedTuple):
    """Functions that the dialog calls."""

    on_member: Callable[[str, int, int], object]
    """Open the menu of a member at screen coordinates."""
    on_leave: Callable[[], object]
    """Leave the channel; the dialog closes first."""
    on_changed: Callable[[], object]
    """Repaint: the conversation was muted, or what is notified of has changed."""
    on_place: Callable[[Entry], object] = lambda entry: None
    """Show a message of the channel; the dialog closes first."""
    on_picture: Callable[[FileCard, MessageFiles], object] = lambda card, files: None
    """Show a picture of the channel as a whole."""


class ChannelSettings(Dialog):
    """The dialog; it reads the model of its channel, and gives orders to the client."""

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        client: Client,
        conversation: Conversation,
        handlers: ChannelHandlers,
        page: str = OVERVIEW,
        *,
        shows_pictures: bool = True,
        twelve_hours: bool = False,
    ) -> None:
        super().__init__(master, theme, _("Settings of {name}").format(name=conversation.name))
        self._client = client
        self._handlers = handlers
        self.conversation = conversation
        self._network = client.network_of(conversation)
        self._before = channel_rules.current(conversation)
        self._wanted: Rules | None = None
        self._saving: Order | None = None
        self._listing: Order | None = None
        self._lifting: Order | None = None
        px = theme.px
        self.body.configure(padding=(px(PAD), px(PAD), px(PAD), px(12)))
        self._width = min(px(theme.grown(WIDTH)), self.winfo_screenwidth() - px(2 * PAD + MARGIN))
        self.body.columnconfigure(0, minsize=self._width)
        self._build_title()
        self._names = [OVERVIEW, MEMBERS, BANNED, *([FILES] if is_offered(self._network) else [])]
        self.tabs = Tabs(self.body, theme, [_(each) for each in self._names], self._show_page)
        self.tabs.grid(row=1, sticky="ew", pady=(px(8), px(12)))
        self._scrolled = Scrolled(self.body, theme)
        self.overview = ChannelOverview(self._scrolled.body, theme, self._data())
        self.overview.pack(fill="both", expand=True)
        self.members = RowList(
            self.body, theme, "pane", self._choose_member, handlers.on_member,
            on_peek=self._peek_member, row=36, inset=4,
        )  # fmt: skip
        self.members.canvas.configure(height=px(LIST_HEIGHT))
        is_moderator = channel_rules.may_change(self._network, conversation)
        self.bans = BanPage(self.body, theme, self._lift if is_moderator else None)
        self._pages: list[tk.Widget] = [self._scrolled, self.members, self.bans]
        self.files: FilePage | None = None
        if FILES in self._names:
            self.files = FilePage(
                self.body, theme, client, conversation,
                shows_pictures=shows_pictures, twelve_hours=twelve_hours,
                on_place=self._show_message, on_picture=handlers.on_picture,
            )  # fmt: skip
            self._pages.append(self.files)
        for each in self._pages:
            each.grid(row=2, sticky="nsew")
        self._build_foot()
        self._scrolled.fit(self.winfo_screenheight() - px(REST))
        self.update_idletasks()
        self.body.rowconfigure(2, minsize=self._scrolled.winfo_reqheight())
        self._width = max(self._width, self._scrolled.winfo_reqwidth())  # of every page
        self.body.columnconfigure(0, minsize=self._width)
        self._show_members()
        number = self._names.index(page)
        self.tabs.show(number)
        self._show_page(number)
        self.open(self.overview.first if page == OVERVIEW else self.tabs)

    def apply(self, change: Change) -> None:
        """Follow a change of the model."""
        if self.files is not None:
            self.files.apply(change)
        if isinstance(change, OrderFinished):
            self._order_finished(change.order)
        elif isinstance(change, MembersChanged) and change.conversation is self.conversation:
            self._show_members()
        elif isinstance(change, ConversationChanged) and change.conversation is self.conversation:
            if not self.conversation.joined:
                self.close()
            elif self._listing is None and self.tabs.shown == self._names.index(BANNED):
                self._show_bans()

    def _build_title(self) -> None:
        theme, px = self.theme, self.theme.px
        head = ttk.Frame(self.body)
        head.grid(row=0, sticky="w")
        icon = ttk.Label(head)
        theme.watch(
            icon,
            lambda: icon.configure(image=theme.icon(kind_icon(self.conversation), "text", theme.grown(18))),
        )
        icon.pack(side="left", padx=(0, px(8)))
        name = shorten(
            without_hash(self.conversation.name), theme.fonts["ChatTitle"].measure, self._width - px(60)
        )
        ttk.Label(head, text=name, style="Title.TLabel").pack(side="left")

    def _build_foot(self) -> None:
        theme, px, name = self.theme, self.theme.px, self.conversation.name
        line = ttk.Frame(self.body, style="Divider.TFrame", height=max(px(1), 1))
        line.grid(row=3, sticky="ew", pady=px(12))
        foot = ttk.Frame(self.body)
        foot.grid(row=4, sticky="ew")
        self.leave_button = ttk.Button(foot, compound="left", style="Quiet.TButton", command=self._leave)
        theme.watch(
            self.leave_button,
            lambda: self.leave_button.configure(image=theme.icon("door", "text", theme.grown(16))),
        )
        self.leave_button.pack(side="left")
        self.cancel_button = ttk.Button(
            foot, text=_("Cancel"), command=self.close
        )  # before Save for Tab, too
        self.save_button = ttk.Button(foot, text=_("Save"), style="Primary.TButton", command=self._save)
        self.save_button.pack(side="right", padx=(px(12), 0))
        self.cancel_button.pack(side="right")
        tip = Tooltip(self.leave_button, theme)
        leave = _("Leave {name}").format(name=name)
        self.leave_button.bind("<Enter>", lambda event: tip.show(leave), add=True)
        foot.bind("<Configure>", lambda event: self._name_leaving(event.width, leave))

    def _name_leaving(self, width: int, text: str) -> None:
        """Shorten the name on the button to leave, if the others need the room."""
        px, others = self.theme.px, (self.cancel_button, self.save_button)
        room = width - sum(each.winfo_reqwidth() + px(12) for each in others) - px(self.theme.grown(16) + 28)
        shown = shorten(text, self.theme.fonts["ChatBody"].measure, max(room, 0))
        self.leave_button.configure(text=f" {shown}")

    def _data(self) -> OverviewData:
        network, conversation = self._network, self.conversation
        return OverviewData(
            self._before,
            channel_rules.offered(network),
            channel_rules.may_change(network, conversation),
            network.state == "online" and network.may_set_topic(conversation),
            channel_rules.longest_topic(network),
            conversation.notify,
            conversation.muted,
            () if channel_rules.may_limit_keeping(network, conversation) else ("keep_days",),
        )

    def _show_page(self, number: int) -> None:
        for at, page in enumerate(self._pages):
            (page.grid if at == number else page.grid_remove)()
        if self._names[number] == BANNED and self._listing is None:
            self._listing = ban_list.order(self._network, self.conversation)
            self._client.give(self._listing)
        if self._names[number] == FILES and self.files is not None:
            self.files.load()
        is_list = self._names[number] in OF_LISTS
        self.cancel_button.configure(text=_("Close") if is_list else _("Cancel"))
        if is_list:
            self.save_button.pack_forget()
        else:
            self.save_button.pack(side="right", padx=(self.theme.px(12), 0), before=self.cancel_button)

    def _leave(self) -> None:
        self.close()
        self._handlers.on_leave()

    def _show_message(self, entry: Entry) -> None:
        self.close()
        self._handlers.on_place(entry)

    # overview

    def _save(self) -> None:
        wanted = self.overview.wanted()
        if wanted is None:
            self.tabs.show(0)
            self._show_page(0)
            return
        if not channel_rules.deletes_messages(self._before, wanted):
            self._save_rules(wanted)
            return
        text = ngettext(
            "Messages that are older than {days} day, and their files, are deleted for everybody.",
            "Messages that are older than {days} days, and their files, are deleted for everybody.",
            wanted.keep_days,
        )
        QuestionDialog(
            self,
            self.theme,
            _("Delete older messages?"),
            f"{text.format(days=wanted.keep_days)} {_(NO_WAY_BACK)}",
            {_("Cancel"): lambda: None, _("Save and delete"): lambda: self._save_rules(wanted)},
            escape=_("Cancel"),
            danger=_("Save and delete"),
        )

    def _save_rules(self, wanted: Rules) -> None:
        self._set_notifications()
        order = channel_rules.order(self._network, self.conversation, self._before, wanted)
        if not order.steps:
            self.close()
            return
        self._wanted, self._saving = wanted, order
        self.save_button.state(["disabled"])
        self._client.give(order)

    def _set_notifications(self) -> None:
        conversation, muted = self.conversation, self.overview.switches["mute"].is_on
        if (conversation.notify, conversation.muted) != (self.overview.level, muted):
            conversation.notify, conversation.muted = self.overview.level, muted
            self._handlers.on_changed()

    def _saved(self, order: Order, wanted: Rules) -> None:
        """Close, or show what the server has refused, with its value as it was."""
        self.save_button.state(["!disabled"])
        now = channel_rules.current(self.conversation)
        problems = channel_rules.problems(order, wanted, now)
        if not problems:
            self.close()
            return
        self._before = now
        self.overview.show_rules(now)
        self.overview.show_problems(problems)

    # members and bans

    def _show_members(self) -> None:
        self.members.show(member_source(self._network, self.conversation, is_offline_open=True))

    def _choose_member(self, nick: str) -> None:
        self._handlers.on_member(nick, *self.winfo_pointerxy())

    def _peek_member(self, nick: str, area: Area) -> None:
        self._handlers.on_member(nick, area.x + self.theme.px(40), area.y + area.height)

    def _show_bans(self, problem: str = "") -> None:
        bans = self.conversation.bans.values()
        now = self._network.time(self._network.wall)
        self.bans.show(self._network, bans, now, problem)

    def _lift(self, mask: str) -> None:
        ban = self.conversation.bans.get(mask)
        if ban is not None:
            self._lifting = moderation.lifting(self._network, self.conversation, [ban])
            self._client.give(self._lifting)

    def _order_finished(self, order: Order) -> None:
        if order is self._saving and self._wanted is not None:
            self._saving = None
            self._saved(order, self._wanted)
        elif order is self._listing:
            self._listing = None
            ban_list.store(self.conversation, order)
            self._show_bans(order.problem if not order.done else "")
        elif order is self._lifting:
            self._show_bans(order.problem)
