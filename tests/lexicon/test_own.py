"""The user's own lexicon file: what it adds is found, what is wrong in it is said, and the next run forgets it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import kg
from kg.cli import main
from kg.errors import LexiconError
from kg.lexicon import table, use

EXAMPLES = table("own")["example"]


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "a.txt"
    file.write_text("2020-05-06\n考察组先后走进云谷坊和青石岭，唐县首席联络官沈岳川介绍了情况。", "utf-8")
    return file


def labels(graph: Any, category: str) -> list[str]:
    return sorted(d["label"] for _, d in graph.nodes(data=True) if d["category"] == category)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e["lexicon"])
def test_what_the_file_adds_is_found_and_forgotten(example: dict[str, Any], tmp_path: Path) -> None:
    own, text = tmp_path / "my.toml", tmp_path / "a.txt"
    own.write_text(example["lexicon"], "utf-8")
    text.write_text("2020-05-06\n" + example["text"], "utf-8")
    [(category, wanted)] = example["finds"].items()
    assert labels(kg.build(text, lexicon=own), category) == sorted(wanted)
    assert not set(labels(kg.build(text), category)) & set(wanted)


def test_several_processes_know_the_file(article: Path, tmp_path: Path) -> None:
    own = tmp_path / "my.toml"
    own.write_text('enterprise.names = ["云谷坊"]', "utf-8")
    second = tmp_path / "b.txt"
    second.write_text(article.read_text("utf-8"), "utf-8")
    graph = kg.build([article, second], lexicon=own, workers=2)
    assert labels(graph, "enterprise") == ["云谷坊"]


def test_an_alias_and_its_full_name_are_one_node_that_names_its_rule(article: Path, tmp_path: Path) -> None:
    own = tmp_path / "my.toml"
    own.write_text('[enterprise]\nnames = [["青石岭茶业集团有限公司", "青石岭"]]\n', "utf-8")
    graph = kg.build(article, lexicon=own)
    node = next(d for _, d in graph.nodes(data=True) if d["category"] == "enterprise")
    assert node["label"] == "青石岭茶业集团有限公司"
    assert "青石岭" in node["aliases"].split("|")


def test_a_forbidden_name_is_no_node(article: Path, tmp_path: Path) -> None:
    own = tmp_path / "my.toml"
    own.write_text('enterprise.names = ["云谷坊"]\nnever.names = ["云谷坊"]', "utf-8")
    assert labels(kg.build(article, lexicon=own), "enterprise") == []


@pytest.mark.parametrize(
    ("content", "place", "remedy"),
    [
        ("[enterprize]\nnames = []", "enterprize", "write enterprise"),
        ("[enterprise]\nname = []", "enterprise.name", "write names"),
        ("[enterprise]\nnames = '云谷坊'", "enterprise.names", "write ["),
        ("[enterprise]\nnames = ['云谷坊', '岭']", "enterprise.names: entry 2", "mend or remove it"),
        ("[enterprise]\nnames = ['云谷坊', 7]", "enterprise.names: entry 2", "mend or remove it"),
        ("[enterprise]\nnames = [[]]", "enterprise.names: entry 1", "mend or remove it"),
        ("[enterprise]\nnames = ['云谷坊' '云谷']", "line 2", "mend the TOML"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(content: str, place: str, remedy: str, tmp_path: Path) -> None:
    own = tmp_path / "my.toml"
    own.write_text(content, "utf-8")
    with pytest.raises(LexiconError) as caught:
        use(own)
    assert "my.toml" in str(caught.value)
    assert place in str(caught.value)
    assert remedy in str(caught.value)


def test_the_file_in_the_documentation_is_taken(tmp_path: Path) -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "lexicon.md").read_text("utf-8")
    own = tmp_path / "my.toml"
    own.write_text(text.split("```toml\n")[1].split("```")[0], "utf-8")
    use(own)
    assert set(table("own")["known"]) == {"enterprise", "organization", "project", "official", "person"}


def test_a_file_that_is_not_there_or_not_utf8(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="cannot be read"):
        use(tmp_path / "none.toml")
    own = tmp_path / "my.toml"
    own.write_bytes('enterprise.names = ["云谷坊"]'.encode("gb18030"))
    with pytest.raises(LexiconError, match="UTF-8"):
        use(own)


def test_the_command_line_takes_the_file(article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "my.toml"
    own.write_text('enterprise.names = ["云谷坊"]', "utf-8")
    out = tmp_path / "out"
    assert main(["build", str(article), "-o", str(out), "--lexicon", str(own)]) == 0
    assert "云谷坊" in (out / "graph.graphml").read_text("utf-8")
    own.write_text("[enterprize]", "utf-8")
    assert main(["build", str(article), "-o", str(out), "--lexicon", str(own)]) == 1
    assert "write enterprise" in capsys.readouterr().err


@pytest.fixture(autouse=True)
def _forget() -> Any:
    yield
    use(None)
