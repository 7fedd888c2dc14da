"""The file itself: versions, foreign files, history, judgements, and what a reader sees."""

from __future__ import annotations

import json
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from builds import build, fill, from_nothing, outputs

from kg.errors import GraphError, StoreError
from kg.reading.explain import explain, open_graph, surroundings
from kg.store import NAME, Fact, Held, Past, Reading, opened
from kg.store.file import VERSION
from kg.store.writer import BUILDS

JUDGED = ("same", "person:沈岳川", "person:沈岳川/2", "no", "两个人")


def put(path: Path, documents: dict[str, bytes], facts: dict[str, str], options: str = "{}") -> int:
    """A build with these documents and entities."""
    with opened(path) as store:
        store.put(Reading(key, b"x", b"[]", b"") for key in documents.values())
        held = [Held(name, b"c" + key, key, '{"title":""}') for name, key in documents.items()]
        return store.finish(held, [Fact(i, json.loads(data), (i,)) for i, data in facts.items()], [], options, "{}", [])


def keys(path: Path) -> set[bytes]:
    with closing(sqlite3.connect(path)) as store:
        return {key for (key,) in store.execute("SELECT key FROM readings")}


def test_readings_that_no_document_has_are_forgotten(tmp_path: Path) -> None:
    path = tmp_path / NAME
    put(path, {"a": b"1", "b": b"2"}, {})
    assert keys(path) == {b"1", b"2"}
    put(path, {"a": b"3"}, {})
    assert keys(path) == {b"3"}


def test_a_build_is_numbered_when_something_changed(tmp_path: Path) -> None:
    path = tmp_path / NAME
    assert put(path, {"a": b"1"}, {"x": '{"n":1}'}) == 1
    assert put(path, {"a": b"1"}, {"x": '{"n":1}'}) == 1
    assert put(path, {"a": b"1"}, {"x": '{"n":2}'}) == 2
    assert put(path, {"a": b"1", "b": b"1"}, {"x": '{"n":2}'}) == 3
    assert put(path, {"a": b"1", "b": b"1"}, {"x": '{"n":2}'}, '{"statuses":["planned"]}') == 4
    with Past.opened(path) as past:
        assert past.builds == (1, 2, 3, 4)
        assert [[row.data["n"] for row in past.entities(build)] for build in past.builds] == [[1], [2], [2], [2]]
        assert [sorted(past.documents(build)) for build in past.builds] == [["a"], ["a"], ["a", "b"], ["a", "b"]]
        with pytest.raises(StoreError, match="holds no build 9"):
            past.checked(9)


def test_old_builds_are_forgotten_and_the_young_stay_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / NAME
    for number in range(1, BUILDS + 4):
        put(path, {"a": b"1"}, {"x": f'{{"n":{number}}}', "y": "{}"})
    with Past.opened(path) as past:
        assert past.builds == tuple(range(4, BUILDS + 4))
        assert [[row.data.get("n") for row in past.entities(build)] for build in past.builds] == [
            [build, None] for build in past.builds
        ]
    with closing(sqlite3.connect(path)) as store:
        assert store.execute("SELECT min(until) FROM entities").fetchone() == (5,)


def test_a_newer_store_is_refused(tmp_path: Path) -> None:
    path = tmp_path / NAME
    put(path, {"a": b"1"}, {})
    with closing(sqlite3.connect(path)) as store:
        store.execute(f"PRAGMA user_version = {VERSION + 1}")
    with pytest.raises(StoreError, match=f"has version {VERSION + 1}, this kg reads up to {VERSION}"):
        put(path, {"a": b"1"}, {})
    with pytest.raises(StoreError, match="use the newer kg"), Past.opened(path):
        pass
    assert keys(path) == {b"1"}


def test_an_older_store_is_read_anew_and_keeps_what_people_judged(tmp_path: Path) -> None:
    given, output = fill(tmp_path / "in", ["plans-dejiang.txt"]), tmp_path / "out"
    build(given, output)
    with closing(sqlite3.connect(output / NAME)) as store:
        store.execute("INSERT INTO judgements VALUES (?, ?, ?, ?, ?)", JUDGED)
        store.execute("ALTER TABLE readings RENAME COLUMN extraction TO older")
        store.execute("PRAGMA user_version = 0")
        store.commit()
    with opened(output / NAME) as store:
        assert store.note == "the store was of version 0: all articles are read anew"
    assert build(given, output) == 0
    assert outputs(output) == from_nothing(given, tmp_path / "nothing")
    assert build(given, output) == 1
    with opened(output / NAME) as store:
        assert store.note == ""
    with closing(sqlite3.connect(output / NAME)) as store:
        assert store.execute("SELECT * FROM judgements").fetchall() == [JUDGED]
        assert store.execute("PRAGMA user_version").fetchone() == (VERSION,)


