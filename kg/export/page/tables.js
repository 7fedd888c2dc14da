/* Tables beside the picture: what the filters let through, sorted by any column; every name selects in the network. */
kg.table = null;
kg.ROWS = 150;
kg.sorting = { column: 0, down: false };

kg.names = (nodes) => [...new Set(nodes)].map((n) => ({ node: n, text: kg.nodes.drawn[n] }));
kg.passing = (n, relation, outward) => kg.around[n].filter((e) => kg.edgeAllowed(e) && (kg.edges[outward ? "from" : "to"][e] === n)
  && (!relation || relation.includes(kg.relationOf(e))));
kg.ofKind = (...kinds) => {
  const degree = kg.degrees(), bare = kg.relationsFiltered();
  return kg.nodes.id.filter((n) => kg.nodeAllowed(n) && (degree[n] > 0 || !bare) && kinds.includes(kg.kindOf(n)));
};

/* Columns and, for each node, a row of cells: texts, numbers or lists of nodes. */
kg.TABLES = {
  officials: () => ({
    columns: ["name", "post", "place", "last_seen", "degree", "documents"],
    rows: kg.ofKind("official", "person").map((n) => {
      const day = (e) => kg.rest.days[kg.edges.since[e]];
      const posts = kg.passing(n, ["holds_post"], true).sort((a, b) => (day(a) < day(b) ? -1 : day(a) > day(b) ? 1 : a - b));
      const titles = posts.map((e) => kg.edges.more[e].titles ?? kg.edges.more[e].title).filter(Boolean).join("|") || kg.nodes.more[n].title || "";
      return [kg.names([n]), kg.sayValue("titles", titles), posts.length ? kg.names(posts.map((e) => kg.edges.to[e])) : kg.nodes.more[n].region ?? "",
        kg.nodes.more[n].last_seen ?? "", kg.around[n].length, kg.nodes.documents[n].length];
    }),
  }),
  enterprises: () => ({
    columns: ["name", "place", "project", "amount", "degree", "documents"],
    rows: kg.ofKind("enterprise").map((n) => {
      const work = kg.passing(n, ["invests_in", "undertakes"], true);
      const amount = Math.max(0, ...work.map((e) => Number(kg.edges.more[e].amount ?? 0)));
      return [kg.names([n]), kg.placeOf(n), kg.names(work.map((e) => kg.edges.to[e])), amount, kg.around[n].length, kg.nodes.documents[n].length];
    }),
  }),
  events: () => ({
    columns: ["date", "event", "kind", "place", "participants", "documents"],
    rows: kg.ofKind("event").map((n) => [
      kg.nodes.more[n].start_date ?? "", kg.names([n]), kg.nodes.more[n].kind ? kg.sayValue("kind", kg.nodes.more[n].kind) : "",
      kg.names(kg.passing(n, ["located_in"], true).map((e) => kg.edges.to[e])),
      kg.names(kg.passing(n, ["attended"], false).map((e) => kg.edges.from[e])), kg.nodes.documents[n].length]),
  }),
};

kg.textOf = (cell) => (Array.isArray(cell) ? cell.map((c) => c.text).join("、") : String(cell));
kg.order = (a, b) => (typeof a === "number" ? a - b : Array.isArray(a) && a.length !== b.length && !(a.length && b.length) ? a.length - b.length
  : kg.textOf(a).localeCompare(kg.textOf(b), "zh-CN"));

kg.openTable = (name) => {
  kg.table = name !== null && (name === "matrix" || Object.hasOwn(kg.TABLES, name)) ? name : null;
  const box = document.getElementById("tables"), changed = box.hidden !== (kg.table === null);
  const holder = document.getElementById("network"), at = kg.network.getViewPosition(), scale = kg.network.getScale();
  box.hidden = kg.table === null;
  if (changed) {
    kg.network.setSize(`${holder.clientWidth}px`, `${holder.clientHeight}px`);
    kg.network.setSize("100%", "100%");
    kg.network.redraw();
    kg.network.moveTo({ position: at, scale, animation: false });
  }
  document.getElementById("tables-button").setAttribute("aria-expanded", String(kg.table !== null));
  for (const tab of document.querySelectorAll("#tables [role=tab]")) {
    const on = tab.dataset.table === kg.table;
    tab.setAttribute("aria-selected", String(on));
    tab.tabIndex = on ? 0 : -1;
    if (on) document.getElementById("table-body").setAttribute("aria-labelledby", tab.id);
  }
  kg.sorting = { column: 0, down: name === "events" };
  kg.refreshTable();
  kg.remember();
};

