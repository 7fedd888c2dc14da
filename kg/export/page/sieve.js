/* What the filters let through: one mask for each node and relation, a bit for each filter that stops it. */
kg.EDGE = { relation: 1, status: 2, period: 4, sources: 8, confidence: 16, region: 32, ends: 64 };
kg.NODE = { category: 1, period: 2, region: 4, hidden: 8 };

kg.freshFilter = () => ({
  categories: new Set(), relations: new Set(), statuses: new Set(), region: -1, from: 0, to: kg.bins.labels.length - 1,
  sources: 1, confidence: 0, hidden: new Set(),
});

kg.nodeAllowed = (n) => kg.nodeMask[n] === 0;
kg.edgeAllowed = (e) => kg.edgeMask[e] === 0;

kg.startSieve = () => {
  kg.statuses = [...new Set(kg.edges.more.map((m) => m.status ?? kg.rest.usual.status))].sort();
  kg.edgeStatus = Uint8Array.from(kg.edges.more, (m) => kg.statuses.indexOf(m.status ?? kg.rest.usual.status));
  kg.edgeConfidence = Float32Array.from(kg.edges.more, (m) => (typeof m.confidence === "number" ? m.confidence : 1));
  const told = new Uint32Array(kg.rest.days.length);
  for (const d of kg.edges.since) if (d >= 0) told[d]++;
  kg.bins = kg.makeBins(kg.rest.days, told);
  kg.nodeMask = new Uint8Array(kg.count);
  kg.edgeMask = new Uint8Array(kg.edges.id.length);
  kg.filter = kg.freshFilter();
  kg.sieve();
};

/* Equal steps of time from the first day to the last: days, months or years, whichever is readable. Where a few days far
   away, of history, would leave the rest no room, the step at that end holds all that lies beyond it; *told* says how
   many relations each day has. */
kg.makeBins = (days, told = days) => {
  const each = new Map(days.map((d, i) => [d, Number(told[i]) || 1]));
  const known = days.filter(Boolean).sort(), weights = known.map((d) => each.get(d)), all = weights.reduce((a, b) => a + b, 0);
  if (!known.length) return { labels: [""], of: days.map(() => -1) };
  const month = (d) => Number(d.slice(0, 4)) * 12 + Number(d.slice(5, 7)) - 1, day = (d) => Date.UTC(Number(d.slice(0, 4)), Number(d.slice(5, 7)) - 1, Number(d.slice(8))) / 864e5;
  const few = known.length < 8 ? 0 : Math.max(1, all / 50);
  const inner = (order) => { let sum = 0; return known[order.find((i) => (sum += weights[i]) > few)]; };
  const order = [...known.keys()], [low, high] = [inner(order), inner([...order].reverse())];
  const far = (a, b) => month(b) - month(a) > 12 + month(high) - month(low);
  const first = far(known[0], low) ? low : known[0], last = far(high, known[known.length - 1]) ? high : known[known.length - 1];
  const [unit, number] = day(last) - day(first) <= 92 ? [10, day] : month(last) - month(first) <= 240 ? [7, month] : [4, (d) => Number(d.slice(0, 4))];
  const name = (i) => (unit === 10 ? new Date(i * 864e5).toISOString().slice(0, 10)
    : unit === 7 ? `${Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, "0")}` : String(i));
  const start = number(first), count = Math.min(1000, Math.max(1, number(last) - start + 1)) || 1;
  const place = (d) => (d ? Math.min(count - 1, Math.max(0, number(d) - start)) : -1);
  const labels = Array.from({ length: count }, (_, i) => name(start + i));
  if (first > known[0]) labels[0] = `≤ ${labels[0]}`;
  if (last < known[known.length - 1]) labels[count - 1] = `≥ ${labels[count - 1]}`;
  return { labels, of: days.map(place) };
};

/* Which filters are on. */
kg.relationsFiltered = () => {
  const f = kg.filter;
  return f.relations.size + f.statuses.size > 0 || kg.periodFiltered() || f.sources > 1 || f.confidence > 0;
};
kg.periodFiltered = () => kg.filter.from > 0 || kg.filter.to < kg.bins.labels.length - 1;
kg.filtered = () => kg.relationsFiltered() || kg.filter.categories.size + kg.filter.hidden.size > 0 || kg.filter.region >= 0;

/* The branches of the tree of regions at or below one. */
kg.branches = (root) => {
  const inside = new Uint8Array(kg.rest.regions.length);
  kg.rest.regions.forEach(([, parent], i) => { inside[i] = i === root || (parent >= 0 && inside[parent]) ? 1 : 0; });
  return inside;
};

