from __future__ import annotations

import pytest

from kg.pipes.regions.home import home_region
from tests.pipes.test_regions import read


@pytest.mark.parametrize(("publisher", "home", "text", "level", "key"), [
    ("河北日报", "", "今天天气好。", "province", "region:130000"),
    ("河北日报", "", "今天天气好。", "county", ""),
    ("松阳县人民政府网站", "", "今天天气好。", "county", "region:331124"),
    ("松阳县人民政府网站", "", "今天天气好。", "prefecture", "region:331100"),
    ("上海宝山", "", "今天天气好。", "county", "region:310113"),
    ("齐鲁壹点", "", "今天天气好。", "province", "region:370000"),
    ("", "110105", "今天天气好。", "county", "region:110105"),
    ("朝阳报", "", "北京市朝阳区代表团到河北省唐县。", "county", "region:110105"),
    ("", "", "北京市朝阳区党政代表团到河北省唐县考察。唐县、唐县、唐县。", "county", "region:110105"),
    ("河北日报", "", "山东省济南市历城区来到河北省唐县。", "county", "region:130627"),
    ("", "", "唐县开会。唐县发展。", "province", "region:130000"),
    ("", "", "北京市、北京市的客人到河北省，感谢北京市。我省很热情。", "province", "region:130000"),
    ("", "", "今天天气好。", "province", ""),
    ("", "", "蛟河市开会。蛟河市发展。", "prefecture", ""),
    ("", "", "吉林市蛟河市开会。蛟河市发展。", "prefecture", "region:220200"),
])
def test_home(publisher: str, home: str, text: str, level: str, key: str) -> None:
    assert home_region(read(text, publisher, home), level) == key
