"""Mouse and keyboard events that differ between systems."""

from __future__ import annotations

import sys
import tkinter as tk
import unittest
from unittest import mock

from chatapp.gui.widgets import platform_events
from tests.gui.base import WindowTest

SHIFT, CONTROL, ALT, WINDOWS_ALT = 0x1, 0x4, 0x8, 0x20000


class HasModifierTest(unittest.TestCase):
    def test_alt_and_control_are_modifiers_and_shift_and_num_lock_are_not(self) -> None:
        event: tk.Event[tk.Misc] = tk.Event()
        for system, state, expected in (
            ("linux", 0, False),
            ("linux", SHIFT, False),
            ("linux", CONTROL, True),
            ("linux", ALT, True),
            ("win32", ALT, False),
            ("win32", WINDOWS_ALT, True),
        ):
            with self.subTest(system=system, state=state), mock.patch.object(sys, "platform", system):
                event.state = state
                self.assertEqual(platform_events.has_modifier(event), expected)


class TypedCharacterTest(unittest.TestCase):
    def typed(self, character: str, state: int, system: str) -> str:
        event: tk.Event[tk.Misc] = tk.Event()
        event.char, event.state = character, state
        with mock.patch.object(sys, "platform", system):
            return platform_events.typed_character(event)

    def test_a_key_types_its_character_and_a_shortcut_types_none(self) -> None:
        for system, character, state, expected in (
            ("linux", "a", 0, "a"),
            ("linux", "A", SHIFT, "A"),
            ("linux", "\x01", CONTROL, ""),
            ("linux", "a", CONTROL, ""),
            ("linux", "a", ALT, ""),
            ("linux", "", 0, ""),
            ("linux", "\r", 0, ""),
            ("darwin", "a", ALT, ""),
            ("win32", "a", CONTROL, ""),
            ("win32", "@", CONTROL | WINDOWS_ALT, "@"),
        ):
            with self.subTest(system=system, character=character, state=state):
                self.assertEqual(self.typed(character, state, system), expected)


class WheelTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.frame = tk.Frame(self.root, width=100, height=100)
        self.frame.pack()
        self.settle()
        self.scrolled: list[int] = []

    def test_on_x11_the_wheel_is_two_buttons(self) -> None:
        platform_events.bind_wheel(self.frame, self.scrolled.append)
        self.press(self.frame, "<Button-5>", "<Button-4>")
        down, up = self.scrolled
        self.assertGreaterEqual(down, platform_events.NOTCH)
        self.assertEqual(up, -down)

    def test_on_windows_a_notch_counts_120_and_on_macos_1(self) -> None:
        for is_mac, delta in ((False, -120), (True, -1)):
            with self.subTest(is_mac=is_mac):
                self.scrolled.clear()
                widget = mock.Mock()
                widget.winfo_fpixels.return_value = 96.0
                widget.tk.call.return_value = "aqua" if is_mac else "win32"
                with mock.patch.object(platform_events, "IS_MAC", is_mac):
                    platform_events.bind_wheel(widget, self.scrolled.append)
                ((event, handler), _) = widget.bind.call_args
                handler(mock.Mock(delta=delta))
                self.assertEqual((event, self.scrolled), ("<MouseWheel>", [60]))

    @unittest.skipIf(platform_events.IS_MAC, "macOS has other menu clicks")
    def test_a_right_click_opens_a_menu(self) -> None:
        opened: list[int] = []
        platform_events.bind_menu(self.frame, lambda event: opened.append(event.num))
        self.press(self.frame, "<Button-1>", "<Button-3>")
        self.assertEqual(opened, [3])
