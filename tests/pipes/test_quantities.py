"""Quantities: units, words around numbers, measures, relations, parts and totals, and the line that is written."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import document

from kg.lexicon import table
from kg.model import Claim, Quantity
from kg.model.quantity import parse, written
from kg.model.schema import APPROXIMATIONS, QUANTITIES
from kg.pipes.annotations import claims, memory
from kg.pipes.quantities.component import Quantities
from kg.pipes.quantities.find import entries, find
from kg.pipes.relations.component import Relations
from kg.pipes.relations.references import References


def read(marked: str) -> tuple[dict[str, list[str]], list[Claim], list[list[Any]]]:
    """What hangs on nodes, the claims, and the conflicts."""
    doc = Quantities()(Relations()(References()(document(marked))))
    of_nodes: dict[str, list[str]] = {}
    for key, line, _, _ in memory(doc).get("quantities", []):
        of_nodes.setdefault(key.partition(":")[2], []).append(line)
    return of_nodes, claims(doc), memory(doc).get("conflicts", [])


def on_edges(marked: str) -> dict[str, str]:
    return {f"{c.relation} {c.head.partition(':')[2]}>{c.tail.partition(':')[2]}": str(c.attrs.get("quantities", ""))
            for c in read(marked)[1] if c.status == "fact"}


UNITS = [pytest.param(e, id=e["words"][0]) for e in entries()]


@pytest.mark.parametrize("entry", UNITS)
def test_unit(entry: dict[str, Any]) -> None:
    for text, line in entry["examples"]:
        (marked,) = [q for q in map(str, _lines(f"{text}。")) if q.startswith(line.split(" 累计")[0].split(" 每")[0])]
        assert marked
    for text in entry["counter"]:
        assert not [f for f in find(text) if f.quantity.kind == entry["kind"] and f.quantity.unit == entry["base"]
                    and not f.measured]


def _lines(text: str) -> list[str]:
    return [written(f.quantity) for f in find(text)]


def test_every_unit_has_an_example() -> None:
    assert all(e["examples"] and e["kind"] in QUANTITIES for e in entries())


def test_approximations() -> None:
    known = table("quantities")["approximation"]
    assert set(known["before"]) | set(known["after"]) <= set(APPROXIMATIONS)
    for text, name in known["examples"]:
        assert [f.quantity.approximation for f in find(text)] == [name], text
    for text in known["counter"]:
        assert not [f for f in find(text) if f.quantity.approximation], text


def test_periods() -> None:
    for text, word in table("quantities")["period"]["examples"]:
        (line,) = on_edges(f"[E:绿野公司]向[R:石桥村]捐赠物资,{text}。").values()
        assert word in line.split(" "), text
    for text in table("quantities")["period"]["counter"]:
        (line,) = on_edges(f"[E:绿野公司]向[R:石桥村]捐赠物资,{text}。").values()
        assert line in ("资金 250000 元", ""), text


@pytest.mark.parametrize("entry", table("quantities")["measure"], ids=lambda e: e["name"])
def test_measure(entry: dict[str, Any]) -> None:
    for marked, key in entry["examples"]:
        assert set(read(marked)[0]) == {key}, marked
    for marked in entry["counter"]:
        assert not any(entry["name"] in line for lines in read(marked)[0].values() for line in lines), marked


@pytest.mark.parametrize(("marked", "lines"), [
    ("[J:青石岭茶产业园]建成以来,带动120户312人就业增收。", ["户数 120 户 指标:带动", "人数 312 人 指标:带动"]),
    ("[J:青石岭茶产业园]总投资约3.2亿元,占地200亩。", ["资金 320000000 元 约 指标:总投资", "面积 200 亩 指标:占地"]),
    ("[J:青石岭茶产业园]预计总投资3.2亿元。", ["资金 320000000 元 计划 指标:预计总投资"]),
    ("[J:青石岭茶产业园]开工。项目总投资3亿元。", ["资金 300000000 元 指标:总投资"]),
    ("果汁加工项目在[J:青石岭茶产业园]开工。该项目总投资3亿元。", []),
    ("工厂位于[J:青石岭茶产业园]内,总投资3亿元。", []),
    ("总投资3亿元、占地200亩的[J:青石岭茶产业园]开工。", ["资金 300000000 元 指标:总投资", "面积 200 亩 指标:占地"]),
    ("[R:石桥镇]会上,[E:绿野公司]总投资3亿元的项目开工。", []),
    ("[P:周立平]介绍,[J:甲基地]和[J:乙基地]总投资3亿元。", []),
])
def test_nodes(marked: str, lines: list[str]) -> None:
    assert sorted(line for found in read(marked)[0].values() for line in found) == sorted(lines)


@pytest.mark.parametrize(("marked", "edges"), [
    ("[E:绿野公司]向[R:石桥镇]捐赠资金25万元、被褥600套。",
     {"supports 绿野公司>石桥镇": "资金 250000 元|物资 600 套 对象:被褥"}),
    ("[R:城阳区]先后选派30名教师赴[R:陇西县]任教。", {"supports 城阳区>陇西县": "人数 30 人 对象:教师"}),
    ("[E:绿野公司]捐赠2000万元驰援[R:北京]、[R:河北]。",
     {"supports 绿野公司>北京": "资金 20000000 元 合计", "supports 绿野公司>河北": "资金 20000000 元 合计"}),
    ("[R:城阳区]对口帮扶[R:陇西县],2018年以来累计投入财政帮扶资金7600余万元。",
     {"supports 城阳区>陇西县": "资金 76000000 元 超 累计"}),
    ("[E:绿野公司]向[R:石桥镇]捐款20万元;[E:九天公司]向[R:青石镇]捐款30万元。",
     {"supports 绿野公司>石桥镇": "资金 200000 元", "supports 九天公司>青石镇": "资金 300000 元"}),
    ("[E:绿野公司]捐赠3000万元驰援[R:石桥镇],[E:九天公司]观摩,合计1000万元。",
     {"supports 绿野公司>石桥镇": "资金 30000000 元"}),
    ("[E:绿野公司]向[R:石桥镇]捐赠物资,村民人均增收3000元。", {"supports 绿野公司>石桥镇": ""}),
    ("[R:石桥镇]奔赴1200公里驰援[R:青石镇]。", {}),
    ("[R:浙=浙江省][R:川=四川省]协作推介会举行,签约项目4个,总投资3.5亿元。", {"supports 浙江省>四川省": ""}),
])
def test_edges(marked: str, edges: dict[str, str]) -> None:
    found = on_edges(marked)
    assert {edge: found.get(edge) for edge in edges} == edges
    assert not any("公里" in line or "长度" in line for line in found.values())


def test_what_the_amount_says_stands_among_the_quantities() -> None:
    found = read("[E:绿野公司]为[O:县教育局]捐赠价值350万元的平台和用品。")[1]
    (claim,) = [c for c in found if c.relation == "supports"]
    assert claim.attrs["amount"] == 3500000.0
    assert float(parse(str(claim.attrs["quantities"])).value) == claim.attrs["amount"]


@pytest.mark.parametrize("marked", [
    "[E:绿野公司]与[E:九天公司]、[E:远山公司]等5家公司签约。",
    "大家围绕“五个中心”开展工作,[E:绿野公司]向[R:石桥镇]捐赠物资。",
    "[E:绿野公司]向[R:石桥镇]捐赠物资,时速60公里。",
    "[O:县工商联]、3个帮扶村与[O:市商会]签订合作协议。",
    "[E:绿野公司]向[R:石桥镇]中考前十名学生捐赠图书。",
])
def test_no_quantity(marked: str) -> None:
    of_nodes, found, _ = read(marked)
    assert of_nodes == {}
    assert not any("quantities" in c.attrs for c in found)


@pytest.mark.parametrize(("marked", "told"), [
    ("[R:城阳区]向[R:陇西县]选派人才120人（教师35人、医生70人）。", "35+70<120"),
    ("[R:城阳区]向[R:陇西县]选派人才100人（教师35人、医生70人）。", "35+70>100"),
    ("[J:青石岭茶产业园]总投资3亿元,其中一期2亿元、二期1.5亿元。", "200000000+150000000>300000000"),
    ("全县培训人才100人,其中教师120人。", "120>100"),
])
def test_conflict(marked: str, told: str) -> None:
    _, _, conflicts = read(marked)
    assert [c[1] for c in conflicts] == [told]


@pytest.mark.parametrize("marked", [
    "[R:城阳区]向[R:陇西县]选派人才105人（教师35人、医生70人）。",
    "[R:城阳区]向[R:陇西县]选派人才105人（教师35人、医生30人等）。",
    "[J:青石岭茶产业园]总投资3亿元,其中一期2亿元。",
    "[J:青石岭茶产业园]总投资超3亿元,其中一期2亿元、二期1.5亿元。",
    "全县有院校837所,其中文科院校727所、理科院校822所。",
    "队里有2名教练和17名队员,其中4人晋级,15人落选。",
    "全县蓄水200万立方米,较上年（230万立方米）减少。",
    "公司利润为60亿元（2022年上半年65亿元）。",
    "地铁净赚近15亿元（加上补助16亿元）。",
    "全县有企业2家,另有2家企业（其中1家为新办）在建,6家待批。",
])
def test_no_conflict(marked: str) -> None:
    assert read(marked)[2] == []


def test_parts_and_conflicts_are_carried() -> None:
    edges = on_edges("[R:城阳区]向[R:陇西县]捐赠资金100万元（教育35万元、医疗65万元）。")
    assert edges["supports 城阳区>陇西县"] == "资金 1000000 元 分项:350000+650000"
    (lines,) = read("[J:青石岭茶产业园]总投资3亿元,其中一期2亿元、二期1.5亿元。")[0].values()
    assert lines[0].endswith("不符:200000000+150000000>300000000")


# ---- properties ------------------------------------------------------------------------------------------------------

DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """A number below 10^12 in Chinese numerals.

    >>> chinese(120_050_000)
    '一亿二千零五万'
    """
    if number == 0:
        return DIGITS[0]
    text = ""
    for unit, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section, number = divmod(number, unit)
        if section:
            words = ""
            for power, small in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
                digit, section = divmod(section, power)
                if digit:
                    words += DIGITS[digit] + small
                elif words and section and not words.endswith("零"):
                    words += "零"
            less = divmod(number, 1)[0] if unit > 1 else 0
            text += words + name
            if less and less < unit // 10:
                text += "零"
        elif text and number and not text.endswith("零"):
            text += "零"
    return text.rstrip("零")


@given(st.integers(2, 10**8))
def test_a_number_is_the_same_in_all_its_forms(number: int) -> None:
    forms = [str(number), f"{number:,}", chinese(number)]
    if number % 1000 == 0:
        forms += [f"{Decimal(number) / 10000}万", f"{Decimal(number) / 10000:f} 万"]
    if number % 10**7 == 0:
        forms.append(f"{Decimal(number) / 10**8:f}亿")
    if number > 10**4 and number % 10**4:
        forms.append(f"{number // 10**4}万{number % 10**4}")
    for form in forms:
        found = [f.quantity.value for f in find(f"投入{form}美元。")]
        assert found == [number], form


@given(st.builds(
    Quantity, st.sampled_from(sorted(QUANTITIES)), st.decimals(0, 10**12, places=2), st.sampled_from(["元", "亩"]),
    approximation=st.sampled_from(["", *APPROXIMATIONS]),
    total=st.booleans(), planned=st.booleans(), joint=st.booleans(),
    what=st.sampled_from(["", "教师"]), period=st.sampled_from(["", "2018/", "五年来"]),
    per=st.sampled_from(["", "年"]),
    parts=st.sampled_from(["", "1+2"]), conflict=st.sampled_from(["", "1+2>2"])))
def test_a_line_is_read_back(quantity: Quantity) -> None:
    assert parse(written(quantity)) == quantity


@given(st.text("约近超一二三十百千万亿0123456789.,余多元户人亩至-（）其中、 ", max_size=40))
def test_any_text_can_be_read(text: str) -> None:
    for found in find(text):
        assert 0 <= found.start <= found.number < found.end <= len(text)
        assert parse(written(found.quantity)) == found.quantity
