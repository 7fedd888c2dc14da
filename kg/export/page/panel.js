/* The side panel: what a node or a relation is, and the sentences it rests on. Text only, never markup. */
kg.FIRST = 20;
kg.TOLD = ["title", "role", "aid_kind", "amount", "quantities", "agreement", "since", "date", "former", "conflict", "decided"];  // of a relation in a list

kg.openPanel = (...children) => {
  const panel = document.getElementById("panel");
  document.getElementById("content").replaceChildren(...children.filter(Boolean));
  if (panel.hidden) kg.steady(() => { panel.hidden = false; });
  panel.scrollTop = 0;
  if (kg.chosen !== null) kg.centre(kg.chosen);
};
kg.closePanel = () => {
  const panel = document.getElementById("panel");
  if (!panel.hidden) kg.steady(() => { panel.hidden = true; });
  kg.openedWith = null;
};

/* A list of attributes: those named first in their order, then whatever else there is. */
kg.facts = (more, names) => {
  const list = kg.make("dl"), rest = Object.keys(more).filter((n) => !names.includes(n));
  for (const name of [...names, ...rest]) {
    if (more[name] === undefined || (name === "end_date" && more[name] === more.start_date)) continue;
    list.append(kg.make("dt", { text: kg.sayName(name) }), kg.make("dd", {}, kg.make("bdi", { text: kg.sayValue(name, more[name]) })));
  }
  return list;
};

kg.action = (id, text, click) => kg.make("button", { type: "button", id, text, on: { click } });

kg.showNode = (node) => {
  kg.openedWith = () => kg.showNode(node);
  const { nodes } = kg, { latitude, longitude, identity, unsure, decided, ...more } = nodes.more[node];
  const details = kg.facts(
    { ...more, aliases: nodes.aliases[node].join("、") || undefined, degree: kg.around[node].length },
    ["title", "region", "kind", "level", "path", "adcode", "start_date", "end_date", "quantities", "aliases", "first_seen", "last_seen", "mentions", "degree"]);
  const kind = kg.make("p", { class: "kind" }, kg.sign(nodes.group[node]), kg.sayKind(node));
  kg.openPanel(kg.make("h2", {}, kg.make("bdi", { text: nodes.label[node] })), kind, details, kg.nodeActions(node),
    kg.whyOne(identity, decided), kg.maybe(unsure), kg.posts(node),
    ...kg.groups(node).map((group) => kg.group(group, node)), kg.papers(nodes.documents[node]));
};

/* Why the forms of a node are one, and what a person decided of it. */
kg.whyOne = (identity, decided) => {
  const parts = (text) => (text ?? "").split("|").filter(Boolean);
  const rows = [...parts(decided).map((text) => ["decided", text]), ...parts(identity).map((text) => ["merge", text])];
  if (!rows.length) return null;
  return kg.make("section", { class: "identity" }, kg.make("h3", { text: kg.say(identity ? "identity" : "decided") }), kg.make("ul", {},
    ...rows.map(([name, text]) => kg.make("li", { class: name }, kg.make("bdi", { text })))));
};

/* Other nodes that may be the same: each entry is an id, a score and words. */
kg.maybe = (unsure) => {
  if (!unsure) return null;
  const rows = unsure.split("|").filter(Boolean).map((entry) => {
    const [id, score, ...words] = entry.split(" "), other = kg.nodes.key.indexOf(id);
    return kg.make("li", {}, other < 0 ? null : kg.link(other), kg.make("bdi", { text: ` ${words.join(" ")} (${score})` }));
  });
  return kg.make("section", { class: "unsure" }, kg.make("h3", { text: kg.say("unsure") }), kg.make("ul", {}, ...rows));
};

