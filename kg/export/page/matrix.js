/* Who assists whom: assisting regions down, assisted regions across, relations and sums of money where they meet. */
kg.MATRIX = 40;
kg.AID = ["paired_with", "supports"];

/* The branch of a node rolled up to a depth of the tree (0 province); -1 leaves it as it is. */
kg.rolled = (n, depth) => {
  const [place] = kg.nodes.places[n];
  if (place === undefined) return -1;
  const way = [];
  for (let p = place; p >= 0; p = kg.rest.regions[p][1]) way.unshift(p);
  return depth < 0 ? place : way[Math.min(depth, way.length - 1)];
};

kg.matrix = (depth) => {
  const cells = new Map(), rows = new Map(), columns = new Map();
  for (const e of kg.edges.id) {
    if (!kg.edgeAllowed(e) || !kg.AID.includes(kg.relationOf(e))) continue;
    const from = kg.rolled(kg.edges.from[e], depth), to = kg.rolled(kg.edges.to[e], depth);
    if (from < 0 || to < 0 || from === to) continue;
    const key = `${from} ${to}`, cell = cells.get(key) ?? { from, to, edges: [], amount: 0 };
    cell.edges.push(e);
    if (kg.relationOf(e) === "supports") cell.amount += Number(kg.edges.more[e].amount ?? 0);
    cells.set(key, cell);
    rows.set(from, (rows.get(from) ?? 0) + 1);
    columns.set(to, (columns.get(to) ?? 0) + 1);
  }
  const order = (counts) => [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map((entry) => entry[0]);
  return { cells, rows: order(rows), columns: order(columns) };
};

kg.branchName = (p) => {
  const parent = kg.rest.regions[p][1];
  return (parent >= 0 ? `${kg.rest.regions[parent][0]} ` : "") + kg.rest.regions[p][0];
};

kg.drawMatrix = (body, wanted) => {
  const { cells, rows, columns } = kg.matrix(Number(document.getElementById("matrix-level").value));
  const named = (list) => list.filter((p) => kg.plain(kg.regionPath(p)).includes(wanted));
  const hits = wanted ? [new Set(named(rows)), new Set(named(columns))] : null;
  const wantedCells = [...cells.values()].filter((c) => !hits || hits[0].has(c.from) || hits[1].has(c.to));
  let down = rows.filter((p) => wantedCells.some((c) => c.from === p)), across = columns.filter((p) => wantedCells.some((c) => c.to === p));
  const cut = down.length > kg.MATRIX || across.length > kg.MATRIX;
  [down, across] = [down.slice(0, kg.MATRIX), across.slice(0, kg.MATRIX)];
  const most = Math.max(1, ...wantedCells.map((c) => c.edges.length)), sums = new Map(down.map((p) => [p, wantedCells.filter((c) => c.from === p)]));
  const total = (list) => list.reduce((s, c) => s + c.edges.length, 0);
  const { column, down: turned } = kg.sorting;
  // sorted by name, by total, or by the column of one region
  const worth = (p) => (column > across.length ? total(sums.get(p)) : cells.get(`${p} ${across[column - 1]}`)?.edges.length ?? 0);
  down.sort((a, b) => (column ? worth(b) - worth(a) : kg.regionPath(a).localeCompare(kg.regionPath(b), "zh-CN")) * (turned ? -1 : 1));
  document.getElementById("table-count").textContent = kg.say("table_rows", { count: down.length }) + (cut ? ` · ${kg.say("matrix_cut", { limit: kg.MATRIX })}` : "");
  if (!down.length) return body.replaceChildren(kg.make("p", { text: kg.say("none") }));
  const head = kg.make("tr", {}, kg.header(`${kg.say("assisting")} ╲ ${kg.say("assisted")}`, 0), ...across.map((p, i) => kg.header(kg.branchName(p), i + 1)),
    kg.header(kg.say("total"), across.length + 1));
  const lines = down.map((from) => kg.make("tr", {}, kg.make("th", { scope: "row", text: kg.branchName(from) }), ...across.map((to) => {
    const cell = cells.get(`${from} ${to}`);
    if (!cell) return kg.make("td", {});
    const text = `${cell.edges.length}${cell.amount ? ` · ${kg.money(cell.amount)}` : ""}`;
    const name = kg.say("matrix_cell", { from: kg.branchName(from), to: kg.branchName(to), count: cell.edges.length });
    const strength = 1 + Math.min(3, Math.floor((4 * (cell.edges.length - 1)) / most));
    return kg.make("td", { class: `heat-${strength}` }, kg.make("button", {
      type: "button", class: "other", "aria-label": `${text} · ${name}`, title: name, text, on: { click: () => kg.showCell(cell) },
    }));
  }), kg.make("td", { class: "number", text: String(total(sums.get(from))) })));
  return body.replaceChildren(kg.make("p", { class: "hint", text: kg.say("matrix_note") }),
    kg.make("table", { class: "matrix" }, kg.make("thead", {}, head), kg.make("tbody", {}, ...lines)));
};

/* The relations of one cell, in the picture and in the panel. */
kg.showCell = (cell) => {
  kg.openedWith = () => kg.showCell(cell);
  if (cell.edges.length === 1) return kg.chooseEdge(cell.edges[0]);
  const nodes = [...new Set(cell.edges.flatMap((e) => [kg.edges.from[e], kg.edges.to[e]]))];
  [kg.chosen, kg.chosenEdge] = [null, null];
  kg.trail = { ends: [], nodes: new Set(nodes), edges: new Set(cell.edges) };
  if (!nodes.every((n) => kg.visible.has(n))) kg.show({ name: "path", a: nodes[0], b: nodes[1], nodes });
  kg.restyle();
  kg.fitTrail();
  kg.openPanel(kg.make("h2", { text: `${kg.branchName(cell.from)} → ${kg.branchName(cell.to)}` }),
    ...cell.edges.map((e) => kg.make("div", { class: "item", "data-edge": e },
      kg.make("p", {}, kg.link(kg.edges.from[e]), ` → ${kg.sayRelation(kg.edges.relation[e])} → `, kg.link(kg.edges.to[e])), kg.factsLine(e), ...kg.evidence(e, 2))));
  return undefined;
};
