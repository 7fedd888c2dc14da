"""Where a title ends that stands in one line with its article: 原标题：… and then the body without a break."""

from __future__ import annotations

from kg.text.patterns import compiled, setting


def title_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The title at *start*, and its repetition if it is printed twice; nothing where its end cannot be told.

    >>> def titles(line): return [line[a:b] for a, b in title_spans(line, 0, len(line))]
    >>> titles("两地携手建园区共富裕两地携手建园区共富裕 7月25日,代表团")
    ['两地携手建园区共富裕', '两地携手建园区共富裕']
    >>> titles("两地工会签订合作协议8月17日，签约仪式举行。")
    ['两地工会签订合作协议']
    >>> titles("甲科技：拟投资十亿元建设新材料基地项目甲科技7月28日公告")
    ['甲科技：拟投资十亿元建设新材料基地项目']
    >>> titles("没有边界的一句话")
    []
    """
    longest, least = setting("title", "longest"), setting("title", "least")
    window = text[start : min(end, start + 2 * longest + 4)]
    again = _repetition(window, longest, least)
    if again is not None:
        first, second = again
        return [(start, start + first), (start + second, start + second + first)]
    head = window[:longest]
    ends = [found for found in (_gap(head), _begin(head, least), _subject(head, least)) if found is not None]
    return [(start, start + min(ends))] if ends else []


def _repetition(window: str, longest: int, least: int) -> tuple[int, int] | None:
    """Length of a title that is printed twice, and where the second one begins."""
    probe = window[: max(4, least - 2)]
    place = window.find(probe, least)
    while 0 <= place <= longest:
        title = window[:place].rstrip()
        if window.startswith(title, place):
            return len(title), place
        place = window.find(probe, place + 1)
    return None


def _gap(head: str) -> int | None:
    found = compiled(setting("title", "gap")).search(head)
    return found.start() if found else None


def _begin(head: str, least: int) -> int | None:
    """Where words stand with which a body begins."""
    found = compiled(setting("title", "begins")).search(head, least)
    return len(head[: found.start()].rstrip()) if found else None


def _subject(head: str, least: int) -> int | None:
    """Where the subject of a title `甲：…` is named again."""
    subject = head.partition("：")[0]
    if len(subject) < 3 or len(subject) == len(head):
        return None
    place = head.find(subject, max(least, len(subject) + 1))
    return place if place > 0 else None
