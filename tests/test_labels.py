"""Labels of real articles are kept as places: they come back as they were, and no name of a person stands there."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from scripts.graph_labels import KEPT, LABELS, packed, unpacked

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


def test_judged_edges_hold_no_text() -> None:
    lines = (Path(LABELS).parent / "edges.csv").read_text("utf-8").splitlines()
    assert lines[0] == "document,start,end,relation,head,verdict,class"
    assert len(lines) == 201
    assert all(line.isascii() for line in lines)
