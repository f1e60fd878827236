"""The rules of the code's layout: permitted imports, the place of certain code, and a test file per module.

Each rule has a table of exceptions, each with its reason. The message of a failure says what to do.
"""

from __future__ import annotations

import ast
import re
import sys
import unittest
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "chatapp"
TESTS = ROOT / "tests"

ENTRIES = {"chatapp.__main__", "run_gui", "run_server"}
"""The modules that only start something."""

LAYERS: dict[str, tuple[str, ...]] = {
    "languages": (),
    "protocol": ("languages",),
    "system": ("protocol",),
    "server.config": ("protocol",),
    "server.state": ("server.config",),
    "server.storage": ("server.state", "system"),
    "server.core": ("server.storage",),
    "server.net": ("server.core", "system"),
    "server.operations": ("server.core",),
    "server.commands": ("server.operations",),
    "server.tasks": ("server.commands",),
    "server.app": ("server.tasks", "server.net"),
    "server.cli": ("server.app",),
    "client.text": ("protocol",),
    "client.json_file": ("protocol", "system"),
    "client.login": ("protocol", "client.text"),
    "client.files": ("client.text", "client.login", "system"),
    "client.transport": ("client.files", "client.json_file"),
    "client.incoming": ("client.transport",),
    "client.model": ("client.incoming",),
    "client.outgoing": ("client.model",),
    "client.local": ("client.outgoing",),
    "client.session": ("client.local",),
    "client.client": ("client.session",),
    "gui.theme": ("client.client",),
    "gui.widgets": ("gui.theme",),
    "gui.transcript": ("gui.widgets",),
    "gui.main": ("gui.transcript",),
    "gui.dialogs": ("gui.main",),
    "gui.settings": ("gui.dialogs",),
    "gui.window_commands": ("gui.settings",),
    "gui.window": ("gui.window_commands",),
    "gui.start": ("gui.window",),
    "gui.app": ("gui.start",),
    "terminal": ("client.client",),
}
"""Each layer with the layers directly below it. A layer may import these, and everything below them."""

NOT_BELOW: dict[str, tuple[str, ...]] = {"server.net": ("server.storage",)}
"""What a layer may not import though it lies below."""

IMPORT_EXCEPTIONS: dict[tuple[str, str], str] = {}
"""Imports (module, imported module) that break the order of the layers or import a command, and why."""

COMMAND_TABLES = {"chatapp.server.commands", "chatapp.server.commands.dispatch"}
"""The modules among the commands that know all of them."""

STDLIB: dict[str, dict[str, str]] = {
    "tkinter": {"gui": "the window"},
    "fcntl": {"system": "file locks"},
    "msvcrt": {"system": "file locks", "terminal.windows_console": "keys"},
    "resource": {"system": "limits of the process"},
    "termios": {"terminal.posix_console": "keys"},
    "winreg": {
        "gui.theme.system_theme": "whether Windows is dark",
        "system.windows_registry": "registers links",
    },
    "sqlite3": {
        "server.storage": "the database",
        "server.cli.main": "turns an error of the database into one line",
    },
    "socket": {
        "system": "sockets for multicast, and options that differ between systems",
        "server.net": "connections and mDNS",
        "server.cli.signals": "a signal wakes the main thread through a socket pair",
        "gui.theme.root_window": "the name of this computer, of which Xlib makes that of a file",
        "client.transport": "the connection",
        "client.local.discovery": "mDNS",
        "client.local.first_window": "a later start hands its link over to the first window",
        "client.local.code_lookup": "asks the servers that were found for an invite code",
        "client.local.local_server_record": "asks whether the recorded server still listens",
        "client.local.server_process": "asks whether the started server listens yet",
    },
    "threading": {
        "system.background_jobs": "waits for programs that read the clipboard or make thumbnails",
        "system.linux_notifications": "waits for the session bus",
        "system.script_notifications": "waits for the program that shows a notification",
        "system.sound": "waits for the program that plays the sound",
        "system.waker": "any thread wakes one that waits for sockets",
        "system.worker_thread": "does short work of many threads, one piece after the other",
        "server.net": "a reading thread for each connection, the accepting thread, the writing thread",
        "server.core.workers": "threads for slow work",
        "server.core.fair_queue": "the queue that these threads take work from",
        "server.storage.checkpoint": "copies the write-ahead log into the database beside the core thread",
        "server.storage.file_contents": "connections and workers change the files at the same time",
        "server.app": "starts the core thread",
        "server.cli.main": "sets the stack size of the threads",
        "client.transport": "a reading thread for each connection",
        "client.session.salting": "derives the key of a password without blocking the window",
        "client.local.discovery": "listens for mDNS",
        "client.local.first_window": "answers later starts",
        "client.local.code_lookup": "asks several servers for an invite code",
        "client.local.passwords": "asks the system's password store, which may wait for the user",
        "client.local.server_process": "starts a server without blocking the window",
        "client.local.settings_writer": "writes settings without blocking the window",
        "client.local.text_file": "writes a file to a slow disk",
        "gui.start": "loads the modules of the window while the first dialog is open",
    },
}
"""Modules of the standard library with the layers, folders or modules that may import them, and why."""

