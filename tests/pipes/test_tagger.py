"""The tagger of the package on invented sentences: its network and its decoder."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from spacy.language import Language
from spacy.tokens import Doc

from kg.language import COMPONENTS, load
from kg.pipes.annotations import memory, mentions, set_sentences
from kg.pipes.tagger.decode import BEGIN, END, FULL, INSIDE, SINGLE, Proposal, column, proposals
from kg.pipes.tagger.encode import pairs, points, regions, rows
from kg.pipes.tagger.network import BLOCK, ROOM, STRETCH, TOP, TYPES, VOID, Network, _alone, _libraries, network
from kg.pipes.tagger.vote import RULE

CASES = tomllib.loads((Path(__file__).parent / "data" / "tagger.toml").read_text("utf-8"))["case"]
READ = ("bodies", "projects", "people")


@cache
def language(model: bool = True) -> Language:
    return load(exclude=("kg_references", "kg_relations", "kg_events", *(() if model else ("kg_tagger",))))


def read(text: str, model: bool = True) -> Doc:
    doc = language(model).make_doc(text)
    set_sentences(doc, [(0, len(text), "body")])
    for _, component in language(model).pipeline:
        doc = component(doc)
    return doc


def shown(doc: Doc) -> set[str]:
    return {f"{m.category} {doc.text[m.start : m.end]}" for m in mentions(doc, *READ)}


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:16])
def test_sentence(case: dict[str, Any]) -> None:
    doc = read(case["text"])
    said = {f"{kind} {doc.text[a:b]}" for a, b, kind, _ in memory(doc)["tagger"]["names"] if kind != "region"}
    assert set(case.get("has", [])) <= said
    assert not (case.get("none") and said)
    assert set(case.get("adds", [])) <= shown(doc) - shown(read(case["text"], model=False))


def test_what_only_the_tagger_sees_names_it_and_its_weight() -> None:
    doc = read("由江海慈善会发起的“暖冬计划”在平山县启动。")
    new = next(m for m in mentions(doc, "bodies") if doc.text[m.start : m.end] == "江海慈善会")
    assert new.rule == RULE + "organization"
    assert 0.5 <= new.score <= 1


def test_without_the_tagger_rules_alone_read() -> None:
    assert "kg_tagger" in COMPONENTS
    doc = read("青石科技公司与唐县签约。", model=False)
    assert "tagger" not in memory(doc)
    assert not any(m.rule.startswith(RULE) for m in mentions(doc, *READ))


def test_weights_are_small_and_whole() -> None:
    raw = (files("kg.pipes.tagger") / "weights.npz").read_bytes()
    assert len(raw) < 30_000_000
    with np.load(BytesIO(raw)) as arrays:
        rounded = {name for name in arrays if arrays[name].dtype.kind in "iu"}
        assert {name for name in arrays if name not in rounded and not name.startswith("scale")} == {"unit"}


def test_sums_stay_where_floats_hold_halves() -> None:
    for layer in network().layers:
        products = np.abs(layer.kernels).sum(axis=1) * 2 * TOP
        bias = np.abs(layer.bias[: layer.kernels.shape[2]])
        assert (np.maximum(products[0], products[3]) + products[1] + products[2] + bias).max() < 2**23
    first = network().first
    spelled, width = first.spelled, TOP + 1  # tables hold whole numbers from -128
    tables = np.abs(spelled._kernels).sum(axis=1) * width + np.abs(spelled._always[:, 0])
    tables = tables + np.abs(first.regions).max(axis=1)
    assert (tables.sum(axis=0) + np.abs(first.kernel).sum(axis=0) * width).max() < 2**23


def as_trained(text: str, marks: np.ndarray) -> np.ndarray:
    """Logits from three products a character, as the network was trained."""
    raw = (files("kg.pipes.tagger") / "weights.npz").read_bytes()
    with np.load(BytesIO(raw)) as arrays:
        characters = rows(arrays["known"])[points(text)]
        numbers = zip(("characters", "pairs", "regions"), (characters, pairs(characters), marks), strict=True)
        x = np.concatenate([np.pad(arrays[n], ((0, 0), (0, 0)))[np.pad(row, VOID)] for n, row in numbers], axis=1)
        for i, reach in enumerate(arrays["reach"].tolist()):
            wide = np.pad(x.astype(np.float32), ((reach, reach), (0, 0)))
            seen = np.concatenate([wide[: -2 * reach], wide[reach:-reach], wide[2 * reach :]], axis=1)
            kernel, bias = (arrays[f"{name}{i}"].astype(np.float32) for name in ("kernel", "bias"))
            y = np.floor((seen @ kernel + bias) * arrays[f"scale{i}"])
            x = np.clip(np.maximum(y, 0) + (x if i else 0), 0, TOP)
        wanted: np.ndarray = x[VOID:-VOID] @ arrays["out"].astype(np.float32) + arrays["out_bias"]
        return wanted


def invented(length: int) -> tuple[str, np.ndarray]:
    """A text of that many characters with marks of regions: the sentences of the cases, again and again."""
    cases = "".join(case["text"] for case in CASES)
    text = (cases * (length // len(cases) + 1))[-length:]
    found = [(3, 6, "county"), (length - 2, length, "village"), (0, 1, "province"), (1020, 1031, "township")]
    return text, regions(length, [(start, end, level) for start, end, level in found if end <= length])


@pytest.mark.parametrize("length", [1, 2, 7, 16, 17, 33, 600, STRETCH, STRETCH + 1, 2 * STRETCH + 40])
def test_the_network_computes_its_convolutions(length: int) -> None:
    """In phases, in pairs and in stretches: the same as character by character, at the ends of all of them."""
    text, marks = invented(length)
    assert np.array_equal(network().logits(text, marks), as_trained(text, marks))


def test_more_characters_than_are_kept() -> None:
    """All that training knew, then the first ones once more: what was forgotten is made again."""
    raw = (files("kg.pipes.tagger") / "weights.npz").read_bytes()
    with np.load(BytesIO(raw)) as arrays:
        known = "".join(map(chr, arrays["known"].tolist()))
    text = known + known[:700]
    assert len(set(text)) > ROOM > STRETCH + 2 * BLOCK
    marks = regions(len(text), [(90, 93, "county")])
    assert np.array_equal(network().logits(text, marks), as_trained(text, marks))


def test_chances_are_computed_wherever_they_are_no_certainty() -> None:
    text, marks = invented(1500)
    logits = network().logits(text, marks).astype(np.float64) * network().unit
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    raised = raised / raised.sum(axis=1, keepdims=True) * FULL
    assert np.abs(network().odds(text, marks) - raised).max() < 0.5001


def test_what_was_held_to_one_processor_is_let_go() -> None:
    before = [library.num_threads for library in _libraries()]
    for library in _libraries():
        library.set_num_threads(2)
    held = [library.num_threads for library in _libraries()]  # one where the machine has but one
    with _alone():
        assert {library.num_threads for library in _libraries()} <= {1}
    assert [library.num_threads for library in _libraries()] == held
    for library, number in zip(_libraries(), before, strict=True):
        library.set_num_threads(number)


def test_a_network_of_other_layers_is_refused() -> None:
    raw = (files("kg.pipes.tagger") / "weights.npz").read_bytes()
    with np.load(BytesIO(raw)) as arrays, pytest.raises(ValueError, match="twice as far"):
        Network.of({**arrays, "reach": np.array([1, 2, 4, 4])})


def test_logits_are_whole_numbers_wherever_a_text_stands() -> None:
    text = CASES[0]["text"]
    alone = network().logits(text, np.zeros(len(text), dtype=np.int32))
    assert np.array_equal(alone, np.rint(alone))
    again = network().logits(text, np.zeros(len(text), dtype=np.int32))
    assert np.array_equal(alone, again)


def test_characters_that_training_did_not_know_are_read() -> None:
    assert points("a\ud800😀").shape == (3,)
    assert pairs(np.array([1], dtype=np.int32)).shape == (1,)
    assert read("𠮷𠮷𠮷。").text == "𠮷𠮷𠮷。"


def test_an_empty_text_has_no_ballot() -> None:
    assert "tagger" not in memory(read(""))


def odds(*tags: tuple[str, int, int]) -> np.ndarray:
    """Chances of a text in which each character has one tag: category, part, and how sure; an empty category is O."""
    made = np.zeros((len(tags), 1 + 4 * len(TYPES)), dtype=np.uint8)
    for place, (category, part, sure) in enumerate(tags):
        made[place, column(category, part) if category else 0] = sure
    return made


def test_the_decoder_keeps_to_legal_sequences() -> None:
    made = odds(("project", BEGIN, FULL), ("project", INSIDE, 200), ("project", END, FULL), ("", 0, FULL),
                ("region", SINGLE, 240))
    assert proposals(made, [(0, 5)]) == [Proposal(0, 3, "project", 0.78), Proposal(4, 5, "region", 0.94)]
    broken = odds(("project", INSIDE, 250), ("", 0, FULL))
    broken[0, column("project", SINGLE)] = 5
    assert [(p.start, p.end) for p in proposals(broken, [(0, 2)])] == [(0, 1)]


def test_the_cheapest_legal_way_where_chances_are_spread() -> None:
    made = odds(("project", BEGIN, 120), ("project", INSIDE, 100), ("project", END, 90), ("", 0, FULL))
    made[0, column("person", BEGIN)], made[2, column("person", END)] = 110, 200
    assert [(p.start, p.end, p.category) for p in proposals(made, [(0, 4)])] == [(0, 3, "project")]
    made[1, column("person", INSIDE)] = 99
    assert [(p.start, p.end, p.category) for p in proposals(made, [(0, 4)])] == [(0, 3, "person")]
    assert proposals(made, [(0, 1), (3, 4)]) == []


def test_types_are_read_where_one_is_likelier_than_none() -> None:
    """A stretch that has no legal sequence of likeliest tags, with names of two types."""
    made = odds(("project", BEGIN, 200), ("project", END, 120), ("", 0, 240), ("person", BEGIN, 120),
                ("person", END, 200))
    made[1, column("person", SINGLE)] = 110
    made[3, 0] = 100
    assert [(p.start, p.end, p.category) for p in proposals(made, [(0, 5)])] == [(0, 2, "project"), (3, 5, "person")]
    rather = odds(("", 0, 240), ("", 0, 130), ("", 0, 129))
    assert proposals(rather, [(0, 3)]) == []


def test_a_long_stretch_and_a_short_one() -> None:
    long = [("official", BEGIN, FULL), *[("official", INSIDE, FULL)] * 30, ("official", END, FULL), ("", 0, FULL)]
    made = odds(*long, ("person", BEGIN, FULL), ("person", END, FULL))
    found = [(p.start, p.end, p.category) for p in proposals(made, [(0, 35)])]
    assert found == [(0, 32, "official"), (33, 35, "person")]
