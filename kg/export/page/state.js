/* The view as words behind the # of the address: a link restores it, and the browser's history goes back and forward. */
kg.position = 0;  // where we are in our part of the history, and how far it reaches
kg.farthest = 0;

kg.pack = (values) => values.map((v) => encodeURIComponent(v)).join(",");
kg.unpack = (text) => (text ? text.split(",").map((v) => { try { return decodeURIComponent(v); } catch { return v; } }) : []);
kg.keys = (nodes) => kg.pack([...nodes].map((n) => kg.nodes.key[n]));
kg.nodesOf = (text) => kg.unpack(text).map(kg.nodeOf).filter((n) => n >= 0);

/* Only what differs from the page as it opens. */
kg.state = () => {
  const words = new URLSearchParams(), f = kg.filter, { mode } = kg, fresh = kg.freshFilter();
  const put = (name, value, usual = "") => { if (String(value) !== String(usual)) words.set(name, String(value)); };
  if (mode.name === "around") { put("around", kg.keys([mode.node])); put("steps", mode.steps ?? 1, 1); }
  if (mode.name === "path") put("path", kg.keys([mode.a, mode.b]));
  if (mode.name === "place") put("place", `${Math.round(mode.x)},${Math.round(mode.y)}`);
  put("changes", kg.pack((mode.changes ?? []).map(([what, n]) => what[0] + kg.nodes.key[n])));
  if (kg.trail && mode.name !== "path") put("trail", kg.keys(kg.trail.ends ?? []));
  if (kg.chosen !== null) put("node", kg.keys([kg.chosen]));
  if (kg.chosenEdge !== null) put("edge", kg.pack(kg.edgeKey(kg.chosenEdge)));
  put("no", kg.pack([...f.categories].map((i) => kg.rest.categories[i][0])));
  put("cut", kg.pack([...f.relations].map((i) => kg.rest.relations[i][0])));
  put("not", kg.pack([...f.statuses].map((i) => kg.statuses[i])));
  if (f.region >= 0) put("region", kg.regionPath(f.region));
  if (kg.periodFiltered()) put("period", `${kg.bins.labels[f.from]},${kg.bins.labels[f.to]}`);
  put("sources", f.sources, fresh.sources);
  put("confidence", f.confidence, fresh.confidence);
  put("hidden", kg.keys(f.hidden));
  put("pinned", kg.pack([...kg.pinned].map(([n, p]) => `${kg.nodes.key[n]}@${Math.round(p.x)}@${Math.round(p.y)}`)));
  put("layout", kg.layout, "network");
  put("size", kg.sizeBy, "degree");
  put("colour", kg.paintBy, "category");
  put("table", kg.table ?? "");
  put("language", kg.language, "zh");
  return words;
};
kg.edgeKey = (e) => [kg.nodes.key[kg.edges.from[e]], kg.nodes.key[kg.edges.to[e]], kg.relationOf(e)];
kg.regionPath = (p) => (p < 0 ? "" : kg.regionPath(kg.rest.regions[p][1]) + kg.rest.regions[p][0]);
kg.viewWords = () => {
  const { x, y } = kg.network.getViewPosition();
  return `${Math.round(x)},${Math.round(y)},${kg.network.getScale().toFixed(3)}`;
};

/* One step of history for all that one action changes. */
kg.remember = () => {
  if (kg.restoring || !kg.ready) return;
  clearTimeout(kg.remembers);
  kg.remembers = setTimeout(() => {
    const words = String(kg.state());
    if (words === kg.remembered) return;
    kg.remembered = words;
    kg.position += 1;
    kg.farthest = kg.position;
    kg.write("pushState", words);
    kg.showHistory();
  }, 0);
};
/* Moving and zooming change the place in the history, they add none. */
kg.rememberView = () => {
  clearTimeout(kg.viewWaits);
  kg.viewWaits = setTimeout(() => {
    const words = kg.state();
    words.set("view", kg.viewWords());
    kg.write("replaceState", String(words));
  }, 200);
};
kg.write = (how, words) => {
  try {
    window.history[how]({ kg: kg.position }, "", `#${words}`);
  } catch {
    // a frame without an address of its own has no history: the page goes on without it
  }
};
kg.showHistory = () => {
  document.getElementById("back").disabled = kg.position <= 0;
  document.getElementById("forward").disabled = kg.position >= kg.farthest;
};