USERS_AND_CHANNELS = (
    "A session has a user, a user has sessions and channels, a channel has users: one structure in three"
    " modules. The imports against the order session, user, channel are for type hints only."
)

CYCLE_EXCEPTIONS: dict[tuple[str, str], str] = {
    ("chatapp.server.state.channel", "chatapp.server.state.session"): USERS_AND_CHANNELS,
    ("chatapp.server.state.channel", "chatapp.server.state.user"): USERS_AND_CHANNELS,
    ("chatapp.server.state.user", "chatapp.server.state.session"): USERS_AND_CHANNELS,
}
"""Imports (module, imported module) that close a cycle, and why they stay."""

UNTESTED: dict[str, str] = {}
"""Modules without a test file of their own name, and why."""

SAME_NAME: dict[str, str] = {
    "Member": "a member of a channel, as each side sees it",
    "SearchQuery": "a search, as the server reads it and as the client makes it",
    "Console": "one class for Windows, one for the other systems; terminal/console.py chooses",
}
"""Names that several public classes share, and why."""

SQL_EXCEPTIONS: dict[str, str] = {}
"""Modules with SQL outside of the storage, and why."""

SQL = re.compile(
    r"\bSELECT\b.+\bFROM\b|\bINSERT\s+(OR\s+\w+\s+)?INTO\b|\bUPDATE\s+\w+\s+SET\b|\bDELETE\s+FROM\b|"
    r"\b(CREATE|DROP|ALTER)\s+(VIRTUAL\s+|TEMP\s+|UNIQUE\s+)?(TABLE|INDEX|TRIGGER|VIEW)\b|"
    r"^\s*PRAGMA\s|^\s*VACUUM\b",
    re.DOTALL,
)


