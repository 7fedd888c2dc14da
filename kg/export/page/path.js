/* The shortest path between two nodes over all relations that the filters let through, whatever their direction. */
kg.pathFrom = null;

/* Nodes from a to b; of two paths of one length the one over nodes with fewer relations, which say more. */
kg.shortest = (a, b) => {
  const before = new Map([[a, null]]);
  let ring = [a];
  while (ring.length && !before.has(b)) {
    const next = [];
    for (const n of ring.sort((x, y) => kg.around[x].length - kg.around[y].length || x - y)) {
      for (const m of kg.neighbours(n)) if (!before.has(m)) { before.set(m, n); next.push(m); }
    }
    ring = next;
  }
  if (!before.has(b)) return null;
  const nodes = [];
  for (let n = b; n !== null; n = before.get(n)) nodes.unshift(n);
  return nodes;
};

/* All relations between each two neighbours of a path. */
kg.steps = (nodes) => nodes.slice(1).map((n, i) => kg.around[n].filter((e) => kg.edgeAllowed(e) && kg.other(e, n) === nodes[i]));

kg.showPath = (a, b) => {
  kg.openedWith = () => kg.showPath(a, b);
  const nodes = kg.shortest(a, b);
  kg.pathFrom = null;
  kg.showStart();
  const heading = kg.make("h2", { text: kg.say("path") });
  const ends = kg.make("p", { class: "kind" }, kg.make("bdi", { text: kg.cut(kg.nodes.label[a], 60) }), " – ", kg.make("bdi", { text: kg.cut(kg.nodes.label[b], 60) }));
  if (!nodes) {
    kg.openPanel(heading, ends, kg.make("p", { text: kg.say("path_none") }));
    return;
  }
  const steps = kg.steps(nodes);
  kg.chosen = null;
  kg.chosenEdge = null;
  kg.trail = { ends: [a, b], nodes: new Set(nodes), edges: new Set(steps.flat()) };
  const all = nodes.every((n) => kg.visible.has(n));
  if (!all || kg.mode.name === "path") kg.show({ name: "path", a, b, nodes });
  kg.restyle();
  kg.fitTrail();
  const rows = [kg.pathNode(nodes[0])];
  steps.forEach((edges, i) => {
    for (const e of edges) rows.push(kg.pathStep(e, nodes[i]));
    rows.push(kg.pathNode(nodes[i + 1]));
  });
  kg.openPanel(heading, ends, kg.make("p", { text: kg.say("path_found", { count: steps.length }) }), ...rows);
  kg.remember();
};
kg.pathNode = (n) => kg.make("p", { class: "stop" }, kg.sign(kg.nodes.group[n]), " ", kg.link(n));
kg.pathStep = (e, from) => {
  const arrow = kg.rest.relations[kg.edges.relation[e]][2] ? "↕" : kg.edges.from[e] === from ? "↓" : "↑";
  return kg.make("div", { class: "item", "data-edge": e },
    kg.make("button", { type: "button", class: "other", text: `${arrow} ${kg.sayRelation(kg.edges.relation[e])}`, on: { click: () => kg.chooseEdge(e) } }),
    kg.factsLine(e), ...kg.evidence(e, 1));
};

/* Look at what stands out, and leave room for the panel that opens beside it. */
kg.fitTrail = () => {
  const panel = document.getElementById("panel");
  if (panel.hidden) kg.steady(() => { panel.hidden = false; });
  kg.fit([...kg.trail.nodes]);
};

/* The node that a path is to begin at, above the picture until its end is chosen. */
kg.startPath = (node) => {
  kg.pathFrom = node;
  kg.showStart();
  kg.showNode(node);
};
kg.showStart = () => {
  const box = document.getElementById("path-start");
  box.hidden = kg.pathFrom === null;
  if (box.hidden) return;
  box.replaceChildren(kg.make("bdi", { text: kg.say("path_from", { name: kg.cut(kg.nodes.label[kg.pathFrom], 20) }) }),
    kg.make("button", { type: "button", "aria-label": kg.say("path_clear"), title: kg.say("path_clear"), text: "✕", on: { click: () => {
      kg.pathFrom = null;
      kg.showStart();
      if (kg.chosen !== null) kg.showNode(kg.chosen);
    } } }));
};
