"""Mouse and keyboard in the transcript: what is under the pointer, the chosen message, keys and menus."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from chatapp.client.model.model import MESSAGE_KINDS, Entry
from chatapp.gui.theme.theme import Theme
from chatapp.gui.transcript import message_actions, message_menu
from chatapp.gui.transcript.action_bar import BarButton, BarContent
from chatapp.gui.transcript.block_view import BlockView
from chatapp.gui.transcript.blocks import format_time
from chatapp.gui.transcript.chosen_message import ChosenMessage
from chatapp.gui.transcript.file_deeds import FileDeed, main_deed
from chatapp.gui.transcript.hover import Hover
from chatapp.gui.transcript.message_actions import ActionName
from chatapp.gui.transcript.message_handlers import MessageHandlers
from chatapp.gui.transcript.runs import Target
from chatapp.gui.transcript.selection import Selection, copied, set_clipboard
from chatapp.gui.transcript.target_pointer import TargetPointer
from chatapp.gui.transcript.transcript_menus import TranscriptMenus
from chatapp.gui.widgets import context_menus, key_codes, platform_events
from chatapp.gui.widgets.icon_menu import MenuItem

DRAG = 4  # distance between press and release that makes a click a drag, in pixels at 96 dpi
BUTTON_1 = 0x100  # bit of an event's state: the left mouse button is down


class TranscriptInput:
    """Binds the events of a BlockView.

    Args:
        on_newest: Called to scroll to the newest message.
        area_items: Returns the items of the menu of the area below the messages.
    """

    def __init__(
        self,
        view: BlockView,
        theme: Theme,
        handlers: MessageHandlers,
        on_newest: Callable[[], object],
        area_items: Callable[[], Iterable[MenuItem]],
    ) -> None:
        self._view = view
        self._text = view.text
        self._theme = theme
        self._handlers = handlers
        self._on_newest = on_newest
        self._pressed_at = (0, 0)
        self._holds = False  # whether the choice stays while a menu or picker for it has the focus
        self._was_chosen = False  # whether the message was chosen with the keyboard before that
        self._has_refused = False  # whether the user was told that an action is not possible
        self._is_elsewhere = False  # whether the menu or picker has the focus by now
        self._pointer = TargetPointer(view, theme)
        self.selection = Selection(view)
        self.menus = TranscriptMenus(view, handlers, self.selection, self.actions, self._perform, area_items)
        self.hover = Hover(view, theme, self._bar_content, self._on_bar_press)
        self.chosen = ChosenMessage(view, self._can_choose, self._on_choice)
        self._bind()

    def clear(self) -> None:
        """Choose and highlight nothing: another conversation is about to be shown."""
        self.chosen.choose(None)
        self.hover.pause()

    def release(self) -> None:
        """Choose nothing: what was opened for the chosen message is closed."""
        if self._holds:
            self._holds = False
            self.chosen.choose(None)

    def choose_lowest(self) -> None:
        """Give the keyboard to the messages, with the lowest visible one chosen."""
        self._text.focus_set()
        self.chosen.choose(None)
        self.chosen.choose_lowest()

    def refresh(self) -> None:
        """Mark chosen and highlighted messages again after lines were replaced."""
        self.chosen.refresh()
        self.hover.refresh()

    def _bind(self) -> None:
        text = self._text
        text.bind("<Motion>", self._on_motion, add=True)
        text.bind("<Leave>", lambda event: self.hover.leave(event.x_root, event.y_root), add=True)
        text.bind("<Button-1>", self._on_press, add=True)
        text.bind("<ButtonRelease-1>", self._on_release, add=True)
        for key, step in (("<Up>", -1), ("<Down>", 1)):
            text.bind(key, partial(self._on_arrow, step))
        text.bind("<Home>", lambda event: self._choose_end(0))
        text.bind("<End>", lambda event: self._choose_end(-1))
        text.bind("<Return>", lambda event: self._on_enter())
        text.bind("<Escape>", lambda event: self._on_escape())
        text.bind("<FocusIn>", lambda event: self._on_focus_in(), add=True)
        text.bind("<FocusOut>", lambda event: self._on_focus_out(), add=True)
        text.bind("<<Copy>>", lambda event: self._copy())
        text.bind("<Delete>", self._on_key)
        text.bind("<Key>", self._on_key)
        platform_events.bind_menu(text, self._on_menu_click)
        for key in platform_events.MENU_KEYS:
            text.bind(key, lambda event: self._on_menu_key())

    def _on_arrow(self, step: int, event: tk.Event[tk.Misc]) -> str | None:
        """Choose the message above or below; with Alt or Control the key is a shortcut of the window."""
        return None if platform_events.has_modifier(event) else self._choose(step)

    # the pointer

    def _on_motion(self, event: tk.Event[tk.Misc]) -> None:
        if int(event.state) & BUTTON_1:
            self.hover.pause()
            self._pointer.leave()
        else:
            self.hover.point_at(event.x, event.y)
            self._pointer.point_at(event.x, event.y)

    def _on_press(self, event: tk.Event[tk.Misc]) -> None:
        self._pressed_at = (event.x, event.y)
        self.chosen.choose(None)

    def _on_release(self, event: tk.Event[tk.Misc]) -> None:
        """Activate the text under the pointer, unless it is the end of a drag or text is selected."""
        text_index = f"@{event.x},{event.y}"
        x, y = self._pressed_at
        is_drag = max(abs(event.x - x), abs(event.y - y)) > self._theme.px(DRAG)
        found = None if is_drag else self._view.target_at(event.x, event.y)
        target = None if found is None else found[1]
        index = None if target is None else self._view.block_index(text_index)
        is_button = target is not None and target.kind not in ("link", "name")
        if target is not None and index is not None and (is_button or self.selection.is_empty):
            if is_button:
                self.selection.clear()  # a double click on it selects a word
            self._activate(target, index, event.x_root, event.y_root)
        self.hover.point_at(event.x, event.y)

    def _activate(self, target: Target, index: int, x: int, y: int) -> None:
        """Do what a click on a target does.

        Args:
            index: Of its block.
            x: With y, the screen coordinates for what opens.
        """
        handlers, entry = self._handlers, self._view.line_map[index].entries[0]
        match target.kind:
            case "link":
                handlers.on_link(target.value)
            case "name":
                handlers.on_person(target.value, x, y)
            case "quote":
                handlers.on_parent(entry)
            case "chip":
                handlers.on_react(entry, target.value)
            case "chip-add":
                self._perform("react", entry, x, y)
            case "fold":
                self._view.toggle_fold(index)
            case "edit":
                self._perform("edit_failed" if entry.state == "failed" else "edit", entry)
            case "retry" | "discard" | "cancel":
                self._perform(target.kind, entry)
            case "copy-code":
                set_clipboard(self._text, target.value)
                self._view.show_copied(entry.key, target.value)
            case "show-all":
                self._view.show_all_code(entry.key)
            case "file" | "file-deed" | "picture":
                self._use_file(target)
            case "undo":
                self._perform("undo_delete", entry)

    def _use_file(self, target: Target) -> None:
        """Do what a click on a card or a picture does. A click beside the button never cancels a download."""
        card = self._view.card_of(target)
        deed: FileDeed | None = "view" if target.kind == "picture" else main_deed(card) if card else None
        if card is None or deed is None or (target.kind == "file" and deed == "cancel"):
            return
        if target.kind == "file" and deed != "open" and card.is_picture:
            deed = "view"
        self._handlers.on_file(card, deed)

    # the action bar

    def _bar_content(self, entry: Entry) -> BarContent | None:
        """Return what the action bar shows for a message; None for other entries, and with nothing to do."""
        actions = tuple(self.actions(entry)) if entry.kind in MESSAGE_KINDS else ()
        return BarContent(format_time(entry.time, self._view.twelve_hours), actions) if actions else None

    def _on_bar_press(self, entry: Entry, button: BarButton, x: int, y: int) -> None:
        if button == "more":
            self._open_menu(entry, self.menus.items_of(entry), x, y)
        else:
            self._perform(button, entry, x, y)

    def actions(self, entry: Entry) -> list[ActionName]:
        """Return what can be done to a message."""
        return message_actions.actions_of(entry, self._handlers.abilities(entry))

    def _perform(self, name: ActionName, entry: Entry, x: int | None = None, y: int = 0) -> None:
        """Do something to a message.

        Args:
            x, y: Screen coordinates for what opens; without them it opens below the message.
        """
        if name == "copy":
            set_clipboard(self._text, self._copied_text(entry))
            self.hover.bar.show_copied()
        elif name == "react":
            self._hold(entry)
            self._handlers.on_pick_reaction(entry, *(self._below(entry) if x is None else (x, y)))
        else:
            message_actions.perform(name, entry, self._handlers)

    # the chosen message

    def _hold(self, entry: Entry) -> None:
        """Choose the message for which something opens, until that is closed."""
        self._was_chosen = self.chosen.key == entry.key
        self._holds, self._is_elsewhere = True, False
        self.chosen.choose(entry.key)

    def return_later(self) -> Callable[[], object]:
        """Return a function that gives the keyboard back to the message that is chosen now, if one is."""
        key = self.chosen.key

        def give_back() -> None:
            if key is not None and self._view.entry(key) is not None:
                self._text.focus_set()
                self.chosen.choose(key)

        return give_back

    def _on_focus_in(self) -> None:
        """Stop holding the choice when a menu or picker has given the focus back."""
        if self._holds and self._is_elsewhere:
            self._holds = False
            if not self._was_chosen:
                self.chosen.choose(None)

    def _on_focus_out(self) -> None:
        self._is_elsewhere = True
        if not self._holds:
            self.chosen.choose(None)

    def _choose(self, step: int) -> str:
        self.chosen.move(step)
        return "break"

    def _choose_end(self, index: int) -> str:
        """Choose the first message that is loaded (0) or the newest one (-1)."""
        if index:
            self._on_newest()
        self.chosen.choose_end(is_last=bool(index))
        return "break"

    def _can_choose(self, index: int) -> bool:
        """Return whether a block offers something: it is a message, or Enter activates something in it."""
        is_message = self._view.line_map[index].entries[0].kind in MESSAGE_KINDS
        return is_message or bool(self._targets(index))

    def _on_choice(self, key: int | None) -> None:
        if self._has_refused:
            self._has_refused = False
            self._handlers.on_refusal("")
        self.hover.choose(key)

    def _targets(self, index: int) -> list[Target]:
        """Return what Enter can activate in a block."""
        targets = [each for each in self._view.targets_in(index) if each.kind in message_menu.TARGET_ITEMS]
        shown = {each.value for each in targets if each.kind == "picture"}
        return [each for each in targets if not (each.kind == "file" and each.value in shown)]

    def _on_enter(self) -> str:
        """Activate what can be clicked in the chosen message; let the user choose if there are several."""
        block, index = self.chosen.block, self.chosen.index
        if block is None or index is None:
            return "break"
        x, y = self._below(block.entries[0])
        targets = self._targets(index)
        if len(targets) == 1:
            self._activate_by_key(targets[0], index, x, y)
        elif targets:
            items = message_menu.target_items(
                targets, lambda target: self._activate_by_key(target, index, x, y), self._view.target_label
            )
            self._open_menu(block.entries[0], items, x, y, by_keyboard=True)
        return "break"

    def _activate_by_key(self, target: Target, index: int, x: int, y: int) -> None:
        """Do what a click on a target does; of a file, show all that can be done to it."""
        entry, card = self._view.line_map[index].entries[0], self._view.card_of(target)
        if card is None:
            self._activate(target, index, x, y)
        else:
            self._open_menu(entry, self.menus.file_items(entry, card), x, y, by_keyboard=True)

    def _on_escape(self) -> str | None:
        """Return from the messages to the composer; the window handles Escape if no message is chosen."""
        if self.chosen.key is None:
            return None
        self.chosen.choose(None)
        self._handlers.on_leave()
        return "break"

    def _on_key(self, event: tk.Event[tk.Misc]) -> str | None:
        """Act on the chosen message, or pass a typed character on to the composer."""
        character = platform_events.typed_character(event)
        block = self.chosen.block
        if block is not None and (character or event.keysym == "Delete"):
            names = message_actions.KEYS.get(key_codes.pressed(event), ())
            if names:
                self._act(block.entries[0], names)
                return "break"
        if not character:
            return None
        self._handlers.on_type(character)
        return "break"

    def _act(self, entry: Entry, names: Sequence[ActionName]) -> None:
        """Do what a key stands for, or tell the user that it is not possible: it is no text to send."""
        offered = self.actions(entry)
        name = next((each for each in names if each in offered), None)
        if name is not None:
            self._perform(name, entry)
        else:
            self._has_refused = True
            self._handlers.on_refusal(message_actions.refusal(names[0], entry))

    def _copy(self) -> str:
        """Copy the selected text, or else the chosen message."""
        block = self.chosen.block
        if not self.selection.is_empty:
            set_clipboard(self._text, self.selection.text())
        elif block is not None:
            entry = block.entries[0]
            has_text = entry.kind in MESSAGE_KINDS and not entry.deleted_by
            name = self._view.around.name
            set_clipboard(self._text, self._copied_text(entry) if has_text else copied([block], name))
            self.hover.bar.show_copied()
        return "break"

    def _copied_text(self, entry: Entry) -> str:
        return message_actions.copied_text(entry, self._view.around.file_prefix)

    # menus

    def _on_menu_click(self, event: tk.Event[tk.Misc]) -> None:
        self._text.focus_set()
        key = self._view.key_at(event.x, event.y)
        entry = None if key is None else self._view.entry(key)
        found = self._view.target_at(event.x, event.y)
        if entry is not None and found is not None and found[1].kind == "name":
            self._hold(entry)
            self._handlers.on_person_menu(found[1].value, event.x_root, event.y_root)
            return
        items = list(self.menus.items_at(entry, f"@{event.x},{event.y}"))
        self._open_menu(entry, items, event.x_root, event.y_root)

    def _on_menu_key(self) -> str:
        block = self.chosen.block
        if block is not None:
            entry = block.entries[0]
            self._open_menu(entry, self.menus.items_of(entry), *self._below(entry), by_keyboard=True)
        return "break"

    def _open_menu(
        self, entry: Entry | None, items: Iterable[MenuItem], x: int, y: int, by_keyboard: bool = False
    ) -> None:
        """Open a menu; the message that it acts on stays marked meanwhile."""
        items = list(items)
        if items:
            if entry is not None:
                self._hold(entry)
            context_menus.pop_up(self._text, self._theme, items, x, y, by_keyboard)

    def _below(self, entry: Entry) -> tuple[int, int]:
        """Return the screen coordinates for what opens below the first line of a message."""
        lines = self._view.message_lines(entry.key)
        box = self._text.bbox(f"{lines[0]}.0") if lines else None
        x, y, _, height = box or (0, 0, 0, 0)
        return self._text.winfo_rootx() + x, self._text.winfo_rooty() + y + height
