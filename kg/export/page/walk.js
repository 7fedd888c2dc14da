/* Going about the graph: choosing, expanding, folding, hiding, pinning. */
kg.choose = (node) => {
  kg.chosen = node;
  kg.chosenEdge = null;
  if (node === null || !kg.trail?.nodes.has(node)) kg.trail = null;
  if (node !== null && !kg.visible.has(node)) kg.show({ name: "around", node });
  kg.restyle();
  if (node === null) kg.closePanel(); else kg.showNode(node);
  kg.remember();
};
kg.chooseEdge = (edge) => {
  const ends = [kg.edges.from[edge], kg.edges.to[edge]];
  if (!ends.every((n) => kg.visible.has(n))) kg.show({ name: "around", node: kg.visible.has(ends[1]) ? ends[1] : ends[0] });
  kg.chosen = null;
  kg.chosenEdge = edge;
  if (!kg.trail?.edges.has(edge)) kg.trail = null;
  kg.restyle();
  kg.showEdge(edge);
  kg.remember();
};

/* The nodes that expanding adds or folding takes away, given those in the picture. */
kg.change = (what, node, visible) => {
  if (what === "expand") {
    const fresh = kg.neighbours(node).filter((n) => !visible.has(n) && kg.nodeAllowed(n));
    return fresh.slice(0, Math.min(40, Math.max(0, kg.MOST - visible.size)));
  }
  return kg.neighbours(node).filter((n) => visible.has(n) && !kg.pinned.has(n)
    && !kg.neighbours(n).some((m) => m !== node && visible.has(m)));
};

/* Add the neighbours of a node, best linked first. */
kg.expand = (node) => {
  if (!kg.neighbours(node).some((n) => !kg.visible.has(n) && kg.nodeAllowed(n))) return kg.note(kg.say("nothing"));
  const added = kg.change("expand", node, kg.visible);
  if (!added.length) return kg.note(kg.say("full", { limit: kg.MOST }));
  const centre = kg.places.get(node), members = [...kg.visible, ...added];
  added.forEach((n, i) => {
    kg.places.set(n, { x: centre.x + 170 * Math.cos(i * 2.4) * Math.sqrt(1 + i / 6), y: centre.y + 120 * Math.sin(i * 2.4) * Math.sqrt(1 + i / 6) });
  });
  kg.reshape("expand", node, members);
  kg.choose(node);
  kg.report();
  return kg.note(kg.say("added", { count: added.length }));
};

/* Take away the neighbours that hang on nothing else in the picture. */
kg.fold = (node) => {
  const gone = new Set(kg.change("fold", node, kg.visible));
  if (!gone.size) return kg.note(kg.say("nothing"));
  kg.reshape("fold", node, [...kg.visible].filter((n) => !gone.has(n)));
  kg.choose(node);
  kg.report();
  return kg.note(kg.say("folded", { count: gone.size }));
};

/* Other members in the same mode; in the network those that stay keep their places as far as labels allow. */
kg.reshape = (what, node, members) => {
  kg.mode = { ...kg.mode, changes: [...(kg.mode.changes ?? []), [what, node]] };
  const links = kg.linksWithin(members);
  if (kg.layout !== "network") kg.places = kg.placesFor(kg.mode, members, links);
  else if (what === "expand") {
    const at = members.map((m) => ({ ...kg.places.get(m) })), held = members.map((m) => m === node || kg.pinned.has(m));
    kg.apart(at, members.map(kg.boxOf), held);
    kg.places = new Map(members.map((m, i) => [m, { x: Math.round(at[i].x), y: Math.round(at[i].y) }]));
  } else kg.places = new Map(members.map((m) => [m, kg.places.get(m)]));
  kg.visible = new Set(members);
  kg.fill(links);
  if (kg.layout === "time") kg.fit();  // its bands have moved
};

kg.hide = (node) => {
  kg.filter.hidden.add(node);
  kg.pinned.delete(node);
  if (kg.chosen === node) kg.choose(null);
  kg.refilter();
};

kg.togglePin = (node) => {
  if (kg.pinned.has(node)) kg.pinned.delete(node); else kg.pinned.set(node, { ...kg.places.get(node) });
  kg.restyle();
  if (kg.chosen === node) kg.showNode(node);
  kg.remember();
};
