"""Who goes, or does, what a clause tells without naming him beside its verb."""

from __future__ import annotations

import pytest
from marked import document

from kg.pipes.relations.doers import doers, visitors
from kg.pipes.relations.references import encoded
from kg.pipes.slots import Encoded

BODIES = frozenset({"region", "enterprise", "organization"})

# text, the way, who goes it
WAYS = [
    ("县委书记[P:周立平],县长[P:王海]分别到[O:县武警中队]慰问。", "到", ["周立平", "王海"]),
    ("副局长[P:周立平]带领中心的工作人员前往[O:海湾工作站]。", "前往", ["周立平"]),
    ("局长[P:周立平]、副局长[P:王海]一行冒着高温,顶着烈日,走进[E:绿野公司]。", "走进", ["周立平", "王海"]),
    # somebody else goes, speaks or is met; or the way is not gone now
    ("据书记[P:周立平]介绍,村民到[O:县医院]看病。", "到", []),
    ("[P:周立平]表示,要走访[E:绿野公司]。", "走访", []),
    ("许多村民来到[E:绿野公司]。", "来到", []),
    ("[O:县妇联]组织志愿者走进[E:绿野公司]。", "走进", []),
    ("在书记[P:周立平]的关心下,走进[E:绿野公司]。", "走进", []),
    ("[P:周立平]建议到[E:绿野公司]看看。", "到", []),
    ("民警[P:周立平]了解到,李先生乘坐公交车抵达[R:石桥镇]。", "抵达", []),
    ("医生[P:周立平]叮嘱患者先休息,到[R:石桥镇]后再就诊。", "到", []),
    ("[P:周立平]发现车辆被卖到了[R:石桥镇]的一家店。", "到", []),
    ("[P:周立平]讲话精神宣讲分队来到[O:县水利局]。", "来到", []),
    ("[P:周立平]通过商会联系到[R:石桥镇]的救援队。", "到", []),
    ("[P:周立平]和[P:王海]被拍到在[E:绿野公司]见面。", "到", []),
    ("书记[P:周立平]学习会议精神后,来到[E:绿野公司]。", "来到", ["周立平"]),
    ("[P:周立平]、[P:王海]分别带队走访[E:绿野公司]。", "走访", []),
    ("[P:周立平]会场外的[P:王海]走访[E:绿野公司]。", "走访", []),
    ("客商[E:绿野公司]的[P:周立平]来访,[O:县妇联]联系记者,走进[E:九天公司]。", "走进", []),
]

# text, the deed, who does it
DEEDS = [
    ("近日,[E:绿野银行]闻汛而动,组建志愿队,援助[R:石桥镇]。", "援助", ["绿野银行"]),
    ("[E:绿野银行]、[E:九天公司]筹集物资,支援[R:石桥镇]。", "支援", ["绿野银行", "九天公司"]),
    ("[E:绿野银行]董事长[P:周立平]带队,支援[R:石桥镇]。", "支援", ["绿野银行"]),
    ("感谢[E:绿野银行]援助[R:石桥镇]。", "援助", []),
    ("[E:绿野银行]召开大会,许多村民援助[R:石桥镇]。", "援助", []),
    ("[E:绿野银行]的客户援助[R:石桥镇]。", "援助", []),
    ("[E:绿野银行]收到锦旗,接受采访,援助[R:石桥镇]。", "援助", []),
    ("[R:赤城县]企业筹款,援助[R:石桥镇]。", "援助", []),
    ("[O:组织部]明确干部对口支援[R:石桥镇]。", "支援", []),
    ("[O:县教育局]近日出台《积极支持[R:石桥镇]建设措施》。", "支持", []),
    ("为建设山水名城,构建美丽[R:云谷市],助力[R:石桥镇]打造小镇。", "助力", []),
    ("连日来筹款,援助[R:石桥镇]。", "援助", []),
]

# the same for who goes to help: his people go for him
CREWS = [
    ("[E:绿野银行]的志愿者到[R:石桥镇]义诊。", "到", ["绿野银行"]),
    ("[R:赤城县]志愿者来到[R:石桥镇]义诊。", "来到", ["赤城县"]),
    ("[E:绿野银行]的客户到[R:石桥镇]义诊。", "到", []),
    ("[E:绿野银行]职工调研市场,到[R:石桥镇]义诊。", "到", []),
    ("[E:绿野银行]协调[O:石桥医院]到[R:石桥镇]义诊。", "到", []),
]


def told(marked: str, word: str) -> tuple[Encoded, int]:
    sentence = next(s for s in encoded(document(marked)) if word in s.text)
    return sentence, sentence.text.rindex(word)


@pytest.mark.parametrize(("marked", "way", "people"), WAYS)
def test_visitors(marked: str, way: str, people: list[str]) -> None:
    assert [m.name for m in visitors(*told(marked, way))] == people


@pytest.mark.parametrize(("marked", "deed", "actors"), DEEDS)
def test_doers(marked: str, deed: str, actors: list[str]) -> None:
    assert [m.name for m in doers(*told(marked, deed), BODIES) or ()] == actors


@pytest.mark.parametrize(("marked", "deed", "actors"), CREWS)
def test_crews(marked: str, deed: str, actors: list[str]) -> None:
    assert [m.name for m in doers(*told(marked, deed), BODIES, crew=True) or ()] == actors
