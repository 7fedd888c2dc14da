/* Where nodes stand: network, map (regions at their coordinates, others near theirs), timeline. */
kg.layout = "network";

kg.placesFor = (mode, members, links) => {
  if (kg.layout === "map") return kg.mapPlaces(members, links);
  if (kg.layout === "time") return kg.timePlaces(members, links);
  const whole = kg.count <= kg.LIMIT && mode.name === "core";
  const places = whole ? new Map(members.map((m) => [m, { x: kg.nodes.x[m], y: kg.nodes.y[m] }])) : kg.arrange(members, links);
  for (const m of members) if (kg.pinned.has(m)) places.set(m, { ...kg.pinned.get(m) });
  return places;
};

kg.DEGREE = 62;  // a degree of latitude in the picture
kg.project = (latitude, longitude) => ({ x: (longitude - 104) * kg.DEGREE * 0.82, y: (35 - latitude) * kg.DEGREE });

/* The coordinates of the region that a node is or is at home in. */
kg.pointOf = (n) => {
  const { latitude, longitude } = kg.nodes.more[n];
  if (typeof latitude === "number" && typeof longitude === "number" && (latitude || longitude)) return [latitude, longitude];
  for (let [p = -1] = kg.nodes.places[n]; p >= 0; p = kg.rest.regions[p][1]) {
    const [, , , north, east] = kg.rest.regions[p];
    if (north !== null && east !== null) return [north, east];
  }
  return null;
};

/* Nodes of one point stand around it in a spiral, the region itself in the middle; those without any, left of the map. */
kg.mapPlaces = (members, links) => {
  const points = new Map(members.map((m) => [m, kg.pointOf(m)])), taken = new Map(), places = new Map();
  for (let round = 0; round < 2; round++) {
    for (const e of links) {  // what has no region stands with a neighbour that has one
      const a = kg.edges.from[e], b = kg.edges.to[e];
      if (!points.get(a) && points.get(b)) points.set(a, points.get(b));
      else if (!points.get(b) && points.get(a)) points.set(b, points.get(a));
    }
  }
  const first = (n) => (kg.kindOf(n) === "region" ? 0 : 1), bottom = Math.min(...members.map((m) => points.get(m)?.[0] ?? 90), 45);
  const order = [...members].sort((a, b) => first(a) - first(b) || kg.around[b].length - kg.around[a].length || a - b);
  let strays = 0;
  kg.strays = null;
  for (const n of order) {
    const point = points.get(n);
    if (!point) {
      const { y } = kg.project(bottom, 0);
      kg.strays ??= { x: kg.project(0, 104).x - 800, y: y + 110 };
      places.set(n, { x: kg.project(0, 104).x + (strays % 12) * 150 - 800, y: y + 160 + Math.floor(strays / 12) * 60 });
      strays++;
      continue;
    }
    const key = point.join(" "), turn = taken.get(key) ?? 0, at = kg.project(...point), away = 19 * Math.sqrt(turn);
    taken.set(key, turn + 1);
    places.set(n, { x: Math.round(at.x + away * Math.cos(turn * 2.4)), y: Math.round(at.y + away * Math.sin(turn * 2.4)) });
  }
  return places;
};

/* The first day of a node in the picture: an event's own, else its earliest relation's, else its earliest article's. */
kg.dayOf = (n, links = null) => {
  const day = (d) => kg.rest.days[d];
  if (kg.nodes.more[n].start_date !== undefined && kg.nodes.days[n].length) return day(kg.nodes.days[n][0]);
  const dates = (links ?? kg.around[n]).map((e) => day(kg.edges.since[e])).filter(Boolean);
  return (dates.length ? dates : kg.nodes.days[n].map(day)).sort()[0] ?? "";
};

/* Time runs to the right; each category has a band of its own, events at the top; labels of a band don't meet. */
kg.timePlaces = (members, links) => {
  const of = new Map(members.map((m) => [m, []]));
  for (const e of links) { of.get(kg.edges.from[e]).push(e); of.get(kg.edges.to[e]).push(e); }
  const time = new Map(members.map((m) => [m, kg.dayOf(m, of.get(m).length ? of.get(m) : null)]));
  const number = (d) => Date.UTC(Number(d.slice(0, 4)), Number(d.slice(5, 7)) - 1, Number(d.slice(8))) / 864e5;
  const days = [...time.values()].filter(Boolean).map(number), first = Math.min(...days), last = Math.max(...days);
  const room = Math.max(1100, 44 * Math.sqrt(members.length) * 6), step = days.length ? room / Math.max(1, last - first) : 1;
  const band = (n) => (kg.kindOf(n) === "event" ? -1 : kg.nodes.group[n]);
  const order = [...members].sort((a, b) => band(a) - band(b) || (time.get(a) < time.get(b) ? -1 : time.get(a) > time.get(b) ? 1 : a - b));
  const places = new Map();
  let top = 60, rows = [], current = null;
  for (const n of order) {
    if (band(n) !== current) { if (current !== null) top += rows.length * 44 + 40; [rows, current] = [[], band(n)]; }
    const x = time.get(n) ? Math.round((number(time.get(n)) - first) * step) : -220, half = (13 * Math.max(3, Array.from(kg.short(n)).length) + 14) / 2;
    let row = rows.findIndex((end) => end <= x - half);
    if (row < 0) row = rows.push(0) - 1;
    rows[row] = x + half;
    places.set(n, { x, y: top + row * 44 });
  }
  kg.axis = { first, last, step, bottom: top + rows.length * 44 };
  return places;
};

/* Lines behind the picture: degrees on the map, months or years on the timeline. */
kg.drawGround = (context) => {
  if (kg.layout === "network" || !kg.places.size) return;
  context.save();
  context.strokeStyle = kg.hue("--line");
  context.lineWidth = 1 / kg.network.getScale();
  for (const [a, b] of kg.groundLines()) {
    context.beginPath();
    context.moveTo(a.x, a.y);
    context.lineTo(b.x, b.y);
    context.stroke();
  }
  context.restore();
};

/* Each line with the word at its end. */
kg.groundLines = () => {
  const lines = [];
  if (kg.layout === "map") {
    for (let east = 75; east <= 135; east += 10) lines.push([kg.project(52, east), kg.project(18, east), `${east}°E`]);
    if (kg.strays) lines.push([kg.strays, { ...kg.strays, y: kg.strays.y + 1 }, kg.say("unplaced")]);
    for (let north = 20; north <= 50; north += 10) lines.push([kg.project(north, 73), kg.project(north, 136), `${north}°N`]);
  } else if (kg.layout === "time" && Number.isFinite(kg.axis?.first)) {
    const { first, last, step, bottom } = kg.axis, date = new Date(first * 864e5), months = (last - first) / 30.4;
    const by = months > 60 ? 12 : months > 18 ? 3 : 1;
    let at = new Date(Date.UTC(date.getUTCFullYear(), by === 12 ? 0 : date.getUTCMonth() - (date.getUTCMonth() % by), 1));
    for (; at.getTime() / 864e5 <= last + 31 * by; at = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + by, 1))) {
      const x = (at.getTime() / 864e5 - first) * step, word = at.toISOString().slice(0, by === 12 ? 4 : 7);
      lines.push([{ x, y: 10 }, { x, y: bottom }, word]);
    }
  }
  return lines;
};

kg.setLayout = (name) => {
  kg.layout = name;
  kg.show(kg.mode);
  kg.restyle();
};
