/* Labels that stay readable at every zoom and never lie on each other: the most linked first.
   Letters with a halo are slow to draw, so each label is drawn once and kept as a small picture. */
kg.sprites = new Map();

kg.sprite = (text, size, weight, color) => {
  const known = `${color} ${weight} ${size} ${text}`;
  const found = kg.sprites.get(known);
  if (found) return found;
  const ratio = window.devicePixelRatio || 1, canvas = document.createElement("canvas"), context = canvas.getContext("2d");
  const font = `${weight} ${size}px ${getComputedStyle(document.body).fontFamily}`;
  context.font = font;
  const width = Math.ceil(context.measureText(text).width) + 6, height = size + 8;
  canvas.width = Math.ceil(width * ratio);
  canvas.height = Math.ceil(height * ratio);
  context.scale(ratio, ratio);
  context.font = font;
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = kg.hue("--ground");
  context.fillStyle = kg.hue(color);
  context.strokeText(text, 3, height / 2);
  context.fillText(text, 3, height / 2);
  const sprite = { canvas, width, height };
  kg.sprites.set(known, sprite);
  return sprite;
};

/* A label at a place, unless something stands there already. */
kg.stamp = (plan, label, x, y, force) => {
  const { width, height } = kg.sprite(label.text, label.size, label.weight, label.color), left = x - width / 2;
  const area = [left + 1, y + 3, left + width - 1, y + height - 3], { taken } = plan;
  if (!force && taken.some((t) => area[0] < t[2] && area[2] > t[0] && area[1] < t[3] && area[3] > t[1])) return;
  taken.push(area);
  plan.labels.push({ ...label, left, top: y, width, height });
};

/* All labels of a view {scale, corner, width, height}: what is chosen first, then the most linked. */
kg.planLabels = (view) => {
  const { scale, corner } = view, size = scale > 1.3 ? 15 : 13, plan = { taken: [], labels: [] };
  const rank = new Map([...kg.visible].map((node) => [node, kg.rank(node)]));
  kg.planGround(plan, view);
  for (const node of [...kg.visible].sort((a, b) => rank.get(b) - rank.get(a) || a - b)) {
    const place = kg.places.get(node), text = kg.short(node);
    if (!place || !text) continue;
    const x = (place.x - corner.x) * scale, y = (place.y - corner.y + kg.radius(node)) * scale;
    if (x < -90 || y < -30 || x > view.width + 90 || y > view.height) continue;
    const strong = rank.get(node) >= 1e6, half = kg.sprite(text, size, strong ? 600 : 400, "--label").width / 2;
    const inside = x < 0 || x > view.width ? x : Math.min(Math.max(x, half), Math.max(half, view.width - half));
    kg.stamp(plan, { text, size, weight: strong ? 600 : 400, color: "--label", alpha: kg.dim(node) ? 0.3 : 1 }, inside, y - 1, strong);
  }
  kg.planRelations(plan, view);
  return plan.labels;
};

/* The words of the lines behind the picture, at its upper and left edges. */
kg.planGround = (plan, { scale, corner, width, height }) => {
  for (const [a, b, text] of kg.groundLines()) {
    const flat = a.y === b.y, x = flat ? 26 : (a.x - corner.x) * scale, y = flat ? (a.y - corner.y) * scale - 10 : Math.min(height - 24, (b.y - corner.y) * scale + 4);
    if (x < 0 || y < 0 || x > width || y > height) continue;
    kg.stamp(plan, { text, size: 12, weight: 400, color: "--soft", alpha: 1 }, x, y, false);
  }
};

/* The relations of what is chosen, one label for all between the same two nodes, at the middle of their line. */
kg.planRelations = (plan, { scale, corner, width, height }) => {
  if (!kg.singled()) return;
  const pairs = new Map();
  for (const e of kg.links) {
    if (kg.dimEdge(e)) continue;
    const ends = [kg.edges.from[e], kg.edges.to[e]].sort((a, b) => a - b).join(" ");
    if (!pairs.has(ends)) pairs.set(ends, { e, words: new Set() });
    pairs.get(ends).words.add(kg.sayRelation(kg.edges.relation[e]));
  }
  for (const { e, words } of pairs.values()) {
    const a = kg.places.get(kg.edges.from[e]), b = kg.places.get(kg.edges.to[e]);
    const x = ((a.x + b.x) / 2 - corner.x) * scale, y = ((a.y + b.y) / 2 - corner.y) * scale;
    if (Math.hypot(a.x - b.x, a.y - b.y) * scale < 46 || x < 0 || y < 0 || x > width || y > height) continue;
    kg.stamp(plan, { text: [...words].join("·"), size: 12, weight: 400, color: "--accent", alpha: 1 }, x, y - 10, false);
  }
};

kg.drawLabels = (context) => {
  const { clientWidth: width, clientHeight: height } = context.canvas, ratio = context.canvas.width / (width || 1);
  const view = { scale: kg.network.getScale(), corner: kg.network.DOMtoCanvas({ x: 0, y: 0 }), width, height };
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  for (const label of kg.planLabels(view)) {
    const sprite = kg.sprite(label.text, label.size, label.weight, label.color);
    context.globalAlpha = label.alpha;
    context.drawImage(sprite.canvas, Math.round(label.left), Math.round(label.top), sprite.width, sprite.height);
  }
  context.restore();
};

/* Who gets a label first: the chosen node, what the pointer is on, what is near the chosen, then by relations. */
kg.rank = (node) => (node === kg.chosen ? 2e6 : node === kg.hovered ? 1e6
  : kg.around[node].length + (kg.singled() && !kg.dim(node) ? 1e5 : 0));
