/* The whole graph as columns, with neighbour lists; nothing here draws. */
kg.read = (id) => JSON.parse(document.getElementById(id).textContent);

kg.load = () => {
  const nodes = kg.nodes = kg.read("kg-nodes");
  const edges = kg.edges = kg.read("kg-edges");
  kg.rest = kg.read("kg-rest");
  kg.options = kg.read("kg-options");
  const columns = ["id", "key", "label", "drawn", "group", "x", "y", "size", "aliases", "documents", "places", "community", "days", "more"];
  for (const name of columns) nodes[name] ??= [];
  for (const name of ["id", "from", "to", "relation", "value", "sources", "since", "until", "documents", "more"]) edges[name] ??= [];
  kg.count = nodes.id.length;
  kg.around = Array.from({ length: kg.count }, () => []);
  for (const e of edges.id) {
    kg.around[edges.from[e]].push(e);
    if (edges.to[e] !== edges.from[e]) kg.around[edges.to[e]].push(e);
  }
};

/* The sentences are read when the first is wanted: they are the larger half of the page. */
kg.evidenceData = () => (kg.sayings ??= kg.read("kg-evidence"));
kg.said = (e) => kg.evidenceData().said[e];
kg.sentence = (i) => kg.evidenceData().sentences[i];

/* All attributes of a relation, with what is so of nearly every one. */
kg.moreOf = (e) => ({ ...kg.rest.usual, ...kg.edges.more[e] });

/* The label of a node in the picture. */
kg.shorts = new Map();
kg.short = (n) => {
  if (!kg.shorts.has(n)) kg.shorts.set(n, kg.cut(kg.nodes.drawn[n], 14));
  return kg.shorts.get(n);
};

/* Nodes by key, and the category of a node by its key. */
kg.nodeOf = (key) => {
  kg.byKey ??= new Map(kg.nodes.key.map((k, n) => [k, n]));
  return kg.byKey.get(key) ?? -1;
};
kg.kindOf = (n) => kg.rest.categories[kg.nodes.group[n]][0];
kg.relationOf = (e) => kg.rest.relations[kg.edges.relation[e]][0];

/* The name of the region that a node is at home in, or "". */
kg.placeOf = (n) => {
  const [place] = kg.nodes.places[n];
  return place === undefined || kg.rest.regions[place][2] === n ? "" : kg.rest.regions[place][0];
};

/* A label as it is drawn: one line, no invisible characters that turn the writing direction, cut when long. */
kg.cut = (text, limit) => {
  const plain = text.slice(0, 400).replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g, " ");
  const letters = Array.from(plain.trim());
  return letters.length > limit ? letters.slice(0, limit - 1).join("") + "…" : letters.join("");
};

kg.other = (edge, node) => (kg.edges.from[edge] === node ? kg.edges.to[edge] : kg.edges.from[edge]);

/* Neighbours over edges that the filters let through, the best linked first. */
kg.neighbours = (node) => {
  const found = new Set();
  for (const e of kg.around[node]) if (kg.edgeAllowed(e)) found.add(kg.other(e, node));
  found.delete(node);
  return [...found].sort((a, b) => kg.around[b].length - kg.around[a].length || a - b);
};

kg.color = (group) => kg.options.groups[group]?.color ?? "#888888";
kg.shape = (group) => kg.options.groups[group]?.shape ?? "dot";

/* Documents, period and nodes by category, for the line at the top. */
kg.period = () => {
  const dates = kg.rest.documents.map((d) => d[2]).filter(Boolean);
  if (!dates.length) for (const more of kg.nodes.more) for (const n of ["first_seen", "last_seen"]) if (more[n]) dates.push(more[n]);
  dates.sort();
  const [first, last] = [dates[0], dates[dates.length - 1]];
  return !first ? "" : kg.say(first === last ? "one" : "period", { first, last });
};
kg.summary = () => {
  const counts = kg.rest.categories.map((_, i) => kg.nodes.group.filter((g) => g === i).length);
  const parts = counts.map((n, i) => (n ? `${kg.sayCategory(i)} ${n}` : "")).filter(Boolean).join(" · ");
  return kg.say("summary", { documents: kg.rest.documents.length, period: kg.period(), nodes: kg.count, parts, edges: kg.edges.id.length });
};

/* An element with text, never with markup. */
kg.make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text") element.textContent = value;
    else if (name === "on") for (const [event, what] of Object.entries(value)) element.addEventListener(event, what);
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((c) => c !== null && c !== undefined));
  return element;
};

/* The sign of a category, in its colour. */
kg.outlines = {
  dot: "M8 2a6 6 0 1 0 .01 0z", square: "M2.5 2.5h11v11h-11z", diamond: "M8 1l7 7-7 7-7-7z", triangle: "M8 1.5l7 12.5H1z",
  hexagon: "M4.5 2h7l3.5 6-3.5 6h-7L1 8z", star: "M8 .8l2.1 4.9 5.3.4-4 3.5 1.2 5.2L8 12l-4.6 2.8 1.2-5.2-4-3.5 5.3-.4z",
};
kg.sign = (group, color = kg.color(group)) => {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "shape");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", kg.outlines[kg.shape(group)] ?? kg.outlines.dot);
  path.setAttribute("fill", color);
  svg.append(path);
  return svg;
};
