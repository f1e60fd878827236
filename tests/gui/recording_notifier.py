"""A notifier that shows nothing and collects what it should show."""

from __future__ import annotations

from chatapp.system.notice import Notice, State


class RecordingNotifier:
    """Collects notifications in a list; closing one appends its key to `closed`."""

    def __init__(self, shown: list[Notice]) -> None:
        self.state: State = "unknown"
        self.answer: State = "ready"  # of `check`
        self.reports_clicks = True
        self.shown = shown
        self.closed: list[str] = []
        self.is_stopped = False

    def check(self) -> None:
        self.state = self.answer

    def show(self, notice: Notice) -> None:
        self.shown.append(notice)

    def close(self, key: str) -> None:
        self.closed.append(key)

    def stop(self) -> None:
        self.is_stopped = True
