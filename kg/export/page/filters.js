/* Legend and filter in one: each category and relation with its count, switched on and off. */
kg.offCategories = new Set();
kg.offRelations = new Set();
kg.nodeAllowed = (n) => !kg.offCategories.has(kg.nodes.group[n]);
kg.edgeAllowed = (e) => !kg.offRelations.has(kg.edges.relation[e])
  && kg.nodeAllowed(kg.edges.from[e]) && kg.nodeAllowed(kg.edges.to[e]);
kg.relationsFiltered = () => kg.offRelations.size > 0;

kg.startFilters = () => {
  kg.fillFilter("categories", kg.rest.categories, kg.nodes.group, kg.sayCategory, kg.offCategories, true);
  kg.fillFilter("relations", kg.rest.relations, kg.edges.relation, kg.sayRelation, kg.offRelations, false);
};

kg.fillFilter = (id, words, column, say, off, signed) => {
  const counts = words.map(() => 0);
  for (const i of column) counts[i]++;
  const rows = words.map((_, i) => {
    if (!counts[i]) return null;
    const input = kg.make("input", { type: "checkbox", "data-filter": `${id}:${words[i][0]}`, on: { change: () => {
      if (input.checked) off.delete(i); else off.add(i);
      kg.refilter();
    } } });
    input.checked = !off.has(i);
    const count = kg.make("span", { class: "count", text: String(counts[i]) });
    return kg.make("li", {}, kg.make("label", {}, input, signed ? kg.sign(i) : null, kg.make("span", { text: say(i) }), count));
  });
  document.getElementById(id).replaceChildren(...rows.filter(Boolean));
};

kg.refilter = () => {
  const mode = kg.mode.name === "around" && !kg.nodeAllowed(kg.mode.node) ? { name: "core" } : kg.mode;
  const chosen = kg.chosen;
  kg.show(mode);
  if (chosen !== null && kg.chosen === null) kg.closePanel();
  kg.restyle();
};

kg.resetFilters = () => {
  kg.offCategories.clear();
  kg.offRelations.clear();
  kg.startFilters();
  kg.refilter();
};