kg.sieve = () => {
  const { nodes, edges, filter, EDGE, NODE, nodeMask, edgeMask } = kg, day = kg.bins.of, timed = kg.periodFiltered();
  const inside = new Uint8Array(kg.count), touched = new Uint8Array(kg.count), late = new Uint8Array(kg.count);
  if (filter.region >= 0) {
    const branch = kg.branches(filter.region);
    for (let n = 0; n < kg.count; n++) inside[n] = nodes.places[n].some((p) => branch[p]) ? 1 : 0;
  }
  for (let e = 0; e < edgeMask.length; e++) {
    const a = edges.from[e], b = edges.to[e], since = day[edges.since[e]], until = day[edges.until[e]];
    let mask = 0;
    if (filter.relations.has(edges.relation[e])) mask |= EDGE.relation;
    if (filter.statuses.size && filter.statuses.has(kg.edgeStatus[e])) mask |= EDGE.status;
    if (timed && (until < filter.from || since > filter.to || since < 0)) mask |= EDGE.period;
    if (edges.sources[e] < filter.sources) mask |= EDGE.sources;
    if (kg.edgeConfidence[e] < filter.confidence - 1e-6) mask |= EDGE.confidence;
    if (filter.region >= 0) {
      if (!inside[a] && !inside[b]) mask |= EDGE.region;
      else if (!mask) { touched[a] = 1; touched[b] = 1; }
    }
    if (timed && !(mask & EDGE.period)) { late[a] = 1; late[b] = 1; }
    edgeMask[e] = mask;
  }
  for (let n = 0; n < kg.count; n++) {
    let mask = 0;
    if (filter.categories.has(nodes.group[n])) mask |= NODE.category;
    if (timed && !kg.inPeriod(n) && !(late[n] && nodes.more[n].start_date === undefined)) mask |= NODE.period;
    if (filter.region >= 0 && !inside[n] && !touched[n]) mask |= NODE.region;
    if (filter.hidden.has(n)) mask |= NODE.hidden;
    nodeMask[n] = mask;
  }
  for (let e = 0; e < edgeMask.length; e++) {
    if (nodeMask[edges.from[e]] || nodeMask[edges.to[e]]) edgeMask[e] |= EDGE.ends;
  }
};

/* Whether a node's own days fall into the period: an event's whole time, the days of other nodes' articles. */
kg.inPeriod = (n) => {
  const days = kg.nodes.days[n].map((d) => kg.bins.of[d]).filter((d) => d >= 0), { from, to } = kg.filter;
  if (kg.nodes.more[n].start_date !== undefined && days.length) return days[0] <= to && days[days.length - 1] >= from;
  return days.some((d) => d >= from && d <= to);
};

/* Relations per node that pass, or that only their ends keep from passing. */
kg.degrees = (loose = false) => {
  const degree = new Int32Array(kg.count), mask = loose ? ~kg.EDGE.ends : ~0;
  for (const e of kg.edges.id) if ((kg.edgeMask[e] & mask) === 0) { degree[kg.edges.from[e]]++; degree[kg.edges.to[e]]++; }
  return degree;
};

/* How many there are of each kind under all filters but the one for that kind. */
kg.tally = () => {
  const { nodes, edges, nodeMask, edgeMask } = kg, bare = kg.relationsFiltered(), loose = bare ? kg.degrees(true) : null, tight = bare ? kg.degrees() : null;
  const found = {
    categories: kg.rest.categories.map(() => 0), relations: kg.rest.relations.map(() => 0), statuses: kg.statuses.map(() => 0),
    regions: new Int32Array(kg.rest.regions.length), bins: new Int32Array(kg.bins.labels.length), nodes: 0, edges: 0,
  };
  for (let n = 0; n < kg.count; n++) {
    if (bare && !loose[n]) continue;
    if ((nodeMask[n] & ~kg.NODE.category) === 0) found.categories[nodes.group[n]]++;
    if (nodeMask[n] === 0 && (!bare || tight[n])) found.nodes++;
    if ((nodeMask[n] & ~kg.NODE.region) === 0) for (const p of kg.upward(nodes.places[n])) found.regions[p]++;
  }
  for (let e = 0; e < edgeMask.length; e++) {
    const mask = edgeMask[e];
    if ((mask & ~kg.EDGE.relation) === 0) found.relations[edges.relation[e]]++;
    if ((mask & ~kg.EDGE.status) === 0) found.statuses[kg.edgeStatus[e]]++;
    if ((mask & ~kg.EDGE.period & ~kg.EDGE.ends) === 0 && kg.bins.of[edges.since[e]] >= 0) found.bins[kg.bins.of[edges.since[e]]]++;
    if (mask === 0) found.edges++;
  }
  return found;
};

/* Branches and all that hold them, each once. */
kg.upward = (places) => {
  const found = new Set();
  for (let p of places) for (; p >= 0; p = kg.rest.regions[p][1]) found.add(p);
  return found;
};
