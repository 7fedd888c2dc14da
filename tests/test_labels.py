"""Labels of real articles are kept as places: they come back as they were, and no name of a person stands there."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest

from scripts.graph_labels import KEPT, LABELS, packed, unpacked
from scripts.name_labels import WITHOUT_REGIONS, rows
from scripts.tagger_data import LEARNED, UNREAD, hand_tags, windows
from scripts.tagger_data import WITHOUT_REGIONS as TAUGHT_WITHOUT

TEXT = "2020-05-06\n唐县县长沈岳川到王京镇调研，村民何小满介绍了情况。"
LABEL: dict[str, Any] = {
    "entities": [
        {"id": "o1", "type": "official", "name": "沈岳川", "names": ["沈岳川"]},
        {"id": "r1", "type": "region", "name": "河北省保定市唐县", "names": ["唐县"], "adcode": "130627"},
    ],
    "relations": [{"head": "o1", "type": "holds_post", "tail": "r1", "title": "县长"}],
    "events": [{"id": "e1", "kind": "inspection", "start": "2020-05-06", "places": ["r1"], "participants": ["o1"]}],
    "never": ["何小满"],
}


def test_a_label_comes_back_as_it_was() -> None:
    kept = {key: packed(LABEL[key], TEXT, key == "never", key) for key in KEPT}
    assert "沈岳川" not in json.dumps(kept, ensure_ascii=False)
    assert "何小满" not in json.dumps(kept, ensure_ascii=False)
    assert {key: unpacked(kept[key], TEXT) for key in KEPT} == LABEL


def test_a_person_whom_the_text_does_not_print_is_left_out() -> None:
    entity = {"id": "o1", "type": "official", "name": "沈岳川", "names": ["沈岳川", "沈区长"]}
    assert packed(entity, TEXT)["names"] == packed(["沈岳川"], TEXT)


def test_the_file_holds_people_as_places_alone() -> None:
    rows = [json.loads(line) for line in LABELS.read_text("utf-8").splitlines()]
    assert len(rows) == len({row["document"] for row in rows})
    place = re.compile(r"@\d+:\d+")
    for row in rows:
        people = [e for e in row["entities"] if e["type"] in ("official", "person")]
        names = [name for e in people for name in (e["name"], *e["names"]) if name is not None]
        assert all(place.fullmatch(name) for name in [*names, *row["never"]]), row["document"]


@pytest.mark.parametrize("name", ["edges.csv", *(f"edges-{sample}.csv" for sample in range(2, 11))])
def test_judged_edges_hold_no_text(name: str) -> None:
    lines = (Path(LABELS).parent / name).read_text("utf-8").splitlines()
    assert lines[0] == "document,start,end,relation,head,verdict,class"
    assert len(lines) == 201
    assert all(line.isascii() for line in lines)


def test_names_are_kept_as_places() -> None:
    found = {row[3:] for row in rows("n1", "fresh", LABEL, TEXT)}
    official, private = TEXT.index("沈岳川"), TEXT.index("何小满")
    assert found == {("official", 0, official, official + 3), ("private", 0, private, private + 3)}
    region = ("region", 0, TEXT.index("唐县"), TEXT.index("唐县") + 2)
    assert region in {row[3:] for row in rows("n1", "training", LABEL, TEXT)}


def test_an_article_without_names_has_one_row() -> None:
    nothing = {"entities": [{"type": "enterprise", "names": ["云谷智造"]}]}
    assert list(rows("n1", "fresh", nothing, TEXT)) == [("fresh", "n1", 0, "none", 0, 0, 0)]


def test_the_file_of_names_holds_no_text_and_each_article_once() -> None:
    with (Path(LABELS).parent / "names.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert all(value.isascii() for row in found for value in row.values())
    parts = {(row["document"], row["part"]) for row in found}
    assert len(parts) == len({document for document, _ in parts}) == 1880
    assert {part for _, part in parts} == {"training", "development", "test", "further", "fresh"}
    assert not any(row["type"] == "region" for row in found if row["part"] in WITHOUT_REGIONS)
    assert len({(row["document"], row["entity"], row["start"], row["end"]) for row in found}) == len(found)
    graphs = [json.loads(line) for line in LABELS.read_text("utf-8").splitlines()]
    held_back = {row["document"] for row in graphs if row["part"] == "test"}
    assert not any(document[1:] in held_back for document, part in parts if part in LEARNED)


def test_regions_that_nobody_labelled_are_not_learned_as_nothing() -> None:
    text = "唐县县长沈岳川到任。"
    found = {"text": text, "sentences": [[0, len(text), "body"]], "rules": [[0, 2, "region"]]}
    labels = [("official", False, ["沈岳川"])]
    whole, without = hand_tags(found, labels), hand_tags(found, labels, regions=False)
    assert whole[:2].tolist() == [0, 0]
    assert without[:2].tolist() == [UNREAD, UNREAD]
    assert (whole[2:] == without[2:]).all()
    assert set(without[4:7].tolist()).isdisjoint({0, UNREAD})
    assert set(TAUGHT_WITHOUT) <= WITHOUT_REGIONS


def test_around_a_passage_nothing_is_learned() -> None:
    text = "唐县县长沈岳川到任。云谷智造在石桥镇投产。县长沈岳川出席。"
    ends = [text.index("云"), text.index("县长沈岳川出"), len(text)]
    found = {"text": text, "rules": [], "sentences": [[a, b, "body"] for a, b in zip([0, *ends], ends, strict=False)]}
    labels = [("enterprise", False, ["云谷智造"]), ("official", False, ["沈岳川"])]
    ((place, tags),) = windows(found, ["云谷智造在石桥镇投产。"], labels)
    assert text[place].endswith("投产。县长沈岳川出席。")
    inside = text[place].index("云")
    assert set(tags[:inside]) == set(tags[inside + 11 :]) == {UNREAD}
    assert set(tags[inside : inside + 4]).isdisjoint({0, UNREAD})
    assert set(tags[inside + 4 : inside + 11]) == {0}
    assert list(windows(found, ["没有这句话。"], labels)) == []


def test_the_file_of_passages_holds_no_text_and_nothing_that_is_measured() -> None:
    with (Path(LABELS).parent / "passages.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert all(value.isascii() for row in found for value in row.values())
    places: dict[str, list[tuple[int, int]]] = {}
    for row in found:
        if row["type"] == "passage":
            places.setdefault(row["document"], []).append((int(row["start"]), int(row["end"])))
    assert sum(map(len, places.values())) == 3500
    assert all(any(a <= int(row["start"]) < int(row["end"]) <= b for a, b in places[row["document"]]) for row in found)
    measured = {json.loads(line)["document"] for line in LABELS.read_text("utf-8").splitlines()}
    with (Path(LABELS).parent / "names.csv").open(encoding="utf-8", newline="") as file:
        measured |= {row["document"][1:] for row in csv.DictReader(file)}
    assert not {document[1:] for document in places} & measured
