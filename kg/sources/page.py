"""The lines of a web page and where its article stands, by the weight of unlinked prose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import html as lxml_html

_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "br", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption"}
    | {"figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p"}
    | {"pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
)
_SILENT = "//script|//style|//noscript|//nav|//footer|//form|//select|//button|//template|//comment()"
_PROSE = 15  # characters of a line that may be prose
_MARKS = frozenset("。，；,;：")
_LINKED = 0.5  # share of a line that may stand inside links
_MOST = 0.75  # share of the prose that the article's element must hold


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line as a browser would show it: `linked` counts its characters inside links, `owner` is its block."""

    text: str
    linked: int
    owner: lxml_html.HtmlElement

    @property
    def own(self) -> bool:
        """Whether most of it stands outside links."""
        return self.linked <= _LINKED * len(self.text)

    @property
    def prose(self) -> bool:
        """Whether it reads like a sentence."""
        return self.own and len(self.text) >= _PROSE and not _MARKS.isdisjoint(self.text)


def parse(page: str) -> lxml_html.HtmlElement:
    """The tree of *page* without what no reader sees."""
    tree = lxml_html.document_fromstring(page.encode("utf-8"), parser=lxml_html.HTMLParser(encoding="utf-8"))
    for node in tree.xpath(_SILENT):
        node.drop_tree()
    return tree


def lines(tree: lxml_html.HtmlElement) -> list[PageLine]:
    """The lines under *tree*, in order.

    >>> [line.text for line in lines(parse("<div>甲<b>乙</b><br>丙<p>丁 <a href='/'>戊</a></p></div>"))]
    ['甲乙', '丙', '丁 戊']
    """
    found: list[PageLine] = []
    pieces: list[str] = []
    linked = 0

    def flush(owner: lxml_html.HtmlElement) -> None:
        nonlocal linked
        text = " ".join("".join(pieces).split())
        if text:
            found.append(PageLine(text, linked, owner))
        pieces.clear()
        linked = 0

    body = tree.find("body")
    owner = top = tree if body is None else body
    owners = [top]
    links = 0
    for event, node in _events(top):
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "text":
            text = node.text if isinstance(node.text, str) else ""
        elif event == "tail":
            text = node.tail or ""
        else:
            text = ""
        if text:
            pieces.append(text)
            linked += len("".join(text.split())) if links else 0
        elif event == "start":
            if tag in _BLOCKS:
                flush(owner)
                owners.append(node)
                owner = node
            links += tag == "a"
        elif event == "end":
            if tag in _BLOCKS and len(owners) > 1:
                flush(owner)
                owners.pop()
                owner = owners[-1]
            links -= tag == "a"
    flush(owner)
    return found


def _events(top: lxml_html.HtmlElement) -> Iterator[tuple[str, lxml_html.HtmlElement]]:
    """start, text, end and tail of every element under *top*, without recursion."""
    stack = [*(("open", child) for child in reversed(top)), ("text", top)]
    while stack:
        event, node = stack.pop()
        if event != "open":
            yield event, node
            continue
        yield "start", node
        inner = [("text", node), *(("open", child) for child in node), ("end", node), ("tail", node)]
        stack.extend(reversed(inner))


def article(found: list[PageLine]) -> list[str]:
    """The lines of the smallest element that holds most of the page's prose, without those that are links."""
    weights: dict[lxml_html.HtmlElement, int] = defaultdict(int)
    total = 0
    for line in found:
        if line.prose:
            total += len(line.text)
            weights[line.owner] += len(line.text)
            for above in line.owner.iterancestors():
                weights[above] += len(line.text)
    if not total:
        return []
    chosen = min(
        (node for node, weight in weights.items() if weight >= _MOST * total),
        key=lambda node: (weights[node], -sum(1 for _ in node.iterancestors())),
    )
    inside = {chosen, *chosen.iterdescendants()}
    return [line.text for line in found if line.own and line.owner in inside]
