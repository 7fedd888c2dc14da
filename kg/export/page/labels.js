/* Labels that stay readable at every zoom and never lie on each other: the most linked first. */
kg.widths = new Map();

kg.drawLabels = (context) => {
  const scale = kg.network.getScale();
  const size = Math.min(15, Math.max(12, 13 * Math.sqrt(scale)));
  const unit = 1 / scale, style = getComputedStyle(document.documentElement);
  const ink = style.getPropertyValue("--label").trim(), ground = style.getPropertyValue("--ground").trim();
  const family = getComputedStyle(document.body).fontFamily;
  const corner = kg.network.DOMtoCanvas({ x: 0, y: 0 });
  const stage = document.getElementById("network");
  const taken = [], see = { context, scale, unit, ink, ground, family, corner, stage };
  const order = [...kg.visible].sort((a, b) => kg.rank(b) - kg.rank(a) || a - b);
  context.textAlign = "center";
  context.textBaseline = "top";
  context.lineJoin = "round";
  for (const node of order) {
    const p = kg.places.get(node), text = kg.short[node];
    if (!p || !text) continue;
    const x = (p.x - corner.x) * scale, y = (p.y - corner.y) * scale + kg.radius(node) * scale + 3;
    if (x < -80 || y < -30 || x > stage.clientWidth + 80 || y > stage.clientHeight + 10) continue;
    const strong = node === kg.chosen || kg.rank(node) >= 1e6;
    const font = `${strong ? 600 : 400} ${size}px ${family}`;
    const known = `${strong}${size.toFixed(1)}${text}`;
    let width = kg.widths.get(known);
    if (width === undefined) {
      context.font = font;
      width = context.measureText(text).width;
      kg.widths.set(known, width);
    }
    const area = [x - width / 2 - 2, y - 1, x + width / 2 + 2, y + size + 2];
    if (!strong && taken.some((t) => area[0] < t[2] && area[2] > t[0] && area[1] < t[3] && area[3] > t[1])) continue;
    taken.push(area);
    context.font = `${strong ? 600 : 400} ${size * unit}px ${family}`;
    context.globalAlpha = kg.dim(node) ? 0.3 : 1;
    context.lineWidth = 3 * unit;
    context.strokeStyle = ground;
    context.fillStyle = ink;
    const ty = p.y + kg.radius(node) + 3 * unit;
    context.strokeText(text, p.x, ty);
    context.fillText(text, p.x, ty);
  }
  context.globalAlpha = 1;
  kg.drawRelations(see, taken);
};

/* The relations of what is chosen, one label for all between the same two nodes, at the middle of their line. */
kg.drawRelations = ({ context, scale, unit, ground, family, corner, stage }, taken) => {
  if (kg.chosen === null && kg.chosenEdge === null) return;
  const pairs = new Map();
  for (const e of kg.links) {
    if (kg.dimEdge(e)) continue;
    const ends = [kg.edges.from[e], kg.edges.to[e]].sort((a, b) => a - b).join(" ");
    if (!pairs.has(ends)) pairs.set(ends, { e, words: new Set() });
    pairs.get(ends).words.add(kg.sayRelation(kg.edges.relation[e]));
  }
  context.textBaseline = "middle";
  context.font = `${11 * unit}px ${family}`;
  context.lineWidth = 3 * unit;
  context.strokeStyle = ground;
  context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue("--accent").trim();
  for (const { e, words } of pairs.values()) {
    const a = kg.places.get(kg.edges.from[e]), b = kg.places.get(kg.edges.to[e]), text = [...words].join("·");
    const px = (a.x + b.x) / 2, py = (a.y + b.y) / 2, half = (context.measureText(text).width * scale) / 2;
    const x = (px - corner.x) * scale, y = (py - corner.y) * scale, long = Math.hypot(a.x - b.x, a.y - b.y) * scale;
    if (long < 46 || x < 0 || y < 0 || x > stage.clientWidth || y > stage.clientHeight) continue;
    const area = [x - half - 1, y - 7, x + half + 1, y + 7];
    if (taken.some((t) => area[0] < t[2] && area[2] > t[0] && area[1] < t[3] && area[3] > t[1])) continue;
    taken.push(area);
    context.strokeText(text, px, py);
    context.fillText(text, px, py);
  }
};

/* Who gets a label first: the chosen node, what the pointer is on, then by number of relations. */
kg.rank = (node) => (node === kg.chosen ? 2e6 : node === kg.hovered ? 1e6
  : kg.around[node].length + ((kg.chosen !== null || kg.chosenEdge !== null) && !kg.dim(node) ? 1e5 : 0));
