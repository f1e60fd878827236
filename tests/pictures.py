"""Take the pictures of the READMEs: the window in both themes, and a map of the files that draw its parts.

python -m tests.pictures            needs a display and ImageMagick
"""

from __future__ import annotations

import tempfile
import tkinter as tk
from pathlib import Path

from chatapp.gui.main.window_saving import HEIGHT, WIDTH
from chatapp.gui.window import Window
from tests.gallery.looks import Look
from tests.gallery.scenery import NOW, at, school_class
from tests.gallery.stage import Stage

ASSETS = Path(__file__).resolve().parents[1] / "assets"
WHOLE_WINDOW = (
    "window.py  connects the parts to the client      main/  sidebar, header, composer, people      "
    "transcript/  the messages\n"
    "dialogs/connect_dialog.py  dialogs/connect_pages.py  the first dialog   "
    "dialogs/overlays.py  people.py  menus and dialogs over the window\n"
    "theme/theme.py  styles.py  palette.py  text_tags.py  icons.py  fonts, colours and shapes of everything"
)
LABEL_TEXT, LABEL = "#15171b", "#f0c05a"
BORDER = 2  # of the frame around a part, in pixels at 96 dpi


def main() -> None:
    """Take all pictures."""
    with tempfile.TemporaryDirectory() as folder:
        for theme, name in (("dark", "window"), ("light", "window-light")):
            _take(theme, name, Path(folder))
        _take("dark", "map", Path(folder), is_map=True)


def _take(theme: str, name: str, folder: Path, is_map: bool = False) -> None:
    """Take one picture.

    Args:
        is_map: Whether the files that draw the parts are named in it.
    """
    network = school_class()
    if is_map:
        network.state, network.retry_at = "waiting", at(*NOW) + 5
    stage = Stage(network, Look(theme), (WIDTH, HEIGHT), folder)
    if is_map:
        _name_whole_window(stage.window)
        stage.root.update()
        _name_parts(stage.window)
    stage.photograph(ASSETS / f"{name}.png")
    stage.close()


def _name_whole_window(window: Window) -> None:
    """Name the files that concern the whole window, below it."""
    px = window.theme.px
    foot = tk.Label(window.root, text=WHOLE_WINDOW, font="ChatSmall", background=LABEL_TEXT, foreground=LABEL)
    foot.configure(padx=px(12), pady=px(10), justify="left", anchor="w")
    window.root.geometry(f"{px(WIDTH)}x{px(HEIGHT) + foot.winfo_reqheight()}")
    foot.pack(side="bottom", fill="x", before=window.split_panes)


def _name_parts(window: Window) -> None:
    """Write the name of its file on each part of the window."""
    pane = window.pane
    parts: list[tuple[tk.Misc, str, float, float]] = [  # part, label, relative position in it
        (window.sidebar.network_header, "network_header.py", 0.66, 0.83),
        (window.sidebar.rows, "sidebar.py\nwidgets/row_list.py", 0.5, 0.75),
        (window.sidebar.own_card, "own_card.py", 0.6, 0.5),
        (pane.header, "header.py", 0.72, 0.5),
        (pane.transcript, "transcript.py  which entries\nblocks.py  entries as text\n"
         "block_view.py  blocks as lines\ntext_view.py  scrolling\ninput.py  mouse and keys", 0.82, 0.52),
        (pane.states.bar, "state_bars.py", 0.7, 0.5),
        (pane.composer, "composer.py  message_field.py  composer_toolbar.py", 0.55, 0.27),
        (window.people, "member_list.py\nmember_rows.py\nwidgets/row_list.py", 0.5, 0.75),
    ]  # fmt: skip
    for part, text, x, y in parts:
        _frame(window, part)
        _label(window, part, text, x, y)


def _frame(window: Window, part: tk.Misc) -> None:
    """Draw a frame around a part."""
    root, border = window.root, window.theme.px(BORDER)
    x, y = part.winfo_rootx() - root.winfo_rootx(), part.winfo_rooty() - root.winfo_rooty()
    width, height = part.winfo_width(), part.winfo_height()
    for left, top, wide, high in (
        (x, y, width, border),
        (x, y + height - border, width, border),
        (x, y, border, height),
        (x + width - border, y, border, height),
    ):
        tk.Frame(root, background=LABEL).place(x=left, y=top, width=wide, height=high)


def _label(window: Window, part: tk.Misc, text: str, x: float, y: float) -> None:
    """Write a text on a part."""
    px = window.theme.px
    label = tk.Label(window.root, text=text, font="ChatSmallBold", background=LABEL, foreground=LABEL_TEXT)
    label.configure(padx=px(6), pady=px(2), justify="left")
    label.place(in_=part, relx=x, rely=y, anchor="center")
    label.lift()


if __name__ == "__main__":
    main()
