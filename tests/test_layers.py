"""The house is held to its map: who may import whom, and which part of the standard library belongs where."""

from __future__ import annotations

import ast
import sys
import unittest
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "chatapp"

MAY_IMPORT = {
    "protocol": {"protocol"},
    "server": {"protocol", "server"},
    "client": {"protocol", "client"},
    "gui": {"protocol", "client", "gui"},
    "terminal": {"protocol", "client", "terminal"},
}
BELONGS = {
    "tkinter": {"gui"},
    "sqlite3": {"server", "client"},
    "socket": {"server", "client"},
    "threading": {"server", "client"},
}


def modules() -> Iterator[tuple[str, Path]]:
    """Every module of the package with its dotted name."""
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def imports(name: str, path: Path, inside: bool = True) -> Iterator[str]:
    """The dotted names of the modules that a module imports.

    Takes  inside: also what is imported inside functions and for type checking only
    """
    tree = ast.parse(path.read_text("utf-8"))
    nodes = ast.walk(tree) if inside else iter(tree.body)
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
            base = package[: len(package) - node.level + 1] if node.level else []
            origin = ".".join([*base, *(node.module.split(".") if node.module else [])])
            for alias in node.names:
                yield f"{origin}.{alias.name}"


def known(imported: str, names: set[str]) -> str:
    """The module of ours that an imported name is in, or nothing."""
    while imported and imported not in names:
        imported = imported.rpartition(".")[0]
    return imported


class Layers(unittest.TestCase):
    def test_imports_run_one_way(self) -> None:
        for name, path in modules():
            layer = name.split(".")[1] if "." in name else ""
            if layer not in MAY_IMPORT:
                continue  # the package itself and __main__ know every layer
            for imported in imports(name, path):
                parts = imported.split(".")
                if parts[0] == "chatapp" and len(parts) > 1 and parts[1] in MAY_IMPORT:
                    with self.subTest(module=name, imports=imported):
                        self.assertIn(parts[1], MAY_IMPORT[layer])

    def test_parts_of_the_standard_library_stay_in_their_layers(self) -> None:
        for name, path in modules():
            layer = name.split(".")[1] if "." in name else ""
            if layer not in MAY_IMPORT:
                continue
            for imported in imports(name, path):
                top = imported.split(".")[0]
                if top in BELONGS:
                    with self.subTest(module=name, imports=top):
                        self.assertIn(layer, BELONGS[top])

    def test_nothing_from_outside_the_standard_library(self) -> None:
        ours = {"chatapp", "tests"}
        for path in sorted([*PACKAGE.rglob("*.py"), *ROOT.glob("*.py"), *(ROOT / "tests").rglob("*.py")]):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            for imported in imports(name, path):
                with self.subTest(module=name, imports=imported):
                    self.assertIn(imported.split(".")[0], sys.stdlib_module_names | ours)

    def test_no_import_cycles(self) -> None:
        names = {name for name, _ in modules()}
        edges = {
            name: {known(each, names) for each in imports(name, path, inside=False)} - {name, "", "chatapp"}
            for name, path in modules()
        }
        state: dict[str, str] = {}

        def visit(name: str, way: list[str]) -> None:
            if state.get(name) == "done":
                return
            self.assertNotIn(name, way, " → ".join([*way, name]))
            for each in sorted(edges[name]):
                visit(each, [*way, name])
            state[name] = "done"

        for name in sorted(edges):
            visit(name, [])
