"""The rules of the house that a reader of the code relies on, checked over the syntax tree."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted((ROOT / "kg").rglob("*.py"))
HAN = re.compile("[\u3401-\u4dbe\u4e01-\u9ffe]")  # the ends of the blocks stand in classes of characters

# The schema spells out the words of the graph; everything else that is Chinese is data in kg/lexicon/data.
CHINESE = {"kg/model/schema.py"}
# Engines that read a notation or classes of characters; patterns of the language are data in kg/lexicon/data.
NOTATIONS = {
    "kg/pipes/slots.py",
    "kg/pipes/relations/rules.py",
    "kg/pipes/names/borders.py",
    "kg/pipes/names/context.py",
    "kg/pipes/people/names.py",
    "kg/text/spam.py",
    "kg/text/script.py",
}
CALLS = {"compile", "search", "match", "fullmatch", "sub", "split", "findall", "finditer"}


def name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def docstrings(tree: ast.AST) -> set[int]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                found.add(id(first.value))
    return found


def words(source: str) -> list[str]:
    """The Chinese words among the string literals of a source, docstrings aside."""
    tree = ast.parse(source)
    spared = docstrings(tree)
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in spared
        if HAN.search(node.value)
    ]


def patterns(source: str) -> list[str]:
    """Regular expressions that are written out in a source: more than a class of characters or a joint."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CALLS):
            continue
        if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and node.args):
            continue
        if isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
            found.append(node.args[0].value)
    return found


def test_the_checks_see_what_they_look_for() -> None:
    assert words('"""说明"""\nx = "书记"') == ["书记"]
    assert patterns('import re\nre.compile("a+")\nre.compile(x)') == ["a+"]


@pytest.mark.parametrize("file", FILES, ids=name)
def test_a_file_stays_small_and_has_a_telling_name(file: Path) -> None:
    assert len(file.read_text("utf-8").splitlines()) <= 400
    assert file.stem not in {"utils", "util", "helpers", "misc", "common"}


@pytest.mark.parametrize("file", [f for f in FILES if name(f) not in CHINESE], ids=name)
def test_words_are_data(file: Path) -> None:
    assert words(file.read_text("utf-8")) == []


@pytest.mark.parametrize("file", [f for f in FILES if name(f) not in NOTATIONS], ids=name)
def test_patterns_are_data(file: Path) -> None:
    assert patterns(file.read_text("utf-8")) == []


def test_every_exception_of_this_file_is_needed() -> None:
    assert {f for f in CHINESE | NOTATIONS if not (ROOT / f).exists()} == set()