kg.nodeActions = (node) => {
  const around = kg.make("span", { class: "steps", role: "group", "aria-label": kg.say("around") }, kg.make("span", { text: kg.say("around") }),
    ...[1, 2, 3].map((steps) => {
      const button = kg.action(`around-${steps}`, kg.language === "zh" ? kg.say("steps", { steps }) : String(steps), () => {
        kg.show({ name: "around", node, steps });
        kg.choose(node);
      });
      button.setAttribute("aria-label", `${kg.say("around")}: ${kg.say("steps", { steps })}`);
      return button;
    }));
  const from = kg.pathFrom, branch = kg.rest.regions.findIndex((row) => row[2] === node);
  return kg.make("div", { class: "actions" },
    kg.action("expand", kg.say("expand"), () => kg.expand(node)), kg.action("fold", kg.say("fold"), () => kg.fold(node)), around,
    kg.action("pin", kg.say(kg.pinned.has(node) ? "unpin" : "pin"), () => kg.togglePin(node)), kg.action("hide", kg.say("hide"), () => kg.hide(node)),
    from === null || from === node ? kg.action("path", kg.say("path_start"), () => kg.startPath(node))
      : kg.action("path", kg.say("path_end"), () => kg.showPath(from, node)),
    branch < 0 ? null : kg.action("filter-here", kg.say("filter_here"), () => {
      kg.filter.region = branch;
      kg.startFilters();
      kg.refilter();
    }));
};

/* Posts in the order of time, each with its body and the days on which it is told. */
kg.posts = (node) => {
  const held = kg.around[node].filter((e) => kg.edges.from[e] === node && kg.relationOf(e) === "holds_post");
  if (!held.length) return null;
  const day = (e, name) => kg.rest.days[kg.edges[name][e]];
  held.sort((a, b) => (day(a, "since") < day(b, "since") ? -1 : day(a, "since") > day(b, "since") ? 1 : a - b));
  const rows = held.map((e) => {
    const more = kg.edges.more[e], [since, until] = [day(e, "since"), day(e, "until")];
    const when = [since, until === since ? "" : until].filter(Boolean).join(" – ") || kg.say("undated");
    return kg.make("li", {}, kg.make("span", { class: "day", text: when }), kg.make("button", {
      type: "button", class: "other", on: { click: () => kg.chooseEdge(e) },
    }, kg.make("bdi", { text: kg.cut(`${kg.nodes.drawn[kg.edges.to[e]]} ${kg.sayValue("titles", more.titles ?? more.title ?? "")}`, 80) }),
    more.former ? ` (${kg.say("former")})` : "", more.successor ? kg.make("span", { class: "day", text: `${kg.say("successor")} ${kg.sayValue("successor", more.successor)}` }) : ""));
  });
  return kg.make("section", {}, kg.make("h3", { text: kg.say("posts") }), kg.make("ol", { class: "posts" }, ...rows));
};

/* The relations of a node by kind and direction, in the order of the schema, the newest first. */
kg.groups = (node) => {
  const found = new Map();
  for (const e of kg.around[node]) {
    const relation = kg.edges.relation[e], symmetric = kg.rest.relations[relation][2];
    const inward = !symmetric && kg.edges.to[e] === node;
    const key = relation * 2 + (inward ? 1 : 0);
    if (!found.has(key)) found.set(key, { relation, inward, edges: [] });
    found.get(key).edges.push(e);
  }
  const date = (e) => kg.rest.days[kg.edges.since[e]];
  for (const group of found.values()) group.edges.sort((a, b) => (date(a) < date(b) ? 1 : date(a) > date(b) ? -1 : a - b));
  return [...found.entries()].sort((a, b) => a[0] - b[0]).map((entry) => entry[1]);
};

kg.group = ({ relation, inward, edges }, node) => {
  const name = (inward ? "← " : "→ ") + kg.sayRelation(relation);
  const section = kg.make("section", {}, kg.make("h3", {}, name + " ", kg.make("span", { class: "count", text: `(${edges.length})` })));
  let shown = 0;
  const button = kg.make("button", { type: "button", on: { click: () => add() } });
  const add = () => {
    for (const e of edges.slice(shown, shown + kg.FIRST)) button.before(kg.item(e, node));
    shown += kg.FIRST;
    button.hidden = shown >= edges.length;
    button.textContent = `${kg.say("more")} (${edges.length - shown})`;
  };
  section.append(button);
  add();
  return section;
};

kg.link = (n) => kg.make("button", { type: "button", class: "other", on: { click: () => kg.goTo(n) } }, kg.make("bdi", { text: kg.cut(kg.nodes.label[n], 60) }));

kg.item = (e, node) => {
  const more = kg.moreOf(e), trust = ["confidence", "rule"].filter((n) => more[n] !== undefined)
    .map((n) => `${kg.sayName(n)} ${kg.sayValue(n, more[n])}`).join(" · ");
  return kg.make("div", { class: "item", "data-edge": e }, kg.link(kg.other(e, node)), kg.factsLine(e), ...kg.evidence(e, 3),
    trust ? kg.make("div", { class: "trust" }, kg.make("bdi", { text: trust })) : null);
};

