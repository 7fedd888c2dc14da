/* The side panel: what a node or an edge is, and the sentences it rests on. Text only, never markup. */
kg.FIRST = 20;

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

kg.facts = (more, names) => {
  const list = kg.make("dl");
  for (const name of names) {
    if (more[name] === undefined || (name === "end_date" && more[name] === more.start_date)) continue;
    list.append(kg.make("dt", { text: kg.say(name) }), kg.make("dd", {}, kg.make("bdi", { text: kg.sayValue(name, more[name]) })));
  }
  return list;
};

kg.showNode = (node) => {
  kg.openedWith = () => kg.showNode(node);
  const { nodes } = kg, more = nodes.more[node];
  const details = kg.facts(
    { ...more, aliases: nodes.aliases[node].join("、") || undefined, degree: kg.around[node].length },
    ["title", "region", "kind", "level", "path", "adcode", "start_date", "end_date", "aliases", "first_seen", "last_seen", "mentions", "degree"]);
  const kind = kg.make("p", { class: "kind" }, kg.sign(nodes.group[node]), kg.sayCategory(nodes.group[node]));
  const actions = kg.make("div", { class: "actions" },
    kg.make("button", { type: "button", id: "expand", text: kg.say("expand"), on: { click: () => kg.expand(node) } }),
    kg.make("button", { type: "button", id: "focus", text: kg.say("focus"), on: { click: () => { kg.show({ name: "around", node }); kg.choose(node); } } }));
  kg.openPanel(kg.make("h2", {}, kg.make("bdi", { text: nodes.label[node] })), kind, details, actions,
    ...kg.groups(node).map((group) => kg.group(group, node)), kg.papers(nodes.documents[node]));
};

/* The relations of a node by kind and direction, in the order of the schema. */
kg.groups = (node) => {
  const found = new Map();
  for (const e of kg.around[node]) {
    const relation = kg.edges.relation[e], symmetric = kg.rest.relations[relation][2];
    const inward = !symmetric && kg.edges.to[e] === node;
    const key = relation * 2 + (inward ? 1 : 0);
    if (!found.has(key)) found.set(key, { relation, inward, edges: [] });
    found.get(key).edges.push(e);
  }
  const date = (e) => kg.edges.more[e].date ?? "";
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

kg.item = (e, node) => {
  const other = kg.other(e, node), more = kg.edges.more[e];
  const facts = ["title", "role", "aid_kind", "amount", "agreement", "since", "date", "former"].filter((n) => more[n] !== undefined)
    .map((n) => (n === "title" || n === "date" ? kg.sayValue(n, more[n]) : `${kg.say(n)} ${kg.sayValue(n, more[n])}`));
  const link = kg.make("button", { type: "button", class: "other", on: { click: () => kg.goTo(other) } },
    kg.make("bdi", { text: kg.cut(kg.nodes.label[other], 60) }));
  return kg.make("div", { class: "item", "data-edge": e }, link,
    facts.length ? kg.make("div", { class: "facts" }, kg.make("bdi", { text: facts.join(" · ") })) : null, ...kg.evidence(e, 3));
};

kg.showEdge = (e) => {
  kg.openedWith = () => kg.showEdge(e);
  const end = (n) => kg.make("button", { type: "button", class: "other", on: { click: () => kg.goTo(n) } },
    kg.make("bdi", { text: kg.cut(kg.nodes.label[n], 60) }));
  const { from, to, relation, more, said, value } = kg.edges;
  const arrow = kg.rest.relations[relation[e]][2] ? "↔" : "→";
  kg.openPanel(kg.make("h2", { text: kg.sayRelation(relation[e]) }),
    kg.make("p", {}, kg.sign(kg.nodes.group[from[e]]), " ", end(from[e]), ` ${arrow} `, kg.sign(kg.nodes.group[to[e]]), " ", end(to[e])),
    kg.facts({ ...more[e], titles: more[e].titles === more[e].title ? undefined : more[e].titles, weight: value[e] },
      ["title", "titles", "body", "former", "role", "aid_kind", "amount", "agreement", "since", "date", "start_date", "end_date",
        "status", "basis", "weight", "confidence"]),
    kg.make("h3", { text: kg.say("evidence") }), ...kg.evidence(e, Infinity),
    said[e].some((row) => kg.rest.sentences[row[0]][0] < 0) ? kg.papers(kg.edges.documents[e]) : null);
};

/* Sentences as printed, the two parts marked, with document, source and date. */
kg.evidence = (e, limit) => {
  const rows = kg.edges.said[e];
  const quotes = rows.slice(0, limit).map((row) => {
    const [document, text] = kg.rest.sentences[row[0]];
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