def test_what_is_no_store_is_left_alone(tmp_path: Path) -> None:
    text, foreign = tmp_path / "text.sqlite", tmp_path / "foreign.sqlite"
    text.write_text("沈岳川赴唐县调研" * 99, "utf-8")
    with closing(sqlite3.connect(foreign)) as other:
        other.execute("CREATE TABLE mine (a)")
    for path, said in ((text, "this is no store"), (foreign, "is no store of kg"), (tmp_path, "remedy")):
        held = path.read_bytes() if path.is_file() else b""
        with pytest.raises(StoreError, match=said), opened(path):
            pass
        with pytest.raises(StoreError, match=r"no (such )?store"), Past.opened(path):
            pass
        assert held == (path.read_bytes() if path.is_file() else b"")


def test_a_store_that_is_empty_or_missing_is_told(tmp_path: Path) -> None:
    path = tmp_path / NAME
    with pytest.raises(StoreError, match="there is no such store"), Past.opened(path):
        pass
    with opened(path):
        pass
    with pytest.raises(StoreError, match="no build of this store was finished"), Past.opened(path):
        pass


def test_a_reader_sees_the_finished_build_while_another_goes_on(tmp_path: Path) -> None:
    path = tmp_path / NAME
    put(path, {"a": b"1"}, {"x": '{"n":1}'})
    with opened(path) as store:
        store.put([Reading(b"2", b"x", b"[]", b"")])
        with Past.opened(path) as past:
            store.finish([], [Fact("x", {"n": 2})], [], "{}", "{}", [])
            assert [row.data for row in past.entities(past.checked(None))] == [{"n": 1}]
        with Past.opened(path) as past:
            assert [row.data for row in past.entities(past.checked(None))] == [{"n": 2}]


def test_a_store_in_a_folder_that_may_only_be_read(tmp_path: Path) -> None:
    folder = tmp_path / "shelf"
    put(folder / NAME, {"a": b"1"}, {"x": '{"n":1}'})
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        with Past.opened(folder / NAME) as past:
            assert len(list(past.entities(1))) == 1
    finally:
        folder.chmod(stat.S_IRWXU)


def test_explain_from_the_store_says_what_the_file_says(tmp_path: Path) -> None:
    names = ("visit-zhenhai-jinyang.txt", "school-panyu-weining.txt", "dirty-haiyan-pingshan.txt")
    build(fill(tmp_path / "in", names), tmp_path / "out")
    file, store = tmp_path / "out" / "graph.graphml", tmp_path / "out" / NAME
    graph = open_graph(file)
    known = {name for _, data in graph.nodes(data=True) for name in str(data.get("aliases", "")).split("|") if name}
    known |= {str(data["label"]) for _, data in graph.nodes(data=True)} | set(list(graph)[:5])
    assert len(known) > 50
    for name in sorted(known):
        told = list(explain(graph, name))
        assert list(explain(surroundings(store, name), name)) == told
        assert list(explain(surroundings(file, name), name)) == told
    for name in ("沈岳", "镇海区人民法院", "zzz", "", " 沈岳川x", "%", "省"):
        said = []
        for place in (store, file):
            with pytest.raises(GraphError) as error:
                list(explain(surroundings(place, name), name))
            said.append(str(error.value))
        with pytest.raises(GraphError) as error:
            list(explain(graph, name))
        assert said == [str(error.value)] * 2


def test_explain_reads_a_file_that_the_store_beside_it_does_not_know(tmp_path: Path) -> None:
    output = tmp_path / "out"
    build(fill(tmp_path / "in", ["visit-zhenhai-jinyang.txt"]), output)
    file = output / "graph.graphml"
    assert surroundings(file, "沈岳川").number_of_nodes() < open_graph(file).number_of_nodes()
    from_nothing(fill(tmp_path / "in", ["plans-dejiang.txt"]), output)
    with pytest.raises(GraphError, match="no node"):
        list(explain(surroundings(file, "沈岳川"), "沈岳川"))
    assert list(explain(surroundings(output / NAME, "沈岳川"), "沈岳川"))
