/* Labels that stay readable at every zoom and never lie on each other: the most linked first.
   Letters with a halo are slow to draw, so each label is drawn once and kept as a small picture. */
kg.sprites = new Map();

kg.sprite = (text, size, weight, color) => {
  const known = `${color} ${weight} ${size} ${text}`;
  const found = kg.sprites.get(known);
  if (found) return found;
  const ratio = window.devicePixelRatio || 1, canvas = document.createElement("canvas"), context = canvas.getContext("2d");
  const style = getComputedStyle(document.documentElement);
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
  context.strokeStyle = style.getPropertyValue("--ground").trim();
  context.fillStyle = style.getPropertyValue(color).trim();
  context.strokeText(text, 3, height / 2);
  context.fillText(text, 3, height / 2);
  const sprite = { canvas, width, height };
  kg.sprites.set(known, sprite);
  return sprite;
};

/* Draws where nothing was drawn before; says whether it did. */
kg.stamp = (context, sprite, x, y, taken, force) => {
  const left = x - sprite.width / 2, area = [left + 1, y + 3, left + sprite.width - 1, y + sprite.height - 3];
  if (!force && taken.some((t) => area[0] < t[2] && area[2] > t[0] && area[1] < t[3] && area[3] > t[1])) return;
  taken.push(area);
  context.drawImage(sprite.canvas, Math.round(left), Math.round(y), sprite.width, sprite.height);
};

kg.drawLabels = (context) => {
  const scale = kg.network.getScale(), corner = kg.network.DOMtoCanvas({ x: 0, y: 0 });
  const stage = { width: context.canvas.clientWidth, height: context.canvas.clientHeight };
  const ratio = context.canvas.width / (stage.width || 1), size = scale > 1.3 ? 15 : 13, taken = [];
  const rank = new Map([...kg.visible].map((node) => [node, kg.rank(node)]));
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  for (const node of [...kg.visible].sort((a, b) => rank.get(b) - rank.get(a) || a - b)) {
    const place = kg.places.get(node), text = kg.short[node];
    if (!place || !text) continue;
    const x = (place.x - corner.x) * scale, y = (place.y - corner.y + kg.radius(node)) * scale;
    if (x < -90 || y < -30 || x > stage.width + 90 || y > stage.height) continue;
    const strong = rank.get(node) >= 1e6;
    context.globalAlpha = kg.dim(node) ? 0.3 : 1;
    kg.stamp(context, kg.sprite(text, size, strong ? 600 : 400, "--label"), x, y - 1, taken, strong);
  }
  context.globalAlpha = 1;
  kg.drawRelations(context, scale, corner, stage, taken);
  context.restore();
};

/* The relations of what is chosen, one label for all between the same two nodes, at the middle of their line. */
kg.drawRelations = (context, scale, corner, stage, taken) => {
  if (kg.chosen === null && kg.chosenEdge === null) return;
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
    if (Math.hypot(a.x - b.x, a.y - b.y) * scale < 46 || x < 0 || y < 0 || x > stage.width || y > stage.height) continue;
    const sprite = kg.sprite([...words].join("·"), 12, 400, "--accent");
    kg.stamp(context, sprite, x, y - sprite.height / 2, taken, false);
  }
};

/* Who gets a label first: the chosen node, what the pointer is on, what is near the chosen, then by relations. */
kg.rank = (node) => (node === kg.chosen ? 2e6 : node === kg.hovered ? 1e6
  : kg.around[node].length + ((kg.chosen !== null || kg.chosenEdge !== null) && !kg.dim(node) ? 1e5 : 0));
