"""The page "This server" of the settings, for owners and moderators of a server of this project.

An owner sees all of it; a moderator sees roles, bans, files and the moderation log. It stands in two columns
where the window is wide enough.
"""

from __future__ import annotations

import time
import tkinter as tk
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from tkinter import filedialog, ttk

from chatapp.client.local import log_file
from chatapp.client.model.changes import Change, OrderFinished, ServerOverviewChanged
from chatapp.client.model.moderation_log import sentence
from chatapp.client.model.network import Network
from chatapp.client.model.orders import Order
from chatapp.client.model.own_account import offers
from chatapp.client.model.server_overview import OF_FILES, ServerOverview, is_visible, keeps_files
from chatapp.client.model.server_storage import KeptFile
from chatapp.client.session.own_account import CODE_REQUIRED
from chatapp.client.session.own_server import OwnServer
from chatapp.gui.dialogs.stop_question import STOP, StopQuestion
from chatapp.gui.main.message_files import ask_to_delete
from chatapp.gui.settings import order_watch, server_texts
from chatapp.gui.settings.file_limits import FileLimits
from chatapp.gui.settings.order_watch import OrderWatch
from chatapp.gui.settings.page import PageView, SettingsPage
from chatapp.gui.settings.page_tools import PageTools
from chatapp.gui.settings.server_access import ACCESS_KEY, CLOSED, NAME, SHARING, AccessHandlers, ServerAccess
from chatapp.gui.settings.server_bans import ServerBans
from chatapp.gui.settings.server_files import ServerFiles
from chatapp.gui.settings.server_here import KEEP, START, ServerHere
from chatapp.gui.settings.server_invite import InviteHandlers, ServerInvite
from chatapp.gui.settings.server_log import LogLine, ServerLog
from chatapp.gui.settings.server_protect import NEED_ACCOUNT
from chatapp.gui.settings.server_roles import NOBODY, ServerRoles
from chatapp.gui.widgets.code_screen import CodeScreen
from chatapp.gui.widgets.list_row import ListRow, Mark
from chatapp.gui.widgets.setting_row import SectionHeading, SettingText
from chatapp.languages.translation import N_, _, pgettext

# Pixels at 96 dpi
WIDE = 820  # of the content, from which on there are two columns
COLUMN_GAP, PART_GAP = 24, 16
MAX_LINES = 2000  # entries of the log that are shown; a file has all of them
LOOK_MILLISECONDS = 50  # between two looks whether the file is written

OF_MODERATORS = frozenset({"roles", "bans", "log", "files"})  # the keys of the rows that they see
OWNER, MODERATOR = N_("You are the owner"), N_("You are a moderator")
STOP_NOTE = N_("Everybody is disconnected. The messages stay.")
SAVED = N_("The log was saved as {name}.")

TEXTS = (
    SettingText("name", N_("Name of the chat"), keywords=N_("title rename")),
    SettingText(
        "access", N_("Who can join"), keywords=N_("invite link code accounts everyone closed guests")
    ),
    SettingText(
        "invite", N_("Invite"), N_("Link, QR code and invite codes."), N_("share fingerprint revoke")
    ),
    SettingText("roles", N_("Roles"), keywords=N_("owner moderator operator admin")),
    SettingText("bans", N_("Banned"), keywords=N_("lift unban ban block")),
    SettingText("log", N_("Moderation log"), keywords=N_("audit csv history record")),
    SettingText("storage", N_("Storage"), keywords=N_("disk size messages kept database")),
    SettingText("files", N_("Files"), keywords=N_("size disk largest delete uploads room")),
    KEEP,
    START,
    SettingText("stop", STOP, keywords=N_("shut down quit end"), has_command=True),
)


