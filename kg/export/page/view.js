/* What vis-network is given: a readable part of the graph, never all of a large one. */
kg.LIMIT = 300;   // a graph up to this size is shown whole
kg.CORE = 140;    // nodes of a larger one that open the page
kg.MOST = 400;    // nodes that expanding may reach
kg.visible = new Set();
kg.places = new Map();
kg.mode = { name: "core" };
kg.chosen = null;
kg.chosenEdge = null;
kg.hovered = null;
kg.grain = 1;

/* A square of radius r covers more than a dot of radius r. */
kg.bulk = { square: 0.82, diamond: 1.1, star: 1.1, triangle: 1, hexagon: 1, dot: 1 };
kg.radius = (node) => {
  const size = 5 + 13 * Math.max(0, (kg.nodes.size[node] - 4) / 96);
  return size * kg.grain * (kg.bulk[kg.options.groups[kg.nodes.group[node]].shape] ?? 1);
};

kg.startView = () => {
  kg.nodeSet = new vis.DataSet();
  kg.edgeSet = new vis.DataSet();
  const holder = document.getElementById("network");
  kg.network = new vis.Network(holder, { nodes: kg.nodeSet, edges: kg.edgeSet }, kg.options);
  kg.network.on("afterDrawing", kg.drawLabels);
  kg.network.on("click", (event) => {
    const [node = null] = event.nodes, [edge = null] = node === null ? event.edges : [];
    const open = () => (edge === null ? kg.choose(node) : kg.chooseEdge(edge));
    clearTimeout(kg.waiting);
    if (!document.getElementById("panel").hidden || (node === null && edge === null)) return open();
    [kg.chosen, kg.chosenEdge] = [node, edge];
    kg.restyle();
    kg.waiting = setTimeout(open, 260);  // opening moves the picture: a second click must still find its node
    return undefined;
  });
  kg.network.on("doubleClick", (event) => {
    clearTimeout(kg.waiting);
    if (event.nodes.length) kg.expand(event.nodes[0]);
  });
  kg.network.on("hoverNode", (event) => { kg.hovered = event.node; });
  kg.network.on("blurNode", () => { kg.hovered = null; });
  kg.network.on("dragEnd", (event) => {
    const moved = kg.network.getPositions(event.nodes);
    for (const id of event.nodes) kg.places.set(id, moved[id]);
  });
  kg.network.on("dragging", (event) => {
    const moved = kg.network.getPositions(event.nodes);
    for (const id of event.nodes) kg.places.set(id, moved[id]);
  });
};

/* The members of a mode under the filters. */
kg.members = (mode) => {
  const degree = kg.degrees();
  const allowed = (n) => kg.nodeAllowed(n) && (degree[n] > 0 || !kg.relationsFiltered());
  const best = (list, limit) => list.sort((a, b) => degree[b] - degree[a] || a - b).slice(0, limit);
  if (mode.name === "around") {
    return [mode.node, ...kg.neighbours(mode.node).filter(kg.nodeAllowed).slice(0, kg.CORE - 1)];
  }
  const all = kg.nodes.id.filter(allowed);
  if (mode.name === "place") {
    const far = (n) => (kg.nodes.x[n] - mode.x) ** 2 + (kg.nodes.y[n] - mode.y) ** 2;
    return all.map((n) => [far(n), n]).sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, kg.CORE).map((p) => p[1]);
  }
  return all.length <= kg.LIMIT ? all : kg.core(best(all, Math.round(kg.CORE * 0.65)), allowed);
};

/* The best linked nodes, a neighbour for each that would stand alone, then those with most links to them. */
kg.core = (seeds, allowed) => {
  const inside = new Set(seeds), links = new Map();
  for (const n of seeds) {
    const near = kg.neighbours(n).filter(allowed);
    if (near.length && !near.some((m) => inside.has(m)) && inside.size < kg.CORE) inside.add(near[0]);
  }
  for (const n of inside) for (const m of new Set(kg.neighbours(n))) if (!inside.has(m) && allowed(m)) links.set(m, (links.get(m) ?? 0) + 1);
  const next = [...links].sort((a, b) => b[1] - a[1] || kg.around[b[0]].length - kg.around[a[0]].length || a[0] - b[0]);
  for (const [m] of next) if (inside.size < kg.CORE) inside.add(m);
  return [...inside];
};

