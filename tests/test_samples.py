"""The samples: their labels are sound, the figures on them hold, and every statement stands in its source."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from kg.export import export
from kg.model import Evidence
from kg.model.schema import CATEGORIES, ENDS, EVENT_KINDS
from kg.pipeline import Run
from kg.reading.evaluate import evaluate
from kg.sources import read

ROOT = Path(__file__).parent.parent
LABELS = sorted((ROOT / "samples").glob("*.json"))
FLOORS = json.loads((ROOT / ".ci" / "floors.json").read_text("utf-8"))["samples"]
CEILINGS = ("split", "never")


def listed(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


def text_of(name: str) -> str:
    """The article as it lies on the disk, decoded; a page without its tags and entities."""
    (file,) = (f for f in (ROOT / "samples").glob(f"{name}.*") if f.suffix != ".json")
    data = file.read_bytes()
    text = data.decode("gb18030" if name.startswith("gb18030") else "utf-8")
    if file.suffix == ".html":
        text = re.sub(r"<[^>]*>", "", text).replace("&ldquo;", "“").replace("&rdquo;", "”")
    return text


def test_there_are_samples_of_every_kind() -> None:
    names = {path.stem for path in LABELS}
    assert len(names) >= 12
    assert {f.suffix for f in (ROOT / "samples").iterdir()} == {".json", ".txt", ".md", ".html"}
    assert "協(xié)作" in text_of("dirty-haiyan-pingshan")
    assert text_of("dirty-haiyan-pingshan").count("特價商城") > 10
    assert "儀隴縣" in text_of("traditional-huangyan-yilong")
    with pytest.raises(UnicodeDecodeError):
        (ROOT / "samples" / "gb18030-chongchuan-ningqiang.txt").read_text("utf-8")


@pytest.mark.parametrize("file", LABELS, ids=lambda f: f.stem)
def test_labels_follow_the_schema(file: Path) -> None:
    labels = json.loads(file.read_text("utf-8"))
    assert labels["doc"] == file.stem
    types = {entity["id"]: entity["type"] for entity in labels["entities"]}
    assert len(types) == len(labels["entities"])
    assert set(types.values()) <= set(CATEGORIES) - {"event"}
    for relation in labels["relations"]:
        heads, tails = ENDS[relation["type"]]
        assert {types[i] for i in listed(relation["head"])} <= heads, relation
        assert {types[i] for i in listed(relation["tail"])} <= tails, relation
    for event in labels["events"]:
        assert event["kind"] in EVENT_KINDS
        assert set(event["places"] + event["participants"]) <= set(types)
    if not file.stem.startswith(("traditional", "dirty")):
        text = text_of(file.stem)
        for entity in labels["entities"]:
            assert entity.get("optional") or any(name in text for name in entity["names"]), entity["name"]


def test_every_sample_is_read(sample_run: Run) -> None:
    assert sorted(document.id for document in sample_run.documents) == [file.stem for file in LABELS]
    assert [document for document in sample_run.documents if document.problem] == []


@pytest.fixture(scope="session")
def figures(sample_run: Run, samples: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, float]:
    graph = export(sample_run.graph, tmp_path_factory.mktemp("samples") / "graph.graphml")
    return evaluate(graph, [samples]).figures()


@pytest.mark.parametrize("figure", sorted(FLOORS))
def test_figures_hold_their_floors(figure: str, figures: dict[str, float]) -> None:
    if figure in CEILINGS:
        assert figures[figure] <= FLOORS[figure]
    else:
        assert figures[figure] >= FLOORS[figure]


def evidence_of(run: Run) -> list[Evidence]:
    statements = [s for found in run.graph.graph["statements"].values() for s in found]
    parts = [(s.evidence, s.head_evidence, s.tail_evidence) for s in statements]
    return [evidence for part in parts for evidence in part if evidence is not None]


def test_every_statement_is_a_verbatim_stretch_of_its_source(sample_run: Run, samples: Path) -> None:
    originals = {record.id: record.text for record in read([samples])}
    found = evidence_of(sample_run)
    assert len(found) > 100
    for evidence in found:
        assert evidence.text
        assert originals[evidence.document][evidence.start : evidence.end] == evidence.text


def test_every_statement_stands_in_the_file_as_printed(sample_run: Run) -> None:
    texts = {file.stem: "".join(text_of(file.stem).split()) for file in LABELS}
    for evidence in evidence_of(sample_run):
        assert "".join(evidence.text.split()) in texts[evidence.document], evidence


def test_the_plan_is_no_fact(sample_run: Run) -> None:
    edges = [d for *_, d in sample_run.graph.edges(data=True) if "plans-dejiang" in d["documents"].split("|")]
    assert not {d["relation"] for d in edges} & {"visited", "invests_in", "supports", "undertakes"}


def test_homonyms_are_told_apart(sample_run: Run) -> None:
    codes = {d["adcode"] for _, d in sample_run.graph.nodes(data=True) if "鼓楼区" in d["aliases"].split("|")}
    assert codes == {"350102"}