class ServerPage(PageView):
    """Everything acts at once. What the server refuses returns to what it was, with the reason below it."""

    def __init__(self, master: tk.Misc, tools: PageTools) -> None:
        super().__init__(master, tools, _("This server"), TEXTS, widest=None)
        self._problems: dict[int, Callable[[str], object]] = {}  # by the id of an order that is under way
        self._orders: dict[int, Order] = {}
        self._awaited = OrderWatch()
        self._retry: Callable[[], object] = lambda: None  # the change that waits for a protected name
        self._written: SimpleQueue[tuple[Path, str]] = SimpleQueue()
        self._path: Path | None = None  # of the file that is waiting for the rest of the log
        self._arranged: tuple[bool, bool, bool] | None = None
        self._build_head()
        self._columns = ttk.Frame(self)
        self._columns.grid(sticky="ew")
        self._left, self._right = ttk.Frame(self._columns), ttk.Frame(self._columns)
        self._above, self._below = ttk.Frame(self._left), ttk.Frame(self._left)  # of owners; files between
        self._build_left()
        self._build_right()
        self._columns.bind("<Configure>", lambda event: self._arrange(event.width))
        self.bind("<Map>", lambda event: self._server.watch(), add=True)
        self.bind("<Unmap>", lambda event: self._server.watch(False), add=True)
        self.bind("<Destroy>", self._on_destroy, add=True)
        self.theme.watch(self, self._paint)

    @property
    def _server(self) -> OwnServer:
        return self.tools.client.server

    # what is shown

    def show(self) -> None:
        """Show the server as it is known now, and read it."""
        super().show()
        self._server.watch()
        self._follow()

    def apply(self, change: Change) -> None:
        """Follow the server."""
        if isinstance(change, ServerOverviewChanged):
            self._follow()
        self._awaited.apply(change)
        if isinstance(change, OrderFinished) and id(change.order) in self._problems:
            self._orders.pop(id(change.order))
            self._problems.pop(id(change.order))(change.order.problem)

    def _follow(self) -> None:
        server, network = self._server, self.tools.client.network
        overview, can_change, now = server.overview, server.offers.can_change, self._now(network)
        self._show_head(overview, now)
        self.access.show(overview.settings)
        self._show_invite(overview, now)
        me = network.account or network.nick
        self.roles.show(overview.roles, me, can_change, overview.channel_moderators)
        self.bans.show(self._ban_rows(network, overview, now))
        self._show_log(network, overview)
        self._show_here()
        self.storage.configure(text=server_texts.storage(overview.status) if overview.status else "")
        self._show_files(network, overview, now)
        self._arrange(self._columns.winfo_width())
        self._save_if_read()

    def _show_here(self) -> None:
        client = self.tools.client
        if client.is_local_server:
            self.here.show(client.keeps_server_running, client.server_starts_with_computer)
            self.here.grid()
        else:
            self.here.grid_remove()

    def _keep_running(self, on: bool) -> None:
        self.tools.client.keeps_server_running = on

    def _show_head(self, overview: ServerOverview, now: float) -> None:
        role = {"owner": OWNER, "moderator": MODERATOR}.get(overview.role, "")
        self.role.configure(text=f" {_(role)}" if role else "")
        status = server_texts.summary(overview.status, now) if overview.status else ""
        self.status.configure(text=f" {status}" if status else "")
        self._paint()
        self.show_head(self.role, self.status)

    def _show_invite(self, overview: ServerOverview, now: float) -> None:
        twelve = not self.tools.settings.clock24
        facts = [server_texts.code_facts(code, now, twelve) for code in overview.codes]
        digits = overview.status.fingerprint if overview.status else ""
        self.invite.show(server_texts.invite_link(overview), digits, overview.codes, facts)

    def _ban_rows(self, network: Network, overview: ServerOverview, now: float) -> list[SettingText]:
        twelve = not self.tools.settings.clock24

        def by(nick: str) -> str:
            return "" if network.is_me(nick) else network.display_name(nick)

        return [
            SettingText(ban.mask, ban.target, server_texts.ban_facts(ban, by(ban.by), now, twelve))
            for ban in overview.bans
        ]

    def _show_files(self, network: Network, overview: ServerOverview, now: float) -> None:
        use, twelve = overview.storage, not self.tools.settings.clock24
        if use is None:
            return

        def facts(file: KeptFile) -> str:
            by = "" if network.is_me(file.by) else network.display_name(file.by)
            return server_texts.file_facts(file, by, now, twelve)

        self.files.show(
            server_texts.files_facts(use),
            use.size / use.most if use.most else None,
            [
                SettingText(str(at), network.display_name(each.name), server_texts.person_files(each))
                for at, each in enumerate(use.people)
            ],
            [SettingText(each.id, each.name, facts(each)) for each in use.largest],
        )
        self.files.offer_limits(self._server.offers.can_change and bool(overview.settings.files))

    def _show_log(self, network: Network, overview: ServerOverview) -> None:
        twelve, today = not self.tools.settings.clock24, date.fromtimestamp(self._now(network))
        lines: list[LogLine] = [
            (server_texts.when(each.at, today, twelve), network.display_name(each.by), sentence(each))
            for each in overview.log[:MAX_LINES]
        ]
        has_more = overview.has_more_log and len(overview.log) < MAX_LINES
        self.log.show(lines, has_more, self._server.is_reading_log, self._path is not None)

    def _now(self, network: Network) -> float:
        return network.wall or time.time()

    # building

    def _build_head(self) -> None:
        self.role = ttk.Label(self.head, style="Muted.TLabel", compound="left")
        self.status = ttk.Label(self.head, style="Muted.TLabel", compound="left")

    def _build_left(self) -> None:
        px = self.theme.px
        handlers = AccessHandlers(
            on_name=lambda name: self._give(lambda: self._server.set_name(name), self._problem_of(NAME)),
            on_access=lambda access: self._change(ACCESS_KEY, lambda: self._server.set_access(access)),
            on_sharing=lambda on: self._give(lambda: self._server.set_sharing(on), self._problem_of(SHARING)),
            on_closed=lambda on: self._change(CLOSED, lambda: self._server.set_closed(on)),
            on_protect=self._protect,
        )
        self.access = ServerAccess(self._above, self.theme, handlers)
        self.invite = ServerInvite(
            self._above,
            self.theme,
            InviteHandlers(
                on_copy=self._copy,
                on_full_screen=self._show_full_screen,
                on_new_code=lambda: self._give(self._server.make_code, self.invite.show_problem),
                on_revoke=lambda label: self._give(
                    lambda: self._server.revoke_code(label), self.invite.show_problem
                ),
            ),
        )
        self.files = ServerFiles(self._left, self.theme, self._ask_to_delete, self._change_limits)
        stop = SectionHeading(self._below, self.theme, pgettext("heading", "Stop"), below=_(STOP_NOTE))
        self.here = ServerHere(
            self._below, self.theme, self._keep_running, self.tools.client.start_server_with_computer
        )
        self.stop = ttk.Button(
            self._below,
            text=_("Stop the server…"),
            style="DangerLine.TButton",
            compound="left",
            command=self._ask_to_stop,
        )
        self.stop_problem = ttk.Label(self._below, style="Danger.TLabel", justify="left")
        for frame in (self._left, self._above, self._below):
            frame.columnconfigure(0, weight=1)
        for widget in (self.access, self.invite, self.here, stop):
            widget.grid(sticky="ew", pady=(0, px(PART_GAP if widget is not stop else 8)))
        self.here.grid_remove()
        self.stop.grid(sticky="w")
        self.stop_problem.grid(sticky="w")
        self.rows |= {"keep": self.here.keep_row, "start": self.here.start_row}
        self.rows |= {
            "name": self.access, "access": self.access.access, "invite": self.invite,
            "files": self.files, "stop": self.stop,
        }  # fmt: skip

    def _build_right(self) -> None:
        self.roles = ServerRoles(self._right, self.theme, self._set_role, self._find_accounts)
        self.bans = ServerBans(self._right, self.theme, self._lift)
        self.log = ServerLog(self._right, self.theme, self._read_older, self._ask_for_file)
        self._right.columnconfigure(0, weight=1)
        self._use = SectionHeading(self._right, self.theme, _("Storage"))
        self.storage = self._use.add(ttk.Label(self._use, style="Muted.TLabel"))
        for widget in (self.roles, self.bans, self.log, self._use):
            widget.grid(sticky="ew", pady=(0, self.theme.px(PART_GAP)))
        self.rows |= {"roles": self.roles, "bans": self.bans, "log": self.log, "storage": self._use}

    def _arrange(self, width: int) -> None:
        """Place the columns beside or below one another; a moderator has only files in the left one."""
        px, can_change = self.theme.px, self._server.offers.can_change
        has_files = keeps_files(self.tools.client.network) and self._server.overview.storage is not None
        is_wide = can_change and width >= px(self.theme.grown(WIDE))
        if (is_wide, can_change, has_files) == self._arranged:
            return
        self._arranged = is_wide, can_change, has_files
        gap = px(PART_GAP)
        _place(self._above, can_change, 0)
        _place(self.files, has_files, 1, gap)
        _place(self._below, can_change, 2)
        (self._use.grid if can_change else self._use.grid_remove)()
        self._columns.columnconfigure(0, weight=1, uniform="column")
        self._columns.columnconfigure(1, weight=int(is_wide), uniform="column" if is_wide else "")
        half = px(COLUMN_GAP // 2)
        self._left.grid(row=0 if can_change else 2, column=0, sticky="new", padx=(0, half if is_wide else 0))
        if is_wide:
            self._right.grid(row=0, column=1, sticky="new", padx=(half, 0), pady=0)
        else:
            above = gap if can_change else 0
            self._right.grid(row=1, column=0, sticky="new", padx=0, pady=(above, 0))
        if not (can_change or has_files):
            self._left.grid_remove()

    def _paint(self) -> None:
        theme, role = self.theme, self._server.overview.role
        icon = {"owner": ("crown", "owner"), "moderator": ("shield", "muted")}.get(role)
        self.role.configure(image=theme.icon(*icon, theme.grown(16)) if icon else "")
        has_status = self._server.overview.status is not None
        self.status.configure(image=theme.icon("disc", "ok", theme.grown(9)) if has_status else "")
        self.stop.configure(image=theme.icon("power", "danger", theme.grown(16)))

    # what the user does

    def _give(self, act: Callable[[], Order], show_problem: Callable[[str], object]) -> None:
        """Give an order, and show below its control why it was refused."""
        show_problem("")
        order = act()
        if order.is_finished:
            show_problem(order.problem)
        else:
            self._orders[id(order)] = order  # keeps it alive, so that its id stays its own
            self._problems[id(order)] = show_problem

    def _change(self, setting: str, act: Callable[[], Order]) -> None:
        """Change who can come in. A guest is asked to protect the name first if the server wants that."""
        self.access.protect.close()
        self.access.show_problem(setting, "")

        def done(order: Order) -> None:
            needs_account = any(each.code == NEED_ACCOUNT for each in order.refusals)
            if needs_account and offers(self.tools.client.network).protect:
                self._retry = partial(self._change, setting, act)
                self.access.ask_to_protect(setting)
            else:
                self.access.show_problem(setting, order.problem)

        self._awaited.follow(act(), done)

    def _protect(self, password: str, code: str) -> None:
        """Protect the name of the user, then make the change that was refused."""
        form = self.access.protect

        def done(order: Order) -> None:
            if any(each.code == CODE_REQUIRED for each in order.refusals):
                form.ask_for_code(order_watch.sentence(order.problem))
            elif order.problem:
                form.show_problem(order_watch.sentence(order.problem))
            else:
                self._retry()

        self._awaited.follow(self.tools.client.account.protect(password, code), done)

    def _problem_of(self, setting: str) -> Callable[[str], object]:
        return lambda text: self.access.show_problem(setting, text)

    def _copy(self, link: str) -> None:
        self.clipboard_clear()
        self.clipboard_append(link)

    def _show_full_screen(self, link: str) -> None:
        code = server_texts.code_in(link)
        CodeScreen(self, self.theme, self._server.overview.settings.name, link, code)

    def _set_role(self, account: str, role: str) -> None:
        self._give(lambda: self._server.set_role(account, role), self.roles.show_problem)

    def _find_accounts(self, typed: str) -> Sequence[ListRow]:
        """Return people here who have an account and no role; any account can be typed in full."""
        network = self.tools.client.network
        people = [(each.account, each.nick) for each in network.people.values()]
        holders = [each.name for each in self._server.overview.roles]
        found = server_texts.candidates(people, holders, network.fold)
        wanted = typed.casefold()
        rows = [
            ListRow(account, network.display_name(account), avatar=account)
            for account in found
            if wanted in account.casefold() or wanted in network.display_name(account).casefold()
        ]
        if typed and network.fold(typed) not in {network.fold(each) for each in (*found, *holders)}:
            text = _("Account {name}").format(name=typed)
            rows.append(ListRow(typed, text, icon="person", icon_role="muted"))
        return rows or [ListRow("", _(NOBODY))]

    def _lift(self, mask: str) -> None:
        self._give(lambda: self._server.lift_ban(mask), lambda text: self.bans.show_problem(mask, text))

    def _ask_to_delete(self, file_id: str) -> None:
        use = self._server.overview.storage
        name = next((each.name for each in use.largest if each.id == file_id), "") if use else ""
        ask_to_delete(self, self.theme, name, partial(self._delete, file_id))

    def _delete(self, file_id: str) -> None:
        self._give(
            lambda: self._server.delete_file(file_id), lambda text: self.files.show_problem(file_id, text)
        )

    def _change_limits(self) -> None:
        """Open the dialog with the limits. It stays open until the server has taken them all."""

        def save(wanted: dict[str, str]) -> None:
            self._awaited.follow(self._server.set_file_limits(wanted), partial(done, wanted))

        def done(wanted: dict[str, str], order: Order) -> None:
            if not dialog.winfo_exists():
                return
            refused = {each.step.message.params[0].removeprefix(OF_FILES): each for each in order.refusals}
            problems = {key: order_watch.sentence(each.reason) for key, each in refused.items()}
            taken = {key: value for key, value in wanted.items() if key not in problems}
            dialog.saved(problems, {**self._server.overview.settings.files, **taken})

        dialog = FileLimits(self.winfo_toplevel(), self.theme, self._server.overview.settings.files, save)

    def _ask_to_stop(self) -> None:
        StopQuestion(self.winfo_toplevel(), self.theme, self._server.overview, self._stop)

    def _stop(self) -> None:
        self._give(self._server.stop, lambda text: self.stop_problem.configure(text=text))

    # the log

    def _read_older(self) -> None:
        self._server.read_older_log()
        self._follow()

    def _ask_for_file(self) -> None:
        chat = self._server.overview.settings.name
        path = filedialog.asksaveasfilename(
            parent=self,
            title=_("Save the moderation log"),
            defaultextension=".csv",
            initialfile=_("{chat} moderation log.csv").format(chat=chat).replace("/", "-").replace("\\", "-"),
            filetypes=[(_("Table (CSV)"), "*.csv")],
        )
        if path:
            self.save_log(Path(path))

    def save_log(self, path: Path) -> None:
        """Read the rest of the log, then write it into a file."""
        self._path = path
        self.log.show_note("")
        if self._server.overview.has_more_log:
            self._server.read_whole_log()
        self._follow()

    def _save_if_read(self) -> None:
        path = self._path
        if path is None or self._server.is_reading_log:
            return
        self._path = None
        written = self._written
        log_file.write_soon(path, self._server.overview.log, lambda problem: written.put((path, problem)))
        self._look_for_file()

    def _look_for_file(self) -> None:
        try:
            path, problem = self._written.get_nowait()
        except Empty:
            self.after(LOOK_MILLISECONDS, self._look_for_file)
            return
        self.log.show_note(problem or _(SAVED).format(name=path.name))
        self._follow()

    def _on_destroy(self, event: tk.Event[tk.Misc]) -> None:
        if event.widget is self:
            self._server.watch(False)


def _place(part: tk.Widget, is_shown: bool, row: int, below: int = 0) -> None:
    """Show a part of the left column in its row, or hide it."""
    if is_shown:
        part.grid(row=row, sticky="ew", pady=(0, below))
    else:
        part.grid_remove()


def _is_row_offered(network: Network, key: str) -> bool:
    if key == "files" and not keeps_files(network):
        return False
    return network.server_role == "owner" or key in OF_MODERATORS


def _marks(network: Network) -> tuple[Mark, ...]:
    return (Mark("crown", "owner"),) if network.server_role == "owner" else ()


SERVER = SettingsPage(
    "server",
    N_("This server"),
    "home",
    TEXTS,
    ServerPage,
    is_visible,
    is_row_offered=_is_row_offered,
    marks_on=_marks,
    is_apart=True,
)
