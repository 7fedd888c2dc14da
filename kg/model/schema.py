"""The words of the graph: categories, relations, their Chinese labels and colours, and the attribute types.

This is the contract with everyone who loads the files; nothing else in the package spells these words out again.
"""

from __future__ import annotations

from typing import Final

CATEGORIES: Final[dict[str, str]] = {
    "official": "官员",
    "person": "人物",
    "region": "地区",
    "enterprise": "企业",
    "organization": "组织",
    "project": "项目",
    "event": "活动",
}

# Okabe and Ito's palette (2008), safe for colour-blind readers; yellow is left out, for it is unreadable on white.
COLORS: Final[dict[str, str]] = {
    "official": "#d55e00",
    "person": "#e69f00",
    "region": "#0072b2",
    "enterprise": "#009e73",
    "organization": "#56b4e9",
    "project": "#cc79a7",
    "event": "#7f7f7f",
}

RELATIONS: Final[dict[str, str]] = {
    "holds_post": "任职",
    "visited": "到访",
    "paired_with": "结对",
    "supports": "支援",
    "invests_in": "投资",
    "undertakes": "承担",
    "cooperates_with": "合作",
    "located_in": "位于",
    "attended": "参加",
}

SYMMETRIC: Final[frozenset[str]] = frozenset({"cooperates_with"})

STATUSES: Final[tuple[str, ...]] = ("fact", "planned", "reported")

EVENT_KINDS: Final[dict[str, str]] = {
    "visit": "访问",
    "meeting": "会议",
    "signing": "签约",
    "donation": "捐赠",
    "ceremony": "仪式",
    "inspection": "调研",
}

LEVELS: Final[dict[str, str]] = {
    "province": "省级",
    "prefecture": "地级",
    "county": "县级",
    "township": "乡级",
    "village": "村级",
    "zone": "功能区",
    "group": "区域合称",
}

# Quantities (docs/quantities.md): what is counted, how exact it is, and the labels of what else is told of it.
QUANTITIES: Final[dict[str, str]] = {
    "money": "资金",
    "households": "户数",
    "persons": "人数",
    "visits": "人次",
    "projects": "项目数",
    "institutions": "机构数",
    "area": "面积",
    "length": "长度",
    "weight": "重量",
    "capacity": "产能",
    "goods": "物资",
    "time": "时长",
    "share": "比例",
}
YUAN: Final = "元"  # the unit of sums that the attribute `amount` holds
APPROXIMATIONS: Final[dict[str, str]] = {"about": "约", "below": "近", "above": "超", "least": "至少", "most": "至多"}
MODES: Final[dict[str, str]] = {"total": "累计", "new": "新增", "planned": "计划", "joint": "合计"}
LABELS: Final[dict[str, str]] = {
    "measure": "指标",
    "what": "对象",
    "per": "每",
    "period": "期间",
    "parts": "分项",
    "conflict": "不符",
}

# Which categories may stand at the two ends of each relation (../shared/gold/check.py holds the same table).
_BODIES = frozenset({"region", "organization", "enterprise"})
_PEOPLE = frozenset({"official", "person"})
ENDS: Final[dict[str, tuple[frozenset[str], frozenset[str]]]] = {
    "holds_post": (_PEOPLE, _BODIES | {"project"}),
    "visited": (_PEOPLE, _BODIES | {"project"}),
    "paired_with": (_BODIES, _BODIES),
    "supports": (_BODIES | _PEOPLE, _BODIES | {"project"}),
    "invests_in": (frozenset({"enterprise", "organization", "person"}), frozenset({"project", "region"})),
    "undertakes": (_BODIES, frozenset({"project"})),
    "cooperates_with": (_BODIES | {"project"}, _BODIES | {"project"}),
    "located_in": (_BODIES | {"project", "event"}, frozenset({"region"})),
    "attended": (_PEOPLE, frozenset({"event"})),
}

# Every attribute has one type over the whole graph. Order is the order of the columns in the files.
NODE_ATTRIBUTES: Final[dict[str, str]] = {
    "label": "string",
    "category": "string",
    "category_zh": "string",
    "aliases": "string",
    "documents": "string",
    "mentions": "int",
    "adcode": "string",
    "level": "string",
    "path": "string",
    "latitude": "double",
    "longitude": "double",
    "title": "string",
    "region": "string",
    "kind": "string",
    "start_date": "string",
    "end_date": "string",
    "quantities": "string",
    "first_seen": "string",
    "last_seen": "string",
    # Why the forms of a node are one; what else may be it (id, score, name and reasons); what persons decided of it.
    "identity": "string",
    "unsure": "string",
    "decided": "string",
    "degree": "int",
    "x": "double",
    "y": "double",
    "size": "double",
    "color": "string",
    # Only after `kg stats --write`: figures of the whole graph (kg/reading/analysis.py). Groups are numbered from 0,
    # the largest; -1 is a node without an edge.
    "betweenness": "double",
    "pagerank": "double",
    "community": "int",
    "component": "int",
}

EDGE_ATTRIBUTES: Final[dict[str, str]] = {
    "relation": "string",
    "relation_zh": "string",
    "title": "string",
    "titles": "string",
    "body": "string",
    "former": "boolean",
    "role": "string",
    "aid_kind": "string",
    "amount": "double",
    "quantities": "string",
    "agreement": "string",
    "since": "string",
    "date": "string",
    "start_date": "string",
    "end_date": "string",
    # Posts and pairings: the first and the last date on which an article shows them as held. Posts that one person
    # holds at a time: who was seen in them next and before, with title and date. Only what was observed, by
    # kg/graph/facts.py.
    "first_seen": "string",
    "last_seen": "string",
    "successor": "string",
    "predecessor": "string",
    # What other sources say against it, and what persons decided of it.
    "conflict": "string",
    "decided": "string",
    "status": "string",
    "documents": "string",
    # Articles that say it, reposts aside; `weight` counts their sentences.
    "articles": "int",
    "evidence": "string",
    "marks": "string",
    "weight": "int",
    "confidence": "double",
    "rule": "string",
    "basis": "string",
}

LISTS: Final[frozenset[str]] = frozenset({"quantities"})  # attributes whose values are lists of texts joined already

SEPARATOR: Final = "|"
