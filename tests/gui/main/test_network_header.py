"""The head of the sidebar."""

from __future__ import annotations

from chatapp.client.model.network import NetworkState, Privacy
from chatapp.gui.main.network_header import NetworkHeader
from tests.gui.base import WindowTest
from tests.gui.networks import make_network


class NetworkHeaderTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.pressed: list[str] = []
        self.header = NetworkHeader(
            self.root,
            self.theme,
            lambda x, y: self.pressed.append("menu"),
            lambda: self.pressed.append("write"),
        )
        self.header.place(width=self.theme.px(220))
        self.network = make_network("#general", "#help")
        self.show()

    def show(self) -> None:
        self.header.show(self.network)
        self.settle()

    def test_the_name_of_the_chat_opens_its_menu(self) -> None:
        self.assertEqual(self.header.name.cget("text"), "Room 12")
        self.header.name.invoke()
        self.assertEqual(self.pressed, ["menu"])

    def test_a_lock_shows_whether_the_connection_is_encrypted(self) -> None:
        cases: list[tuple[NetworkState, Privacy, str]] = [
            ("online", "here", ""),
            ("online", "encrypted", "Encrypted"),
            ("waiting", "encrypted", ""),
            ("online", "open", "Not encrypted"),
            ("online", "here", ""),
        ]
        for state, privacy, expected in cases:
            with self.subTest(privacy, state=state):
                self.network.state, self.network.privacy = state, privacy
                self.show()
                self.assertEqual(self.header.lock.winfo_ismapped(), bool(expected))
                self.assertEqual(self.header.privacy_text.partition(":")[0], expected)

    def test_the_lock_gives_way_to_a_name_that_fits_without_it(self) -> None:
        for privacy, shown in (("encrypted", False), ("open", True)):
            self.network.privacy = privacy  # type: ignore[assignment]
            self.header.place(width=self.theme.px(176))
            self.show()
            self.assertEqual(self.header.lock.winfo_ismapped(), shown)
            self.assertEqual(self.header.name.cget("text") == "Room 12", not shown)

    def test_where_there_is_no_room_the_lock_gives_way_to_the_name(self) -> None:
        self.network.privacy = "encrypted"
        self.theme.zoom(24)
        self.header.place(width=self.theme.px(160))
        self.show()
        self.assertFalse(self.header.lock.winfo_ismapped())
        self.assertTrue(str(self.header.name.cget("text")).startswith("R"))

    def test_the_arrow_of_the_menu_stays_however_narrow_the_sidebar_is(self) -> None:
        header = self.header
        header.show_elsewhere(12)
        for points in (11, 24):
            self.theme.zoom(points)
            for width in (236, 160, 120):
                with self.subTest(points=points, width=width):
                    header.place(width=self.theme.px(width))
                    self.show()
                    self.assertEqual(str(header.name.cget("compound")), "right")
                    self.assertTrue(header.name.cget("image"))
                    right = header.name.winfo_x() + header.name.winfo_reqwidth()
                    self.assertLessEqual(right, header.winfo_width())
        self.theme.zoom(11)
        header.place(width=self.theme.px(236))
        self.show()
        self.assertTrue(header.write.winfo_ismapped())

    def test_while_connected_a_pencil_writes_to_somebody(self) -> None:
        self.header.write.invoke()
        self.assertEqual(self.pressed, ["write"])
        self.network.state = "waiting"
        self.show()
        self.assertFalse(self.header.write.winfo_ismapped())

    def test_a_long_name_is_shortened_and_the_pencil_stays(self) -> None:
        self.network.name, self.network.privacy = "Room " * 20, "open"
        self.show()
        header = self.header
        self.assertTrue(str(header.name.cget("text")).endswith("…"))
        for inner in (header.lock, header.write):
            right = inner.winfo_rootx() + inner.winfo_width()
            self.assertLessEqual(right, header.winfo_rootx() + header.winfo_width())
