"""Web pages as official sites build them: the article comes out whole, without menus, lists of links and footers."""

from __future__ import annotations

import pytest

from kg.model import Record
from kg.sources import html
from kg.sources.source import Source

TITLE = "海州区党政代表团赴青河县对接东西部协作"
LINES = [
    "5月21日至22日，海州区委书记林远山带领党政代表团赴青河县对接东西部协作工作，青河县委书记白志强陪同。",
    "代表团一行来到青河县电商服务中心，察看了产业园区的建设情况。",
    "会前，林远山看望援派干部。",
    "座谈会上，两地签订了战略合作协议，海州区向青河县捐赠帮扶资金三百万元。",
    "参加活动的有：赵一、钱二、孙三。",
]
INFO = '<div class="info">2019年05月24日 08:09 来源：海州日报 编辑：李四 【字体：<a>大</a> <a>中</a> <a>小</a>】</div>'
MENU = '<div class="nav">' + "".join(f'<a href="/{i}">栏目{i}</a> ' for i in range(25)) + "</div>"
RELATED = (
    "<ul>" + "".join(f'<li><a href="/n{i}">某市召开第{i}次推进会，部署重点工作</a></li>' for i in range(15)) + "</ul>"
)
FOOT = '<div class="foot">版权所有 海州新闻网 <a href="/">首页</a></div>'

LAYOUTS = {
    "paragraphs": f"<h1>{TITLE}</h1>{INFO}<div>" + "".join(f"<p>　　{line}</p>" for line in LINES) + "</div>",
    "breaks": f"<h1>{TITLE}</h1>{INFO}<div id='zoom'>" + "<br><br>".join("&nbsp;&nbsp;" + x for x in LINES) + "</div>",
    "divisions": f"<div>{TITLE}</div>{INFO}<div class='TRS'>"
    + "".join(f"<div>{line}</div>" for line in LINES)
    + "</div>",
    "spans": f"<h2>{TITLE}</h2>{INFO}<div>" + "".join(f"<p><span>{line}</span></p>" for line in LINES) + "</div>",
    "tables": f"<table><tr><td><h1>{TITLE}</h1></td></tr><tr><td>{INFO}</td></tr><tr><td>"
    + "".join(f"<p>{line}</p>" for line in LINES)
    + "</td></tr></table>",
}


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", ""])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts(layout: str, charset: str) -> None:
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""
    body = f"<body>{MENU}{LAYOUTS[layout]}{RELATED}{FOOT}</body>"
    page = f"<html><head>{head}<title>{TITLE}-海州新闻网</title></head>{body}</html>"
    (record,) = html.read(Source("a.html", "a", page.encode("gb18030")))
    assert isinstance(record, Record)
    found = [line.strip() for line in record.text.split("\n") if line.strip()]
    assert [line for line in found if line in LINES] == LINES
    assert found.count(TITLE) == 1
    assert "栏目" not in record.text
    assert "推进会" not in record.text
    assert "版权" not in record.text
    assert record.meta == {
        "title": TITLE, "source": "海州日报", "published": "2019-05-24", "author": "李四", "encoding": "gb18030",
    }  # fmt: skip