/* Relations per node that the filters let through. */
kg.degrees = () => {
  const degree = new Int32Array(kg.count);
  for (const e of kg.edges.id) if (kg.edgeAllowed(e)) { degree[kg.edges.from[e]]++; degree[kg.edges.to[e]]++; }
  return degree;
};

kg.linksWithin = (members) => {
  const inside = new Set(members), found = [];
  for (const m of inside) for (const e of kg.around[m]) {
    if (kg.edges.from[e] === m && inside.has(kg.edges.to[e]) && kg.edgeAllowed(e)) found.push(e);
  }
  return found.sort((a, b) => a - b);
};

kg.show = (mode) => {
  kg.mode = mode;
  const members = kg.members(mode), links = kg.linksWithin(members);
  const whole = mode.name === "core" && members.length === kg.count;
  kg.places = whole
    ? new Map(members.map((m) => [m, { x: kg.nodes.x[m], y: kg.nodes.y[m] }]))
    : kg.arrange(members, links);
  kg.visible = new Set(members);
  if (kg.chosen !== null && !kg.visible.has(kg.chosen)) kg.chosen = null;
  if (kg.chosenEdge !== null && !links.includes(kg.chosenEdge)) kg.chosenEdge = null;
  kg.setGrain();
  kg.fill(links);
  kg.fit();
  kg.report();
};

/* Dots grow when the picture is wide, so that they can still be seen. */
kg.setGrain = () => {
  const holder = document.getElementById("network"), xs = [], ys = [];
  for (const p of kg.places.values()) { xs.push(p.x); ys.push(p.y); }
  const wide = Math.max(...xs) - Math.min(...xs) + 200, high = Math.max(...ys) - Math.min(...ys) + 120;
  const scale = Math.min((holder.clientWidth || 800) / wide, (holder.clientHeight || 600) / high);
  kg.grain = xs.length ? Math.min(1.9, Math.max(1, 0.62 / scale)) : 1;
};

kg.fill = (links) => {
  kg.links = links;
  const beside = new Map();
  const nodes = [...kg.visible].map((id) => ({
    id, group: String(kg.nodes.group[id]), size: kg.radius(id), ...kg.places.get(id), ...kg.look(id),
  }));
  const edges = links.map((id) => {
    const from = kg.edges.from[id], to = kg.edges.to[id];
    const pair = from < to ? `${from} ${to}` : `${to} ${from}`;
    const turn = beside.get(pair) ?? 0;
    beside.set(pair, turn + 1);
    const bend = Math.ceil(turn / 2) * 0.16, side = (turn % 2 === 0) === (from < to);
    return {
      id, from, to, ...kg.edgeLook(id),
      smooth: turn ? { enabled: true, type: side ? "curvedCW" : "curvedCCW", roundness: bend } : false,
    };
  });
  kg.edgeSet.clear();
  kg.nodeSet.clear();
  kg.nodeSet.add(nodes);
  kg.edgeSet.add(edges);
  document.getElementById("empty").hidden = nodes.length > 0;
  document.getElementById("empty").textContent = kg.say("empty");
};

/* With something chosen, what is not near it steps back. */
kg.dim = (node) => {
  if (kg.chosenEdge !== null) return node !== kg.edges.from[kg.chosenEdge] && node !== kg.edges.to[kg.chosenEdge];
  return kg.chosen !== null && node !== kg.chosen && !kg.near.has(node);
};
kg.dimEdge = (e) => {
  if (kg.chosenEdge !== null) return e !== kg.chosenEdge;
  return kg.chosen !== null && kg.edges.from[e] !== kg.chosen && kg.edges.to[e] !== kg.chosen;
};
kg.look = (id) => ({ opacity: kg.dim(id) ? 0.22 : 1, borderWidth: id === kg.chosen ? 4 * kg.grain : 1 });
kg.edgeLook = (id) => {
  const style = getComputedStyle(document.documentElement), dim = kg.dimEdge(id);
  const strong = !dim && (kg.chosen !== null || kg.chosenEdge !== null);
  const plain = strong ? 0.85 : Math.min(0.75, Math.max(0.3, 300 / kg.links.length));
  const color = style.getPropertyValue(strong ? "--accent" : "--edge").trim();
  return {
    color: { color, highlight: color, hover: style.getPropertyValue("--accent").trim(), opacity: dim ? 0.12 : plain },
    dashes: (kg.edges.more[id].status ?? "fact") !== "fact",
    width: Math.min(4, 0.9 + 0.5 * Math.log2(kg.edges.value[id])) * kg.grain * (id === kg.chosenEdge ? 2.4 : strong ? 1.4 : 1),
  };
};
kg.restyle = () => {
  kg.near = new Set(kg.chosen === null ? [] : kg.neighbours(kg.chosen));
  kg.nodeSet.update([...kg.visible].map((id) => ({ id, ...kg.look(id) })));
  kg.edgeSet.update(kg.links.map((id) => ({ id, ...kg.edgeLook(id) })));
};
kg.near = new Set();

