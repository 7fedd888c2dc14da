/* What vis-network is given: a readable part of the graph, never all of a large one. */
kg.LIMIT = 300;   // a graph up to this size is shown whole
kg.CORE = 140;    // nodes of a larger one that open the page
kg.MOST = 400;    // nodes that expanding may reach
kg.visible = new Set();
kg.places = new Map();
kg.links = [];
kg.mode = { name: "core" };
kg.chosen = null;
kg.chosenEdge = null;
kg.hovered = null;
kg.trail = null;          // the nodes and relations of a path
kg.pinned = new Map();    // nodes that keep their place and stay in the picture

kg.startView = () => {
  kg.nodeSet = new vis.DataSet();
  kg.edgeSet = new vis.DataSet();
  const holder = document.getElementById("network");
  kg.network = new vis.Network(holder, { nodes: kg.nodeSet, edges: kg.edgeSet }, kg.options);
  kg.network.on("beforeDrawing", kg.drawGround);
  kg.network.on("afterDrawing", kg.drawLabels);
  kg.network.on("click", (event) => {
    const [node = null] = event.nodes, [edge = null] = node === null ? event.edges : [];
    const second = event.event?.srcEvent?.shiftKey && node !== null && kg.chosen !== null && kg.chosen !== node ? kg.chosen : null;
    const open = () => (second !== null ? kg.showPath(second, node) : edge === null ? kg.choose(node) : kg.chooseEdge(edge));
    clearTimeout(kg.waiting);
    if (second !== null || !document.getElementById("panel").hidden || (node === null && edge === null)) return open();
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
  kg.network.on("dragEnd", (event) => { kg.moved(event.nodes); kg.rememberView(); });
  kg.network.on("dragging", (event) => kg.moved(event.nodes));
  kg.network.on("zoom", () => kg.rememberView());
};

kg.moved = (nodes) => {
  const places = kg.network.getPositions(nodes);
  for (const id of nodes) {
    kg.places.set(id, places[id]);
    if (kg.pinned.has(id)) kg.pinned.set(id, places[id]);
  }
};

/* Neighbours over edges that the filters let through, the best linked first. */
kg.neighbours = (node) => {
  const found = new Set();
  for (const e of kg.around[node]) if (kg.edgeAllowed(e)) found.add(kg.other(e, node));
  found.delete(node);
  return [...found].sort((a, b) => kg.around[b].length - kg.around[a].length || a - b);
};

/* The members of a mode under the filters. */
kg.members = (mode) => {
  const found = new Set(kg.base(mode));
  for (const [what, node] of mode.changes ?? []) for (const n of kg.change(what, node, found)) if (what === "fold") found.delete(n); else found.add(n);
  for (const n of kg.pinned.keys()) if (kg.nodeAllowed(n)) found.add(n);
  return [...found];
};
kg.base = (mode) => {
  if (mode.name === "around") return kg.within(mode.node, mode.steps ?? 1);
  if (mode.name === "path") return mode.nodes.filter(kg.nodeAllowed);
  const degree = kg.degrees(), bare = kg.relationsFiltered();
  const allowed = (n) => kg.nodeAllowed(n) && (degree[n] > 0 || !bare);
  const best = (list, limit) => list.sort((a, b) => degree[b] - degree[a] || a - b).slice(0, limit);
  let all = kg.nodes.id.filter(allowed);
  if (kg.layout === "time" && mode.name === "core") {
    const events = kg.nodes.id.filter((n) => kg.nodeAllowed(n) && kg.kindOf(n) === "event" && (degree[n] > 0 || !bare));
    if (events.length) all = events;
    return all.length <= kg.LIMIT ? all : best(all, kg.CORE);
  }
  if (mode.name === "place") {
    const far = (n) => (kg.nodes.x[n] - mode.x) ** 2 + (kg.nodes.y[n] - mode.y) ** 2;
    return all.map((n) => [far(n), n]).sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, kg.CORE).map((p) => p[1]);
  }
  return all.length <= kg.LIMIT ? all : kg.core(best(all, Math.round(kg.CORE * 0.65)), allowed);
};

/* A node and all that relations reach from it in so many steps, the nearest and best linked first. */
kg.within = (node, steps) => {
  const found = new Set([node]);
  let ring = [node];
  for (let step = 0; step < steps && found.size < kg.CORE; step++) {
    const next = new Set();
    for (const n of ring) for (const m of kg.neighbours(n)) if (!found.has(m) && kg.nodeAllowed(m)) next.add(m);
    ring = [...next].sort((a, b) => kg.around[b].length - kg.around[a].length || a - b).slice(0, kg.CORE - found.size);
    for (const n of ring) found.add(n);
  }
  return [...found];
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
  if (mode.name !== "path") kg.trail = null;
  kg.places = kg.placesFor(mode, members, links);
  kg.visible = new Set(members);
  if (kg.chosen !== null && !kg.visible.has(kg.chosen)) kg.chosen = null;
  if (kg.chosenEdge !== null && !links.includes(kg.chosenEdge)) kg.chosenEdge = null;
  kg.setGrain();
  kg.fill(links);
  kg.fit();
  kg.report();
  kg.remember();
};

kg.fill = (links) => {
  kg.links = links;
  const bends = kg.bends(links);
  const nodes = [...kg.visible].map((id) => ({ id, group: String(kg.nodes.group[id]), ...kg.places.get(id), ...kg.look(id) }));
  const edges = links.map((id) => {
    const bend = bends.get(id);
    return {
      id, from: kg.edges.from[id], to: kg.edges.to[id], ...kg.edgeLook(id),
      smooth: bend ? { enabled: true, type: bend.clockwise ? "curvedCW" : "curvedCCW", roundness: bend.round } : false,
    };
  });
  kg.edgeSet.clear();
  kg.nodeSet.clear();
  kg.nodeSet.add(nodes);
  kg.edgeSet.add(edges);
  document.getElementById("empty").hidden = nodes.length > 0;
  document.getElementById("empty").textContent = kg.say("empty");
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
/* Some nodes, or all, in the picture, with room for labels, for the buttons above and on a phone for the panel below. */
kg.fit = (nodes = [...kg.visible]) => {
  const holder = document.getElementById("network"), xs = [], ys = [];
  for (const n of nodes) { const p = kg.places.get(n); if (p) { xs.push(p.x); ys.push(p.y); } }
  if (!xs.length) return;
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const sheet = window.innerWidth <= 900 && !document.getElementById("panel").hidden ? 0.62 * holder.clientHeight : 0;
  const wide = holder.clientWidth - Math.min(150, holder.clientWidth * 0.2), high = holder.clientHeight - sheet - 130;
  const scale = Math.min(1.4, wide / (right - left + 1), Math.max(40, high) / (bottom - top + 1));
  const offset = { x: 0, y: 14 - sheet / 2 };
  kg.network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale: Math.max(0.03, scale), offset, animation: false });
};
kg.zoom = (factor) => {
  kg.network.moveTo({ scale: Math.min(5, Math.max(0.03, kg.network.getScale() * factor)) });
  kg.rememberView();
};
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
  const cut = kg.mode.name === "around" && kg.visible.size >= kg.CORE ? ` · ${kg.say("cut", { shown: kg.visible.size })}` : "";
  kg.note(kg.say("shown", { shown: kg.visible.size, all: kg.count, edges: kg.links.length }) + cut);
  kg.drawOverview();
};
kg.note = (text) => { document.getElementById("status").textContent = text; };
