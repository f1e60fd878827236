"""Shows a picture of a conversation as a whole, with zoom, and the pictures before and after it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from pathlib import Path
from tkinter import ttk
from typing import NamedTuple

from chatapp.client.files.image_headers import ImageHeader, image_header
from chatapp.client.model.files import FileCard
from chatapp.gui.dialogs.picture_parts import MOST_BY_TK
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.dialog import Dialog
from chatapp.gui.widgets.icon_button import IconButton
from chatapp.gui.widgets.ppm_image import PpmImage
from chatapp.gui.widgets.text_fit import shorten_middle
from chatapp.gui.widgets.widget_timers import WidgetTimers
from chatapp.gui.widgets.zoom_canvas import ONE, Sight, ZoomCanvas
from chatapp.languages.numbers import format_number, format_progress, format_size, percent
from chatapp.languages.translation import N_, _
from chatapp.system.picture_parts import PicturePart

MOST_PIXELS = 40_000_000  # of a picture that is decoded
BY_TK = {"image/png": "png", "image/gif": "gif"}
KIND_NAMES = {"image/jpeg": "JPEG", "image/webp": "WebP"}
SHARE = 0.85  # of the window below it
LEAST_WIDTH, LEAST_HEIGHT = 420, 300  # of the viewer, in pixels at 96 dpi
LOOK_MILLISECONDS = 80  # between two looks at the download
PAN = 60  # pixels at 96 dpi, for a key

TOO_LARGE = N_(
    "This picture has {count} million pixels. Showing it here would take too much memory. "
    "Another program may be able to."
)
NOT_SHOWN = N_("This computer cannot show {kind} pictures here.")
DAMAGED = N_("This picture is damaged, or of a kind that cannot be shown here.")
GONE = N_("This picture is no longer kept on the server.")


class ViewerHandlers(NamedTuple):
    """The functions that the viewer calls."""

    on_fetch: Callable[[FileCard], object]
    """Download the picture to show it."""
    on_cancel: Callable[[FileCard], object]
    """Stop downloading it."""
    on_save: Callable[[FileCard], object]
    on_open: Callable[[Path], object]
    """Open it with another program."""
    cut: Callable[[Path, str, PicturePart, Callable[[bytes], object]], bool]
    """Make a PPM, or a small PNG, of a part of a picture of a media type, while the window goes on; return
    whether this computer has something that can."""


class PictureViewer(Dialog):
    """One of the pictures of a conversation.

    Args:
        pictures: All of them, the oldest one first.
        card: The one to show first.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        pictures: Sequence[FileCard],
        card: FileCard,
        handlers: ViewerHandlers,
        on_close: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__(master, theme, card.name, on_close=on_close)
        px = theme.px
        self._pictures = list(pictures) if card in pictures else [card]
        self._at = self._pictures.index(card)
        self._handlers = handlers
        self._timers = WidgetTimers(self)
        self._image: tk.PhotoImage | None = None
        self._ppm = PpmImage(self)
        self._path: Path | None = None
        self._header: ImageHeader | None = None
        self._is_cutting = False
        self._wanted: Sight | None = None  # the part that is cut next
        self._zoom = ONE
        self.resizable(True, True)
        self.minsize(px(LEAST_WIDTH), px(LEAST_HEIGHT))
        self.body.configure(padding=0)
        self.body.columnconfigure(0, weight=1, minsize=0)
        self.body.rowconfigure(1, weight=1)
        self._build_bar()
        self.canvas = ZoomCanvas(self.body, theme, self._on_zoom, self._on_rest)
        parent = master.winfo_toplevel()
        self.canvas.configure(
            width=max(px(LEAST_WIDTH), int(parent.winfo_width() * SHARE)),
            height=max(px(LEAST_HEIGHT) - px(48), int(parent.winfo_height() * SHARE) - px(48)),
        )
        self.canvas.grid(row=1, column=0, sticky="nsew")
        self._build_note()
        self._bind_keys()
        self._show_current()
        self.open(self.canvas)

    @property
    def card(self) -> FileCard:
        """The picture that is shown."""
        return self._pictures[self._at]

    @property
    def note(self) -> str:
        """What stands in place of the picture; "" if it is shown."""
        return str(self._note.cget("text"))

    def step(self, step: int) -> None:
        """Show the next picture (1) or the one before (-1)."""
        if 0 <= self._at + step < len(self._pictures):
            self._stop()
            self._at += step
            self._show_current()

    def close(self) -> None:
        """Close it; a download that is not complete ends."""
        self._stop()
        super().close()

    def _build_bar(self) -> None:
        theme, px = self.theme, self.theme.px
        bar = ttk.Frame(self.body, padding=(px(16), px(8), px(12), px(8)))
        bar.grid(row=0, column=0, sticky="ew")
        bar.columnconfigure(0, weight=1, uniform="name")
        texts = ttk.Frame(bar)
        texts.grid(row=0, column=0, sticky="ew")
        self._name = ttk.Label(texts, style="Bold.TLabel")
        self._name.grid(row=0, column=0, sticky="w")
        self._facts = ttk.Label(texts, style="Muted.TLabel")
        self._facts.grid(row=1, column=0, sticky="w")
        texts.bind("<Configure>", lambda event: self._fit_name(event.width))
        save = _("Save as…")
        buttons: tuple[tuple[str, str, str, Callable[[], object]], ...] = (
            ("chevron-left", _("Previous picture"), "←", lambda: self.step(-1)),
            ("chevron-right", _("Next picture"), "→", lambda: self.step(1)),
            ("zoom-out", _("Smaller"), "−", lambda: self.canvas.zoom(-1)),
            ("zoom-in", _("Larger"), "+", lambda: self.canvas.zoom(1)),
            ("image", _("Fit to window"), "0", self._toggle_fit),
            ("disk", save, "Ctrl+S", lambda: self._handlers.on_save(self.card)),
            ("open", _("Open with another program"), "", self._open_elsewhere),
            ("x", _("Close"), "Esc", self.close),
        )
        self.buttons: dict[str, IconButton] = {}
        for column, (icon, tip, key, command) in enumerate(buttons, 1):
            button = IconButton(bar, theme, icon, tip, command, key=key)
            button.grid(row=0, column=column, padx=(px(4), 0))
            self.buttons[icon] = button
        if len(self._pictures) == 1:
            for icon in ("chevron-left", "chevron-right"):
                self.buttons[icon].grid_remove()

    def _build_note(self) -> None:
        theme, px = self.theme, self.theme.px
        self._message = ttk.Frame(self.body)
        self._note = ttk.Label(self._message, justify="center", anchor="center")
        self._note.pack()
        self._elsewhere = ttk.Button(
            self._message, text=_("Open with another program"), command=self._open_elsewhere
        )
        theme.watch(self._note, lambda: self._note.configure(wraplength=px(theme.grown(LEAST_WIDTH - 60))))

    def _bind_keys(self) -> None:
        pan = self.theme.px(PAN)
        keys: dict[tuple[str, ...], Callable[[], object]] = {
            ("<plus>", "<equal>", "<KP_Add>"): lambda: self.canvas.zoom(1),
            ("<minus>", "<KP_Subtract>"): lambda: self.canvas.zoom(-1),
            ("<Key-0>", "<KP_0>"): self._toggle_fit,
            ("<Left>", "<Prior>"): lambda: self.step(-1),
            ("<Right>", "<Next>"): lambda: self.step(1),
            ("<Up>",): lambda: self.canvas.pan(0, -pan),
            ("<Down>",): lambda: self.canvas.pan(0, pan),
            ("<Shift-Left>",): lambda: self.canvas.pan(-pan, 0),
            ("<Shift-Right>",): lambda: self.canvas.pan(pan, 0),
            ("<Control-s>",): lambda: self._handlers.on_save(self.card),
        }
        for names, command in keys.items():
            for name in names:
                self.bind(name, partial(_run, command))

    # one picture

    def _show_current(self) -> None:
        card = self.card
        self.title(card.name)
        self._image, self._path, self._header, self._wanted = None, None, None, None
        self.canvas.show(None)
        self._show_texts()
        self.buttons["chevron-left"].state(["!disabled" if self._at else "disabled"])
        is_last = self._at == len(self._pictures) - 1
        self.buttons["chevron-right"].state(["disabled" if is_last else "!disabled"])
        if card.state == "gone" and (card.picture is None or card.picture.path is None):
            self._show_note(_(GONE))
            return
        self._handlers.on_fetch(card)
        self._look()

    def _look(self) -> None:
        """Look how far the download is."""
        card, picture = self.card, self.card.picture
        if picture is None or picture.state in ("failed", "cancelled"):
            problem = picture.problem if picture is not None else card.problem
            self._show_note(_(GONE) if card.state == "gone" else problem)
        elif picture.path is not None:
            self._path = picture.path
            self._show_note(_("Loading…"))
            self._timers.start("decode", LOOK_MILLISECONDS, self._decode)
        else:
            self._show_note(_progress(card, picture.received))
            self._timers.start("look", LOOK_MILLISECONDS, self._look)

    def _decode(self) -> None:
        """Decode a small picture of a kind that Tk knows; have a copy for the screen made of another one."""
        path = self._path
        assert path is not None
        header = self._header = _header(path)
        if header is None:
            self._show_note(_(DAMAGED), can_open=True)
            return
        pixels = header.width * header.height
        if pixels > MOST_PIXELS:
            count = format_number(pixels / 1_000_000)
            self._show_note(_(TOO_LARGE).format(count=count), can_open=True)
        elif header.media_type in BY_TK and pixels <= MOST_BY_TK:
            self._show_image(self._decoded(BY_TK[header.media_type], file=str(path)))
        elif not self._cut_whole(path, header):
            kind = KIND_NAMES.get(header.media_type, header.media_type)
            self._show_note(_(NOT_SHOWN).format(kind=kind), can_open=True)

    def _cut_whole(self, path: Path, header: ImageHeader) -> bool:
        """Have a copy made of the picture, not larger than the screen; return whether that is possible."""
        screen = self.winfo_screenwidth(), self.winfo_screenheight()
        part = PicturePart(None, *screen, self.theme.colours.pane)
        return self._handlers.cut(path, header.media_type, part, partial(self._on_whole, path))

    def _on_whole(self, path: Path, data: bytes) -> None:
        if self.winfo_exists() and path == self._path:  # else another picture is shown by now
            self._make_image(data, lambda image: self._show_image(image) if path == self._path else None)

    def _make_image(self, data: bytes, done: Callable[[tk.PhotoImage | None], object]) -> None:
        """Make an image of a PPM or a small PNG, and call a function with it; None if it is damaged."""
        if data.startswith(b"P6"):
            self._ppm.make(data, done)
        else:
            done(self._decoded("png", data=data) if data else None)

    def _decoded(self, kind: str, file: str = "", data: bytes = b"") -> tk.PhotoImage | None:
        """Return the image of a small picture; None if it is damaged."""
        source: dict[str, str | bytes] = {"file": file} if file else {"data": data}
        try:
            return tk.PhotoImage(master=self, format=kind, **source)  # type: ignore[arg-type]
        except tk.TclError:
            return None

    def _show_image(self, image: tk.PhotoImage | None) -> None:
        if image is None:
            self._show_note(_(DAMAGED), can_open=True)
            return
        self._image = image
        self._show_note("")
        self.canvas.show(self._image)
        self._show_texts()

    # the part in sight of a large picture

    @property
    def _size(self) -> tuple[int, int]:
        """The size of the picture, upright as it is shown; it may be larger than the copy that is shown."""
        image, header = self._image, self._header
        assert image is not None
        assert header is not None
        is_turned = (image.width() > image.height()) != (header.width > header.height)
        return (header.height, header.width) if is_turned else (header.width, header.height)

    @property
    def _reduction(self) -> Fraction:
        """How many pixels of the picture are one of the copy that is shown."""
        if self._image is None:
            return ONE
        return max(Fraction(self._size[0], self._image.width()), ONE)

    def _on_rest(self, sight: Sight) -> None:
        """Have the part in sight made in detail; one at a time."""
        if self._reduction > 1:
            self._wanted = sight
            self._cut_wanted()

    def _cut_wanted(self) -> None:
        path, header, sight, image = self._path, self._header, self._wanted, self._image
        if self._is_cutting or path is None or header is None or sight is None or image is None:
            return
        (width, height), (left, top, across, down) = self._size, sight.box
        x, y = Fraction(width, image.width()), Fraction(height, image.height())
        begin = round(left * x), round(top * y)
        box = (*begin, round((left + across) * x) - begin[0], round((top + down) * y) - begin[1])
        part = PicturePart(box, sight.width, sight.height, self.theme.colours.pane)
        self._wanted = None
        done = partial(self._on_detail, path, sight)
        self._is_cutting = self._handlers.cut(path, header.media_type, part, done)

    def _on_detail(self, path: Path, sight: Sight, data: bytes) -> None:
        self._is_cutting = False
        if not self.winfo_exists():
            return
        if path == self._path and self._wanted is None and data:
            self._make_image(data, lambda image: self._show_detail(path, sight, image))
        self._cut_wanted()

    def _show_detail(self, path: Path, sight: Sight, image: tk.PhotoImage | None) -> None:
        if image is not None and path == self._path:
            self.canvas.show_detail(sight, image)

    def _show_texts(self) -> None:
        """Show the name of the picture, its size, and which one it is."""
        card = self.card
        facts = [format_size(card.size)] if card.size is not None else []
        if self._image is not None:
            width, height = self._size
            facts.append(f"{width} × {height}")
            facts.append(_("{percent} %").format(percent=round(100 * self._zoom / self._reduction)))
        if len(self._pictures) > 1:
            facts.append(_("{number} of {count}").format(number=self._at + 1, count=len(self._pictures)))
        self._facts.configure(text=" · ".join(facts))
        self._fit_name(self._name.master.winfo_width())

    def _fit_name(self, width: int) -> None:
        if width > 1:
            measure = self.theme.fonts["ChatBold"].measure
            self._name.configure(text=shorten_middle(self.card.name, measure, width))

    def _show_note(self, text: str, can_open: bool = False) -> None:
        """Show a text in place of the picture; "" hides it."""
        self._note.configure(text=text)
        if text:
            self._message.place(in_=self.canvas, relx=0.5, rely=0.5, anchor="center")
        else:
            self._message.place_forget()
        if can_open:
            self._elsewhere.pack(pady=(self.theme.px(12), 0))
        else:
            self._elsewhere.pack_forget()

    def _on_zoom(self, scale: Fraction) -> None:
        self._zoom = scale
        self._show_texts()

    def _toggle_fit(self) -> None:
        """Show the whole picture, or each of its pixels as one."""
        before, whole_pixels = self._zoom, self._reduction.limit_denominator(16)
        self.canvas.fit()
        if self._zoom == before != whole_pixels:
            self.canvas.show_at(whole_pixels)

    def _open_elsewhere(self) -> None:
        if self._path is not None:
            self._handlers.on_open(self._path)

    def _stop(self) -> None:
        """Stop what goes on for the picture that is shown."""
        for timer in ("look", "decode"):
            self._timers.stop(timer)
        self._ppm.stop()
        picture = self.card.picture
        if picture is not None and picture.is_active:
            self._handlers.on_cancel(self.card)


def _run(command: Callable[[], object], event: tk.Event[tk.Misc]) -> None:
    command()


def _header(path: Path) -> ImageHeader | None:
    try:
        with path.open("rb") as file:
            return image_header(file)
    except OSError:
        return None


def _progress(card: FileCard, received: int) -> str:
    """Return what stands in place of a picture on its way."""
    if not card.size:
        return _("Loading…")
    share = _("{percent} %").format(percent=percent(received, card.size))
    return f"{format_progress(received, card.size)} · {share}"