kg.refreshTable = () => {
  const body = document.getElementById("table-body"), wanted = kg.plain(document.getElementById("table-filter").value.trim());
  if (kg.table === null) return body.replaceChildren();
  document.getElementById("matrix-level").parentElement.hidden = kg.table !== "matrix";
  if (kg.table === "matrix") return kg.drawMatrix(body, wanted);
  const { columns, rows } = kg.TABLES[kg.table](), { column, down } = kg.sorting;
  const found = rows.filter((row) => !wanted || row.some((cell) => kg.plain(kg.textOf(cell)).includes(wanted)));
  found.sort((a, b) => (down ? -1 : 1) * kg.order(a[column], b[column]) || kg.order(a[0], b[0]));
  document.getElementById("table-count").textContent = kg.say("table_rows", { count: found.length });
  const head = kg.make("tr", {}, ...columns.map((name, i) => kg.header(kg.say(name), i)));
  const lines = kg.make("tbody"), more = kg.make("button", { type: "button", on: { click: () => add() } });
  let shown = 0;
  const add = () => {
    for (const row of found.slice(shown, shown + kg.ROWS)) lines.append(kg.make("tr", {}, ...row.map((cell, i) => kg.cell(cell, columns[i]))));
    shown += kg.ROWS;
    more.hidden = shown >= found.length;
    more.textContent = `${kg.say("more")} (${found.length - shown})`;
  };
  add();
  return body.replaceChildren(kg.make("table", {}, kg.make("thead", {}, head), lines), more);
};

kg.header = (text, i) => {
  const { column, down } = kg.sorting, on = column === i;
  const button = kg.make("button", { type: "button", text: text + (on ? (down ? " ▼" : " ▲") : ""), on: { click: () => {
    kg.sorting = { column: i, down: on ? !down : false };
    kg.refreshTable();
    document.querySelectorAll("#table-body th button")[i]?.focus();
  } } });
  return kg.make("th", { scope: "col", "aria-sort": on ? (down ? "descending" : "ascending") : "none" }, button);
};

kg.cell = (cell, name) => {
  if (typeof cell === "number") return kg.make("td", { class: "number", text: name === "amount" ? (cell ? kg.money(cell) : "") : String(cell) });
  if (!Array.isArray(cell)) return kg.make("td", {}, kg.make("bdi", { text: kg.cut(cell, 120) }));
  const links = cell.slice(0, 12).map(({ node, text }) => kg.make("button", { type: "button", class: "other", on: { click: () => kg.goTo(node) } }, kg.make("bdi", { text: kg.cut(text, 40) })));
  const rest = cell.length > 12 ? ` +${cell.length - 12}` : "";
  return kg.make("td", {}, ...links.flatMap((link, i) => (i ? ["、", link] : [link])), rest);
};

kg.startTables = () => {
  const on = (id, event, what) => document.getElementById(id).addEventListener(event, what);
  on("tables-button", "click", () => kg.openTable(kg.table === null ? "matrix" : null));
  on("tables-close", "click", () => { kg.openTable(null); document.getElementById("tables-button").focus(); });
  on("table-filter", "input", kg.refreshTable);
  on("matrix-level", "change", kg.refreshTable);
  const tabs = [...document.querySelectorAll("#tables [role=tab]")];
  tabs.forEach((tab, i) => {
    tab.addEventListener("click", () => kg.openTable(tab.dataset.table));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = tabs[(i + step + tabs.length) % tabs.length];
      kg.openTable(next.dataset.table);
      next.focus();
    });
  });
};
