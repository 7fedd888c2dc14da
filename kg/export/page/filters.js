/* The column at the left: legend and filter in one, each kind with its count, and one button that undoes them all. */
kg.startFilters = () => {
  const kinds = [
    ["categories", kg.rest.categories, kg.nodes.group, kg.sayCategory, true],
    ["relations", kg.rest.relations, kg.edges.relation, kg.sayRelation, false],
    ["statuses", kg.statuses.map((s) => [s]), kg.edgeStatus, (i) => kg.sayValue("status", kg.statuses[i]), false],
  ];
  kg.counters = [];
  for (const [id, words, column, say, signed] of kinds) kg.fillFilter(id, words, column, say, signed);
  document.getElementById("status-box").hidden = kg.statuses.length < 2 && !kg.filter.statuses.size;
  kg.startRegions();
  kg.startPeriod();
  kg.startLeast();
  kg.showCounts();
};

kg.fillFilter = (id, words, column, say, signed) => {
  const all = words.map(() => 0), off = kg.filter[id];
  for (const i of column) all[i]++;
  const rows = words.map((_, i) => {
    if (!all[i]) return null;
    const input = kg.make("input", { type: "checkbox", "data-filter": `${id}:${words[i][0]}`, on: { change: () => {
      if (input.checked) kg.filter[id].delete(i); else kg.filter[id].add(i);
      kg.refilter();
    } } });
    input.checked = !off.has(i);
    const count = kg.make("span", { class: "count" });
    kg.counters.push([count, id, i, all[i]]);
    return kg.make("li", {}, kg.make("label", {}, input, signed ? kg.sign(i, kg.paintBy === "community" ? kg.OTHER : kg.color(i)) : null, kg.make("span", { text: say(i) }), count));
  });
  document.getElementById(id).replaceChildren(...rows.filter(Boolean));
};

/* Counts under the other filters, of all where they differ. */
kg.showCounts = () => {
  const found = kg.tally();
  for (const [element, id, i, all] of kg.counters) element.textContent = found[id][i] === all ? String(all) : `${found[id][i]}/${all}`;
  kg.regionCounts = found.regions;
  for (const option of document.getElementById("region").options) {
    const p = Number(option.value);
    if (p >= 0) option.textContent = `${option.dataset.name} (${found.regions[p]})`;
  }
  kg.drawBars(found.bins);
  document.getElementById("passing").textContent = kg.say("passing", { nodes: found.nodes, edges: found.edges });
  document.getElementById("reset").disabled = !kg.filtered();
  const hidden = document.getElementById("unhide");
  hidden.hidden = !kg.filter.hidden.size;
  hidden.textContent = `${kg.say("hidden", { count: kg.filter.hidden.size })} · ${kg.say("show")}`;
};

/* The chosen region alone, until someone turns to the list: a large graph has thousands. */
kg.startRegions = () => {
  const select = document.getElementById("region"), { region } = kg.filter, options = [kg.make("option", { value: "-1", text: kg.say("everywhere") })];
  document.getElementById("region-box").hidden = !kg.rest.regions.length;
  if (region >= 0) options.push(kg.make("option", { value: String(region), "data-name": kg.cut(kg.rest.regions[region][0], 24) }));
  select.replaceChildren(...options);
  select.value = String(region);
};

/* Regions as a tree in one list: parents before what lies in them, the best furnished first. */
kg.fillRegions = () => {
  const select = document.getElementById("region"), rows = kg.rest.regions, below = new Map(), sizes = kg.regionCounts;
  if (select.options.length > rows.length) return;
  rows.forEach(([, parent], i) => below.set(parent, [...(below.get(parent) ?? []), i]));
  const options = [kg.make("option", { value: "-1", text: kg.say("everywhere") })];
  const add = (parent, depth) => {
    for (const i of (below.get(parent) ?? []).sort((a, b) => sizes[b] - sizes[a] || a - b)) {
      const name = "\u3000".repeat(depth) + kg.cut(rows[i][0], 24);
      options.push(kg.make("option", { value: String(i), "data-name": name, text: `${name} (${sizes[i]})` }));
      add(i, depth + 1);
    }
  };
  add(-1, 0);
  select.replaceChildren(...options);
  select.value = String(kg.filter.region);
};

/* The two sliders with a lower bound: sources and confidence. */
kg.startLeast = () => {
  const most = kg.edges.sources.reduce((a, b) => Math.max(a, b), 1), sources = document.getElementById("sources");
  sources.max = String(Math.min(20, most));
  sources.value = String(kg.filter.sources);
  document.getElementById("sources-box").hidden = most < 2;
  document.getElementById("confidence").value = String(Math.round(kg.filter.confidence * 100));
  kg.showLeast();
};
kg.showLeast = () => {
  document.getElementById("sources-value").textContent = kg.say("sources_value", { count: kg.filter.sources });
  document.getElementById("confidence-value").textContent = `${Math.round(kg.filter.confidence * 100)}%`;
};

/* Listeners, once. */
kg.listenFilters = () => {
  const on = (id, event, what) => document.getElementById(id).addEventListener(event, what);
  for (const event of ["pointerdown", "focus", "keydown"]) on("region", event, kg.fillRegions);
  on("region", "change", (event) => { kg.filter.region = Number(event.target.value); kg.refilter(); });
  on("sources", "input", (event) => { kg.filter.sources = Number(event.target.value); kg.showLeast(); kg.refilterSoon(); });
  on("confidence", "input", (event) => { kg.filter.confidence = Number(event.target.value) / 100; kg.showLeast(); kg.refilterSoon(); });
  for (const id of ["from", "to"]) on(id, "input", () => kg.slide(id));
  on("reset", "click", kg.resetFilters);
  on("unhide", "click", () => { kg.filter.hidden.clear(); kg.refilter(); });
};

kg.refilter = () => {
  clearTimeout(kg.refilterWaits);
  kg.sieve();
  kg.showCounts();
  const mode = kg.mode.name === "around" && !kg.nodeAllowed(kg.mode.node) ? { name: "core" } : kg.mode;
  const chosen = kg.chosen;
  kg.show(mode);
  if (chosen !== null && kg.chosen === null) kg.closePanel();
  kg.restyle();
  kg.refreshTable();
};
kg.refilterSoon = () => {
  clearTimeout(kg.refilterWaits);
  kg.refilterWaits = setTimeout(kg.refilter, 90);
};

kg.resetFilters = () => {
  kg.filter = kg.freshFilter();
  kg.startFilters();
  kg.refilter();
};

/* Filters that stop a node give way. */
kg.admit = (n) => {
  const mask = kg.nodeMask[n], f = kg.filter;
  if (!mask) return;
  if (mask & kg.NODE.category) f.categories.delete(kg.nodes.group[n]);
  if (mask & kg.NODE.period) [f.from, f.to] = [0, kg.bins.labels.length - 1];
  if (mask & kg.NODE.region) f.region = -1;
  f.hidden.delete(n);
  kg.sieve();
  kg.startFilters();
};
