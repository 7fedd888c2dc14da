/* Places for a part of the graph: from the places of the whole, spread until labels have room. Nothing is random. */
kg.arrange = (members, links) => {
  const n = members.length;
  const at = members.map((m) => kg.pinned.get(m) ?? { x: kg.nodes.x[m], y: kg.nodes.y[m] }).map((p) => ({ x: p.x, y: p.y }));
  const held = members.map((m) => kg.pinned.has(m)), free = members.map(() => false), box = members.map(kg.boxOf);
  const place = new Map(members.map((m, i) => [m, i]));
  const pairs = links.map((e) => [place.get(kg.edges.from[e]), place.get(kg.edges.to[e])]).filter(([a, b]) => a !== b);
  kg.spread(at, box);
  if (n > 1) kg.relax(at, pairs, free, kg.reach(box));
  members.forEach((m, i) => { if (held[i]) Object.assign(at[i], kg.pinned.get(m)); });
  kg.apart(at, box, held);
  return new Map(members.map((m, i) => [m, { x: Math.round(at[i].x), y: Math.round(at[i].y) }]));
};

/* The room that a node and its label want. */
kg.boxOf = (m) => ({ w: 13 * Math.max(3, Array.from(kg.short(m)).length) + 14, h: 56 });

/* The radius of a circle with room for all boxes and as much again and a half. */
kg.reach = (box) => Math.sqrt((2.6 * box.reduce((s, b) => s + b.w * b.h, 0)) / Math.PI);

/* Scale so that boxes fill about a third of the room, around the middle. */
kg.spread = (at, box) => {
  const n = at.length || 1;
  const mx = at.reduce((s, p) => s + p.x, 0) / n, my = at.reduce((s, p) => s + p.y, 0) / n;
  const reach = Math.sqrt(at.reduce((s, p) => s + (p.x - mx) ** 2 + (p.y - my) ** 2, 0) / n) || 1;
  const need = kg.reach(box) * 0.72;
  at.forEach((p, i) => {
    p.x = ((p.x - mx) * need) / reach + Math.cos(i * 2.4) * 3;
    p.y = ((p.y - my) * need) / reach + Math.sin(i * 2.4) * 3;
  });
};

/* Springs and repulsion; held points stay. */
kg.relax = (at, pairs, held, reach, steps = 90) => {
  const n = at.length, k = 150, weight = (0.8 * n * k * k) / (reach * reach);
  const degree = new Float64Array(n);
  for (const [a, b] of pairs) { degree[a]++; degree[b]++; }
  for (let step = 0; step < steps; step++) {
    const fx = new Float64Array(n), fy = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      for (let j = i + 1; j < n; j++) {
        const dx = at[i].x - at[j].x, dy = (at[i].y - at[j].y) * 1.3, d = dx * dx + dy * dy + 25;
        const push = (k * k) / d;
        fx[i] += dx * push; fy[i] += dy * push; fx[j] -= dx * push; fy[j] -= dy * push;
      }
    }
    for (const [a, b] of pairs) {
      const dx = at[b].x - at[a].x, dy = at[b].y - at[a].y, d = Math.sqrt(dx * dx + dy * dy);
      const pull = d / k / Math.sqrt(1 + Math.min(degree[a], degree[b]) * 0.5);
      fx[a] += dx * pull; fy[a] += dy * pull; fx[b] -= dx * pull; fy[b] -= dy * pull;
    }
    const heat = 60 * (1 - step / steps) + 1;
    for (let i = 0; i < n; i++) {
      if (held[i]) continue;
      const gx = fx[i] - at[i].x * weight, gy = fy[i] - at[i].y * weight * 1.3, length = Math.hypot(gx, gy) + 1e-9;
      const move = Math.min(heat, length);
      at[i].x += (gx / length) * move;
      at[i].y += (gy / length) * move;
    }
  }
};

/* Push boxes that overlap apart, along the axis on which less is missing. */
kg.apart = (at, box, held, rounds = 120) => {
  const n = at.length;
  for (let round = 0; round < rounds; round++) {
    let moved = false;
    for (let i = 0; i < n; i++) {
      for (let j = i + 1; j < n; j++) {
        const dy = at[j].y - at[i].y, my = (box[i].h + box[j].h) / 2 - Math.abs(dy);
        if (my <= 0.5) continue;
        const dx = at[j].x - at[i].x, mx = (box[i].w + box[j].w) / 2 - Math.abs(dx);
        if (mx <= 0.5) continue;
        moved = true;
        const share = held[i] ? (held[j] ? 0 : 1) : held[j] ? 0 : 0.5;
        const along = my <= mx ? "y" : "x", by = (my <= mx ? my : mx) * 0.6 + 0.5;
        const sign = (along === "y" ? dy : dx) < 0 ? -1 : 1;
        at[j][along] += sign * by * (share === 0.5 ? 0.5 : share);
        at[i][along] -= sign * by * (share === 0.5 ? 0.5 : held[j] && !held[i] ? 1 : 0);
      }
    }
    if (!moved) break;
  }
};
