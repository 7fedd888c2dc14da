"""The same text under other headers is one source; two texts about one thing are two."""

from __future__ import annotations

import random
from array import array
from pathlib import Path

import pytest

from kg.lexicon import table
from kg.model import Record
from kg.text import clean
from kg.text.reposts import group, letters, sketch

WIRE = """海州区党政代表团赴青河县对接东西部协作
5月21日至22日，海州区委书记林远山带领党政代表团赴青河县对接东西部协作工作，青河县委书记白志强陪同。
代表团一行来到青河县电商服务中心，察看了产业园区的建设情况，并走访了结对的学校和医院，询问师生的生活。
座谈会上，两地签订了战略合作协议，海州区向青河县捐赠帮扶资金三百万元，用于农村道路和饮水工程。
林远山说，要把协作的成果变成百姓的收入，让合作的路子越走越宽，为两地群众带来更多看得见的变化。"""
TITLE, *PARTS = WIRE.split("\n")
TWINS = {
    "header": f"首页 > 要闻 > 正文\n{TITLE}\n2019-05-24 来源：青河新闻网 作者：何小青\n" + "\n".join(PARTS),
    "title": "山海相连，携手共进\n" + "\n".join(PARTS),
    "footer": WIRE + "\n(责任编辑：何小青)\n分享到：\n相关阅读：\n海边城市迎来旅游旺季\n上一篇：没有了",
    "first part cut": "\n".join([TITLE, *PARTS[1:]]),
    "last part cut": "\n".join([TITLE, *PARTS[:-1]]),
    "other marks": WIRE.replace("，", ",").replace("。", "。 "),
    "a dateline": f"{TITLE}\n青河日报讯（记者 何小青）" + "\n".join(PARTS),
    "other words": WIRE.replace("带领", "率领").replace("三百万元", "300万元").replace("察看了", "实地察看"),
}
OTHERS = {
    "another visit": """海州区教育代表团到青河县交流
6月3日，海州区的教师代表到青河县，同当地校长座谈，商定下一学年互派二十名教师，并为图书室添置新书。
双方说，学校之间的往来要常走常新，让山里的孩子听到更多的好课，把约定的事情一件一件办好，不留尾巴。""",
    "a short one": "林远山赴青河县。",
}


def sketches(texts: dict[str, str]) -> dict[str, bytes]:
    return {name: sketch(clean(Record(name, "", text))) for name, text in texts.items()}


@pytest.mark.parametrize("kind", TWINS)
def test_a_twin_is_known(kind: str) -> None:
    found = group(sketches({"wire": WIRE, "twin": TWINS[kind], **OTHERS}))
    assert found in ({"twin": "wire"}, {"wire": "twin"})


def test_others_are_left_alone() -> None:
    assert group(sketches({"wire": WIRE, **OTHERS, "the short one again": OTHERS["a short one"]})) == {}


def test_a_digest_is_no_repost_of_its_parts() -> None:
    many = "\n".join(
        f"第{n}件事说的是{name}，那里的人们{deed}，这一年里来过的客人都记得路边{n * 37}棵树和{n * 91}盏灯。"
        for n, (name, deed) in enumerate(zip("山水田林湖草沙石花木", "读写听说看走跑跳唱画", strict=True))
    )
    part = PARTS[0] + PARTS[1]
    assert group(sketches({"digest": part + many, "wire": part})) == {}


def test_the_order_does_not_matter() -> None:
    texts = {f"doc-{number}": text for number, text in enumerate([WIRE, *TWINS.values(), *OTHERS.values()])}
    found = group(sketches(texts))
    assert len(found) == len(TWINS)
    assert len(set(found.values())) == 1
    for seed in range(5):
        names = list(texts)
        random.Random(seed).shuffle(names)
        assert group(sketches({name: texts[name] for name in names})) == found


def test_letters_know_no_marks() -> None:
    assert letters("ＡＢ１２，（协作）") == "ab12协作"


def test_the_samples_are_no_reposts_of_one_another() -> None:
    folder = Path(__file__).parent.parent.parent / "samples"
    texts = {file.stem: file.read_text("utf-8", "replace") for file in sorted(folder.glob("*.txt"))}
    assert len(texts) > 10
    assert group(sketches(texts)) == {}


def plainly(sketches: dict[str, bytes]) -> dict[str, str]:
    """What `group` does, with sets and without tables."""
    limits = table("repair")["reposts"]
    hashes = {name: list(array("I", packed)) for name, packed in sketches.items()}
    names = [n for n in sorted(hashes, key=lambda n: (-len(hashes[n]), n)) if len(hashes[n]) >= limits["fewest"]]
    leaders, found = [], {}
    for name in names:
        mine, first = set(hashes[name]), set(hashes[name][:limits["looked_up"]])
        best = (0, "")
        for leader in leaders:
            theirs = hashes[leader]
            both = len(mine & set(theirs))
            if (len(first & set(theirs[:limits["looked_up"]])) >= limits["rare"] * len(first)
                    and both >= limits["of_shorter"] * len(mine) and both >= limits["of_longer"] * len(theirs)):
                best = max(best, (both, leader))
        if best[0]:
            found[name] = best[1]
        else:
            leaders.append(name)
    return dict(sorted(found.items()))


@pytest.mark.parametrize("seed", range(30))
def test_reposts_are_those_that_sets_of_hashes_tell(seed: int) -> None:
    dice = random.Random(seed)
    near = dice.choice([1, 1 << 12])  # hashes that stand side by side fall on one place of the table
    words = [dice.randrange(1 << 20) * 4096 // near for _ in range(400)]
    texts = {}
    for number in range(60):
        start, size = dice.randrange(300), dice.randint(4, 90)
        kept = [w for w in words[start:start + size] if dice.random() < 0.9]
        texts[f"t{number}"] = array("I", sorted(set(kept))).tobytes()
    assert group(texts) == plainly(texts)
    assert plainly(texts)