@cache
def modules() -> Mapping[str, Path]:
    """Return every module of the package: its dotted name and its file."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def tearDownModule() -> None:
    tree.cache_clear()  # millions of objects, which later tests would have to examine for garbage


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def imported_names(name: str, path: Path) -> frozenset[str]:
    """Return the dotted names that a module imports, also inside functions and for type checking only."""
    return frozenset(_imported_names(name, path))


def _imported_names(name: str, path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
            base = package[: len(package) - node.level + 1] if node.level else []
            origin = ".".join([*base, *(node.module.split(".") if node.module else [])])
            for alias in node.names:
                yield f"{origin}.{alias.name}"


def own_module(imported: str) -> str:
    """Return the module of this package that contains an imported name, or ""."""
    while imported and imported not in modules():
        imported = imported.rpartition(".")[0]
    return imported


@cache
def own_imports(name: str) -> frozenset[str]:
    """Return the modules of chatapp that a module of it imports, without the package itself."""
    found = {own_module(imported) for imported in imported_names(name, modules()[name])}
    return frozenset(found - {name, "", "chatapp"})


def places(name: str) -> list[str]:
    """Return a module and the folders that contain it, without `chatapp.`, the innermost first."""
    parts = name.split(".")[1:]
    return [".".join(parts[:count]) for count in range(len(parts), 0, -1)]


def layer_of(name: str) -> str:
    """Return the layer of a module, or "" for a package that only contains layers."""
    return next((place for place in places(name) if place in LAYERS), "")


def below(layer: str) -> set[str]:
    """Return the layers that a layer may import: itself and all below it."""
    found, waiting = {layer}, list(LAYERS[layer])
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting.extend(LAYERS[each])
    return found - set(NOT_BELOW.get(layer, ()))


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """Return the lines and string literals of a module without docstrings. An f-string counts as one."""
    skipped: set[int] = set()
    nodes = list(ast.walk(tree(path)))
    for node in nodes:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(id(node.value))
        elif isinstance(node, ast.JoinedStr):
            parts = [part for part in ast.walk(node) if isinstance(part, ast.Constant)]
            skipped.update(map(id, parts))
            yield node.lineno, " _ ".join(str(part.value) for part in parts)
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            yield node.lineno, node.value


def cycle_from(name: str, edges: Mapping[str, set[str]]) -> list[str]:
    """Return the shortest chain of imports from a module back to itself, or []."""
    ways, seen = [[name]], {name}
    while ways:
        way = ways.pop(0)
        for each in sorted(edges[way[-1]]):
            if each == name:
                return [*way, each]
            if each not in seen:
                seen.add(each)
                ways.append([*way, each])
    return []


def only_a_docstring(path: Path) -> bool:
    """Return whether a module contains no code but a docstring and constants like `__version__`."""
    return all(
        (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        or (
            isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Constant)
            and all(isinstance(target, ast.Name) and target.id.startswith("__") for target in node.targets)
        )
        for node in tree(path).body
    )


def test_file(name: str) -> Path:
    """Return the path of the test file of a module."""
    *folders, last = name.split(".")[1:]
    return TESTS.joinpath(*folders, f"test_{last}.py")


def has_tests(path: Path) -> bool:
    return path.exists() and any(
        isinstance(node, ast.FunctionDef) and node.name.startswith("test_") for node in ast.walk(tree(path))
    )


class Imports(unittest.TestCase):
    def test_each_module_belongs_to_a_layer(self) -> None:
        for name, path in modules().items():
            if name not in ENTRIES and not layer_of(name) and not only_a_docstring(path):
                self.fail(
                    f"{name} is in no layer. Move it to one of the folders in LAYERS, or add its layer there."
                )

    def test_imports_go_to_lower_layers(self) -> None:
        for name in modules():
            layer = layer_of(name)
            allowed = below(layer) if layer else set(LAYERS)
            for imported in sorted(own_imports(name)):
                if layer_of(imported) in allowed or (name, imported) in IMPORT_EXCEPTIONS:
                    continue
                with self.subTest(module=name, imports=imported):
                    self.fail(
                        f"{layer} may not import {layer_of(imported) or imported}. Move the code to a "
                        "layer that may, or have the higher layer pass it in as an argument (a callable, "
                        "or an object of a Protocol)."
                    )

    def test_a_command_imports_no_command(self) -> None:
        for name in modules():
            if layer_of(name) != "server.commands" or name in COMMAND_TABLES:
                continue
            for imported in sorted(own_imports(name)):
                if layer_of(imported) == "server.commands" and (name, imported) not in IMPORT_EXCEPTIONS:
                    with self.subTest(module=name, imports=imported):
                        self.fail("Move what both commands need to a module in server/operations.")

    def test_entry_scripts_only_start_a_program(self) -> None:
        for name in modules():
            for imported in own_imports(name):
                self.assertNotIn(
                    imported, ENTRIES, f"{name} imports an entry. Import what the entry starts instead."
                )
        for path in [*ROOT.glob("run_*.py"), PACKAGE / "__main__.py"]:
            defined = {
                node.name for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.ClassDef)
            }
            self.assertLessEqual(
                defined, {"main"}, f"{path.name} only calls main: move the rest into chatapp."
            )

    def test_no_import_cycles(self) -> None:
        edges = {
            name: {each for each in own_imports(name) if (name, each) not in CYCLE_EXCEPTIONS}
            for name in modules()
        }
        reported: set[str] = set()
        for name in modules():
            cycle = cycle_from(name, edges)
            if cycle and not reported.intersection(cycle):
                reported.update(cycle)
                with self.subTest(cycle=" → ".join(cycle)):
                    self.fail(
                        "These modules import each other in a circle (imports inside functions and under "
                        "TYPE_CHECKING count). Move what they share to a module below, or pass it in."
                    )


class StandardLibrary(unittest.TestCase):
    def test_only_the_standard_library_is_imported(self) -> None:
        ours = {"chatapp", "tests"}
        for path in sorted([*PACKAGE.rglob("*.py"), *ROOT.glob("*.py"), *TESTS.rglob("*.py")]):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            for imported in imported_names(name, path):
                with self.subTest(module=name, imports=imported):
                    self.assertIn(
                        imported.split(".")[0],
                        sys.stdlib_module_names | ours,
                        "Chatapp needs nothing but Python: write it with the standard library.",
                    )

    def test_some_modules_of_it_are_imported_only_in_certain_places(self) -> None:
        for name, path in modules().items():
            for top in {imported.split(".")[0] for imported in imported_names(name, path)} & set(STDLIB):
                if not STDLIB[top].keys() & set(places(name)):
                    with self.subTest(module=name, imports=top):
                        self.fail(
                            f"{top} belongs to {', '.join(STDLIB[top])}. Call a function there, or name "
                            "this module in STDLIB with the reason why it needs it."
                        )

    def test_sql_is_only_in_the_storage(self) -> None:
        for name, path in modules().items():
            if layer_of(name) == "server.storage":
                continue
            for line, text in strings(path):
                if SQL.search(text) and name not in SQL_EXCEPTIONS:
                    with self.subTest(module=name, line=line):
                        self.fail("Move the query to a function in server/storage that returns typed rows.")


class Names(unittest.TestCase):
    def test_no_two_public_classes_have_the_same_name(self) -> None:
        where: dict[str, list[str]] = {}
        for name, path in modules().items():
            for node in tree(path).body:
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    where.setdefault(node.name, []).append(name)
        for title, names in where.items():
            if len(names) > 1 and title not in SAME_NAME:
                with self.subTest(title, modules=names):
                    self.fail("Name each class after what it is, so that a search finds one.")


class Mirror(unittest.TestCase):
    def test_each_module_has_a_test_file_of_its_name(self) -> None:
        for name, path in modules().items():
            if name in ENTRIES or only_a_docstring(path) or name in UNTESTED:
                continue
            with self.subTest(name):
                test = test_file(name)
                self.assertTrue(
                    has_tests(test),
                    f"Write tests of {name} in {test.relative_to(ROOT)}, or move its tests there.",
                )


class Exceptions(unittest.TestCase):
    """An exception that no module needs would hide the next mistake."""

    def unneeded(self, table: str, exception: object) -> None:
        self.fail(f"Delete {exception} from {table}: nothing needs it any more.")

    def test_imports(self) -> None:
        for name, imported in IMPORT_EXCEPTIONS:
            if imported not in own_imports(name):
                self.unneeded("IMPORT_EXCEPTIONS", (name, imported))

    def test_cycles(self) -> None:
        for pair in CYCLE_EXCEPTIONS:
            others = CYCLE_EXCEPTIONS.keys() - {pair}
            edges = {
                name: {each for each in own_imports(name) if (name, each) not in others} for name in modules()
            }
            if pair[1] not in edges[pair[0]] or not cycle_from(pair[0], edges):
                self.unneeded("CYCLE_EXCEPTIONS", pair)

    def test_places_of_the_standard_library(self) -> None:
        used = {
            (imported.split(".")[0], place)
            for name, path in modules().items()
            for imported in imported_names(name, path)
            for place in places(name)
        }
        for top, allowed in STDLIB.items():
            for place in allowed:
                if (top, place) not in used:
                    self.unneeded("STDLIB", (top, place))

    def test_sql(self) -> None:
        for name in SQL_EXCEPTIONS:
            if not any(SQL.search(text) for _, text in strings(modules()[name])):
                self.unneeded("SQL_EXCEPTIONS", name)

    def test_names(self) -> None:
        titles = [
            node.name
            for path in modules().values()
            for node in tree(path).body
            if isinstance(node, ast.ClassDef)
        ]
        for title in SAME_NAME:
            if titles.count(title) < 2:
                self.unneeded("SAME_NAME", title)

    def test_untested(self) -> None:
        for name in UNTESTED:
            if name not in modules() or has_tests(test_file(name)):
                self.unneeded("UNTESTED", name)


if __name__ == "__main__":
    unittest.main()
