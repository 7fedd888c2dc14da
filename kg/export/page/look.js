/* How nodes and relations look: size, colour, what steps back. */
kg.sizeBy = "degree";     // or "papers"
kg.paintBy = "category";  // or "community"
kg.grain = 1;

/* Eight colours that stay apart for colour-blind readers (Okabe and Ito), then grey for the small communities. */
kg.PALETTE = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#8a6d00", "#6a51a3"];
kg.OTHER = "#8c96a3";
kg.colorOf = (n) => (kg.paintBy === "community" ? kg.PALETTE[kg.nodes.community[n]] ?? kg.OTHER : kg.color(kg.nodes.group[n]));

/* A square of radius r covers more than a dot of radius r. */
kg.bulk = { square: 0.82, diamond: 1.1, star: 1.1, triangle: 1, hexagon: 1, dot: 1 };
kg.weight = (n) => {
  if (kg.sizeBy !== "papers") return Math.max(0, (kg.nodes.size[n] - 4) / 96);
  kg.mostPapers ??= kg.nodes.documents.reduce((most, d) => Math.max(most, d.length), 1);
  return Math.sqrt(kg.nodes.documents[n].length / kg.mostPapers);
};
kg.radius = (n) => (5 + 13 * kg.weight(n)) * kg.grain * (kg.bulk[kg.shape(kg.nodes.group[n])] ?? 1);

/* Dots grow when the picture is wide, so that they can still be seen. */
kg.setGrain = () => {
  const holder = document.getElementById("network"), xs = [], ys = [];
  for (const p of kg.places.values()) { xs.push(p.x); ys.push(p.y); }
  const wide = Math.max(...xs) - Math.min(...xs) + 200, high = Math.max(...ys) - Math.min(...ys) + 120;
  const scale = Math.min((holder.clientWidth || 800) / wide, (holder.clientHeight || 600) / high);
  kg.grain = xs.length ? Math.min(1.9, Math.max(1, 0.62 / scale)) : 1;
};

/* With something chosen, what is not near it steps back. */
kg.near = new Set();
kg.plainly = false;  // where nothing may step back
kg.dim = (node) => {
  if (kg.plainly) return false;
  if (kg.trail) return !kg.trail.nodes.has(node);
  if (kg.chosenEdge !== null) return node !== kg.edges.from[kg.chosenEdge] && node !== kg.edges.to[kg.chosenEdge];
  return kg.chosen !== null && node !== kg.chosen && !kg.near.has(node);
};
kg.dimEdge = (e) => {
  if (kg.plainly) return false;
  if (kg.trail) return !kg.trail.edges.has(e);
  if (kg.chosenEdge !== null) return e !== kg.chosenEdge;
  return kg.chosen !== null && kg.edges.from[e] !== kg.chosen && kg.edges.to[e] !== kg.chosen;
};
kg.singled = () => !kg.plainly && (kg.trail !== null || kg.chosen !== null || kg.chosenEdge !== null);

kg.look = (n) => {
  const color = kg.colorOf(n), chosen = n === kg.chosen, pinned = kg.pinned.has(n);
  const rim = chosen || pinned ? kg.hue("--ink") : color;
  return {
    size: kg.radius(n), opacity: kg.dim(n) ? 0.22 : 1, borderWidth: chosen ? 4 * kg.grain : pinned ? 2.5 * kg.grain : 1,
    shapeProperties: { borderDashes: pinned && !chosen ? [3, 3] : false },
    color: { background: color, border: rim, highlight: { background: color, border: kg.hue("--ink") }, hover: { background: color, border: kg.hue("--ink") } },
  };
};
kg.edgeLook = (e) => {
  const dim = kg.dimEdge(e), strong = !dim && kg.singled();
  const plain = strong ? 0.85 : Math.min(0.75, Math.max(0.3, 300 / kg.links.length));
  const color = kg.hue(strong ? "--accent" : "--edge");
  return {
    color: { color, highlight: color, hover: kg.hue("--accent"), opacity: dim ? 0.12 : plain },
    dashes: (kg.edges.more[e].status ?? "fact") !== "fact",
    width: Math.min(4, 0.9 + 0.5 * Math.log2(kg.edges.value[e])) * kg.grain * (e === kg.chosenEdge ? 2.4 : strong ? 1.4 : 1),
  };
};

/* A colour of the theme, read once for each theme. */
kg.hues = new Map();
kg.hue = (name) => {
  if (!kg.hues.has(name)) kg.hues.set(name, getComputedStyle(document.documentElement).getPropertyValue(name).trim());
  return kg.hues.get(name);
};

/* Parallel relations bend apart: the turn of each among those between the same two nodes. */
kg.bends = (links) => {
  const beside = new Map(), found = new Map();
  for (const e of links) {
    const from = kg.edges.from[e], to = kg.edges.to[e], pair = from < to ? `${from} ${to}` : `${to} ${from}`;
    const turn = beside.get(pair) ?? 0;
    beside.set(pair, turn + 1);
    if (turn) found.set(e, { round: Math.ceil(turn / 2) * 0.16, clockwise: (turn % 2 === 0) === (from < to) });
  }
  return found;
};

kg.restyle = () => {
  kg.near = new Set(kg.chosen === null ? [] : kg.neighbours(kg.chosen));
  kg.nodeSet.update([...kg.visible].map((id) => ({ id, ...kg.look(id) })));
  kg.edgeSet.update(kg.links.map((id) => ({ id, ...kg.edgeLook(id) })));
};