kg.choose = (node) => {
  kg.chosen = node;
  kg.chosenEdge = null;
  if (node !== null && !kg.visible.has(node)) kg.show({ name: "around", node });
  kg.restyle();
  if (node === null) kg.closePanel(); else kg.showNode(node);
};
kg.chooseEdge = (edge) => {
  const ends = [kg.edges.from[edge], kg.edges.to[edge]];
  if (!ends.every((n) => kg.visible.has(n))) kg.show({ name: "around", node: kg.visible.has(ends[1]) ? ends[1] : ends[0] });
  kg.chosen = null;
  kg.chosenEdge = edge;
  kg.restyle();
  kg.showEdge(edge);
};

/* Add the neighbours of a node, best linked first. */
kg.expand = (node) => {
  const room = kg.MOST - kg.visible.size;
  const fresh = kg.neighbours(node).filter((n) => !kg.visible.has(n) && kg.nodeAllowed(n));
  if (!fresh.length) return kg.note(kg.say("nothing"));
  if (room <= 0) return kg.note(kg.say("full", { limit: kg.MOST }));
  const added = fresh.slice(0, Math.min(40, room)), centre = kg.places.get(node);
  const members = [...kg.visible, ...added], fixed = new Map(kg.places);
  added.forEach((n, i) => {
    kg.places.set(n, { x: centre.x + 170 * Math.cos(i * 2.4) * Math.sqrt(1 + i / 6), y: centre.y + 120 * Math.sin(i * 2.4) * Math.sqrt(1 + i / 6) });
  });
  const box = members.map((m) => ({ w: 13 * Math.max(3, kg.short[m].length) + 14, h: 56 }));
  const at = members.map((m) => ({ ...kg.places.get(m) }));
  kg.apart(at, box, members.map((m) => fixed.has(m) && m !== node ? false : m === node));
  kg.places = new Map(members.map((m, i) => [m, { x: Math.round(at[i].x), y: Math.round(at[i].y) }]));
  kg.visible = new Set(members);
  kg.fill(kg.linksWithin(members));
  kg.choose(node);
  kg.report();
  return kg.note(kg.say("added", { count: added.length }));
};

/* Move only when the node is outside the picture or too small to be read. */
kg.centre = (node) => {
  const scale = kg.network.getScale(), place = kg.places.get(node), holder = document.getElementById("network");
  const at = kg.network.canvasToDOM(place);
  const inside = at.x > 60 && at.y > 60 && at.x < holder.clientWidth - 60 && at.y < holder.clientHeight - 60;
  const sheet = window.innerWidth <= 900 && !document.getElementById("panel").hidden;
  const offset = { x: 0, y: sheet ? -0.31 * holder.clientHeight : 0 };
  if (!inside || sheet) kg.network.moveTo({ position: place, scale: Math.max(0.7, scale), offset, animation: false });
};
kg.fit = () => kg.network.fit({ animation: false, maxZoomLevel: 1.4 });
kg.zoom = (factor) => kg.network.moveTo({ scale: Math.min(5, Math.max(0.03, kg.network.getScale() * factor)) });
/* Change the width of the stage without moving the picture. */
kg.steady = (change) => {
  const holder = document.getElementById("network"), wide = holder.clientWidth, scale = kg.network.getScale();
  const at = kg.network.getViewPosition();
  change();
  const less = wide - holder.clientWidth;
  if (!less) return;
  kg.network.setSize();
  kg.network.moveTo({ scale, position: { x: at.x - less / 2 / scale, y: at.y }, animation: false });
};

kg.report = () => {
  kg.note(kg.say("shown", { shown: kg.visible.size, all: kg.count, edges: kg.links.length }));
  kg.drawOverview();
};
kg.note = (text) => { document.getElementById("status").textContent = text; };
