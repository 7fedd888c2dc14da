"""The home region of an article: what 我省, 我市, a bare 区委书记 or 省工信厅 stand for."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import Final

from spacy.tokens import Doc

from kg.lexicon import table
from kg.lexicon.divisions import PREFIX
from kg.lexicon.gazetteer import gazetteer
from kg.lexicon.gazetteer_names import Entry, names
from kg.pipes.annotations import memory, mentions, meta, sentences, text_of

LEVELS: Final = ("province", "prefecture", "county")


def published_by(doc: Doc) -> str:
    """The region of the publisher: from the article's own metadata or the publisher's name; "" where it does not tell.

    A name with several readings (朝阳报) is left to the text; a known one is no place (东方网 is not of 东方市).
    """
    about = meta(doc)
    code = str(about.get("home") or "")
    if code in gazetteer().divisions:
        return PREFIX + code
    return _of_publisher(str(about.get("publisher") or ""))


@lru_cache(maxsize=256)
def _of_publisher(publisher: str) -> str:
    known = table("regions")["media"]
    if publisher in known:
        return PREFIX + str(known[publisher])
    found = [e.key for e in _read(publisher)]
    for level in ("province", ""):
        here = {key for key in found if not level or gazetteer().level(key) == level}
        if len(here) == 1:
            return here.pop()
    if found:
        return ""
    for name, media in known.items():
        if name in publisher:
            return PREFIX + str(media)
    return ""


def readings(doc: Doc) -> tuple[str, ...]:
    """All regions that the publisher's name may mean (朝阳报: 朝阳市 or one of two 朝阳区)."""
    return tuple(dict.fromkeys(e.key for e in _read(str(meta(doc).get("publisher") or ""))))


@lru_cache(maxsize=256)
def _read(publisher: str) -> tuple[Entry, ...]:
    """The entries of the region name in a publisher's name, the smallest of a chain (上海宝山)."""
    if any(name in publisher for name in table("regions")["nationwide"]["media"]):
        return ()
    places, entries, *_ = names()
    longest = dict(sorted(places.find(publisher)))
    found: list[Entry] = []
    free = 0
    for start, end in sorted(longest.items()):
        meant = entries[publisher[start:end]]
        if start >= free and meant[0].form not in ("passed", "group"):
            inner = [e for e in meant if not found or any(gazetteer().inside(e.key, f.key) for f in found)]
            found = inner or found
            free = end
    return tuple(found)


def home_region(doc: Doc, level: str) -> str:
    """The key of the home region at *level* (province, prefecture, county), or "" where the article does not tell."""
    known = memory(doc).get("home_regions")
    return str((known if known is not None else set_home(doc)).get(level, ""))


def set_home(doc: Doc) -> dict[str, str]:
    """Work the home regions out from publisher, delegation, title and the regions named; kept with the document."""
    gaz = gazetteer()
    found: dict[str, str] = {}
    text = text_of(doc)
    said = {word[-1] for word in table("regions")["deictic"]["home"]["province"] if word in text}

    def take(key: str) -> None:
        if not key or (said and gaz.own_name(gaz.ancestors(key)[-1])[-1] not in said):
            return  # 我省 is not said in a municipality
        for above in gaz.ancestors(key):
            level = gaz.level(above)
            if level in LEVELS and not _clash(found, above):
                found.setdefault(level, above)

    take(published_by(doc))
    regions = [m for m in mentions(doc, "regions") if m.surface and gaz.level(m.key) in LEVELS]
    publishers = () if published_by(doc) else readings(doc)  # 吉林日报 is of the province: no word of 吉林市
    after = tuple(table("regions")["delegation"]["after"])
    for m in regions:
        if m.key in publishers or text.startswith(after, m.end):
            take(m.key)
    titles = [(s.start, s.end) for s in sentences(doc) if s.kind == "title"]
    for m in regions:
        if any(a <= m.start and m.end <= b for a, b in titles):
            take(m.key)
    counts = Counter(m.key for m in regions)
    opening = spans[min(2, len(spans)) - 1][1] if (spans := [(s.start, s.end) for s in sentences(doc)]) else 0
    opened = {m.key for m in regions if m.end <= opening}
    often = [key for key, n in counts.items() if n > 1 or key in opened]
    for key in sorted(often, key=lambda k: -counts[k]):  # of those named as often the one that is named first
        take(key)
    city = gaz.own_name(found.get("county", "")) if "county" in found else ""
    named = {m.key for m in regions} | {published_by(doc)}
    if city.endswith(table("departments")["levels"]["municipality"]) and found.get("prefecture") not in named:
        found.pop("prefecture", None)  # in 蛟河市, an article on which never speaks of 吉林市, 市法院 is that of 蛟河市
    memory(doc)["home_regions"] = found
    return found


def _clash(found: dict[str, str], key: str) -> bool:
    """Whether *key* does not fit what is already known (a county outside the home province)."""
    gaz = gazetteer()
    return any(not (gaz.inside(key, other) or gaz.inside(other, key) or key == other) for other in found.values())