/* What a relation says besides its kind, in one line; its status where it is no fact. */
kg.factsLine = (e) => {
  const more = kg.moreOf(e);
  const facts = kg.TOLD.filter((n) => more[n] !== undefined)
    .map((n) => (n === "title" || n === "date" || n === "decided" ? kg.sayValue(n, more[n]) : n === "former" ? kg.sayName(n) : `${kg.sayName(n)} ${kg.sayValue(n, more[n])}`));
  facts.push(kg.sayValue("status", more.status));
  if (more.basis !== kg.rest.usual.basis) facts.push(kg.sayValue("basis", more.basis));
  return kg.make("div", { class: "facts" }, kg.make("bdi", { text: facts.join(" · ") }));
};

kg.showEdge = (e) => {
  kg.openedWith = () => kg.showEdge(e);
  const { from, to, relation, value } = kg.edges, more = kg.moreOf(e);
  const arrow = kg.rest.relations[relation[e]][2] ? "↔" : "→";
  kg.openPanel(kg.make("h2", { text: kg.sayRelation(relation[e]) }),
    kg.make("p", {}, kg.sign(kg.nodes.group[from[e]]), " ", kg.link(from[e]), ` ${arrow} `, kg.sign(kg.nodes.group[to[e]]), " ", kg.link(to[e])),
    kg.facts({ ...more, titles: more.titles === more.title ? undefined : more.titles, weight: value[e],
        articles: more.basis === "background" ? undefined : kg.edges.sources[e] },
      ["title", "titles", "body", "former", "role", "aid_kind", "amount", "quantities", "agreement", "since", "date", "start_date", "end_date",
        "first_seen", "last_seen", "predecessor", "successor", "conflict", "decided", "status", "basis", "articles", "weight", "confidence", "rule"]),
    kg.make("h3", { text: kg.say("evidence") }), ...kg.evidence(e, Infinity),
    kg.said(e).every((row) => kg.sentence(row[0])[0] >= 0) && kg.said(e).length ? null : kg.papers(kg.edges.documents[e]));
};

/* Sentences as printed, the two parts marked, with document, source and date. */
kg.evidence = (e, limit) => {
  const rows = kg.said(e);
  const quotes = rows.slice(0, limit).map((row) => {
    const [document, text] = kg.sentence(row[0]);
    return kg.make("blockquote", {}, kg.marked(text, row), document < 0 ? null : kg.make("footer", {}, ...kg.paper(document)));
  });
  if (rows.length > limit) {
    quotes.push(kg.make("button", { type: "button", text: `${kg.say("more")} (${rows.length - limit})`, on: { click: () => kg.chooseEdge(e) } }));
  }
  return quotes;
};

kg.marked = (text, [, a = -1, b = -1, c = -1, d = -1]) => {
  const letters = Array.from(text), line = kg.make("p", { dir: "auto" });
  const spans = [[a, b, "from"], [c, d, "to"]].filter((s) => s[0] >= 0).sort((s, t) => s[0] - t[0]);
  let at = 0;
  for (const [start, end, name] of spans) {
    if (start < at) continue;
    line.append(letters.slice(at, start).join(""), kg.make("mark", { class: name, text: letters.slice(start, end).join("") }));
    at = end;
  }
  line.append(letters.slice(at).join(""));
  return line;
};

kg.paper = (document) => {
  const [id, title, published, publisher] = kg.rest.documents[document];
  const words = [title || `${kg.say("untitled")} ${id}`, publisher].filter(Boolean).join(" · ");
  return [kg.make("bdi", { text: words }), published ? kg.make("span", { class: "day", text: ` · ${published}` }) : ""];
};

kg.papers = (documents) => {
  if (!documents.length) return null;
  const section = kg.make("section", {}, kg.make("h3", {}, kg.say("papers") + " ", kg.make("span", { class: "count", text: `(${documents.length})` })));
  const list = kg.make("ul", { class: "papers" });
  for (const d of documents.slice(0, 200)) list.append(kg.make("li", {}, ...kg.paper(d)));
  section.append(list);
  return section;
};