kg.restore = (hash) => {
  kg.restoring = true;
  try {
    kg.restoreFrom(hash);
  } finally {
    kg.restoring = false;
  }
};
kg.restoreFrom = (hash) => {
  const words = new URLSearchParams(hash.replace(/^#/, "")), get = (name) => words.get(name) ?? "";
  const index = (list, names) => new Set(names.map((name) => list.indexOf(name)).filter((i) => i >= 0));
  kg.chosen = kg.chosenEdge = kg.trail = null;
  const f = kg.filter = kg.freshFilter();
  f.categories = index(kg.rest.categories.map((c) => c[0]), kg.unpack(get("no")));
  f.relations = index(kg.rest.relations.map((r) => r[0]), kg.unpack(get("cut")));
  f.statuses = index(kg.statuses, kg.unpack(get("not")));
  if (get("region")) f.region = kg.rest.regions.findIndex((_, p) => kg.regionPath(p) === get("region"));
  const [from, to] = get("period").split(",").map((label) => kg.bins.labels.indexOf(label));
  if (from >= 0 && to >= from) [f.from, f.to] = [from, to];
  f.sources = Math.max(1, Math.floor(Number(get("sources"))) || 1);
  f.confidence = Math.min(1, Math.max(0, Number(get("confidence")) || 0));
  f.hidden = new Set(kg.nodesOf(get("hidden")));
  kg.pinned = new Map();
  for (const word of kg.unpack(get("pinned"))) {
    const parts = word.split("@"), y = Number(parts.pop()), x = Number(parts.pop()), n = kg.nodeOf(parts.join("@"));
    if (n >= 0 && Number.isFinite(x) && Number.isFinite(y)) kg.pinned.set(n, { x, y });
  }
  const choice = (id, value, usual) => {
    const select = document.getElementById(id);
    select.value = value || usual;
    if (select.selectedIndex < 0) select.value = usual;
    return select.value;
  };
  kg.layout = choice("layout", get("layout"), "network");
  kg.sizeBy = choice("size", get("size"), "degree");
  kg.paintBy = choice("paint", get("colour"), "category");
  kg.language = get("language") === "en" ? "en" : "zh";
  kg.sieve();
  kg.translate();
  kg.startFilters();
  kg.showStart();
  kg.restoreMode(get);
  kg.openTable(get("table") || null);
  const [x, y, scale] = get("view").split(",").map(Number);
  if (get("view") && [x, y, scale].every(Number.isFinite)) kg.network.moveTo({ position: { x, y }, scale: Math.min(5, Math.max(0.03, scale)), animation: false });
  kg.remembered = String(kg.state());
};

kg.restoreMode = (get) => {
  const [around] = kg.nodesOf(get("around")), ends = kg.nodesOf(get("path")), [x, y] = get("place").split(",").map(Number);
  const kinds = { e: "expand", f: "fold" };
  const changes = kg.unpack(get("changes")).map((c) => [kinds[c[0]], kg.nodeOf(c.slice(1))]).filter(([what, n]) => what && n >= 0);
  const [node] = kg.nodesOf(get("node")), [a, b, relation] = kg.unpack(get("edge"));
  const edge = a === undefined ? -1 : kg.edges.id.findIndex((e) => kg.edgeKey(e).every((part, i) => part === [a, b, relation][i]));
  if (ends.length === 2) return kg.showPath(...ends);
  if (around !== undefined && kg.nodeAllowed(around)) kg.show({ name: "around", node: around, steps: Math.min(3, Number(get("steps")) || 1), changes });
  else if (get("place") && Number.isFinite(x) && Number.isFinite(y)) kg.show({ name: "place", x, y, changes });
  else kg.show({ name: "core", changes });
  const trail = kg.nodesOf(get("trail"));
  if (trail.length === 2) return kg.showPath(...trail);
  if (node !== undefined) return kg.choose(node);
  if (edge >= 0) return kg.chooseEdge(edge);
  return kg.choose(null);
};

kg.startState = () => {
  window.addEventListener("popstate", (event) => {
    if (kg.remembered === window.location.hash.slice(1)) return;
    kg.position = event.state?.kg ?? (window.location.hash ? kg.farthest + 1 : 0);
    kg.farthest = Math.max(kg.farthest, kg.position);
    kg.restore(window.location.hash);
    kg.showHistory();
  });
  document.getElementById("back").addEventListener("click", () => window.history.back());
  document.getElementById("forward").addEventListener("click", () => window.history.forward());
  kg.showHistory();
};
