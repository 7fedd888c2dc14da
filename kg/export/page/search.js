/* Search as you type over labels and aliases of the whole graph. */
kg.RESULTS = 30;

kg.find = (words) => {
  const wanted = words.trim().toLowerCase();
  if (!wanted) return [];
  const found = [];
  for (let n = 0; n < kg.count; n++) {
    let best = kg.match(kg.haystack[n][0], wanted);
    for (let i = 1; i < kg.haystack[n].length; i++) best = Math.max(best, kg.match(kg.haystack[n][i], wanted) - 0.5);
    if (best > 0) found.push([best, n]);
  }
  return found.sort((a, b) => b[0] - a[0] || kg.around[b[1]].length - kg.around[a[1]].length || a[1] - b[1]).map((f) => f[1]);
};
kg.match = (text, wanted) => (text === wanted ? 3 : text.startsWith(wanted) ? 2 : text.includes(wanted) ? 1 : 0);

kg.startSearch = () => {
  kg.haystack = kg.nodes.label.map((label, n) => [label, ...kg.nodes.aliases[n]].map((t) => t.toLowerCase()));
  const input = document.getElementById("search"), list = document.getElementById("results");
  let hits = [], at = -1;
  const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const open = (node) => { close(); input.value = kg.cut(kg.nodes.label[node], 40); kg.goTo(node); };
  const mark = (next) => {
    at = next;
    [...list.querySelectorAll("[role=option]")].forEach((row, i) => {
      row.setAttribute("aria-selected", String(i === at));
      if (i === at) { row.scrollIntoView({ block: "nearest" }); input.setAttribute("aria-activedescendant", row.id); }
    });
  };
  const update = () => {
    hits = kg.find(input.value);
    if (!input.value.trim()) return close();
    const rows = hits.slice(0, kg.RESULTS).map((node, i) => {
      const more = kg.nodes.more[node];
      const hint = [more.title, more.region ?? more.path, kg.nodes.aliases[node].slice(0, 3).join("、")].filter(Boolean).join(" · ");
      return kg.make("li", { role: "option", id: `hit-${i}`, "aria-selected": "false", on: { mousedown: (e) => { e.preventDefault(); open(node); } } },
        kg.sign(kg.nodes.group[node]), kg.make("bdi", { class: "name", text: kg.cut(kg.nodes.label[node], 40) }),
        kg.make("bdi", { class: "hint", text: kg.cut(hint, 60) }));
    });
    const note = hits.length ? (hits.length > kg.RESULTS ? kg.say("hits", { count: hits.length }) : "") : kg.say("none");
    if (note) rows.push(kg.make("li", { class: "note", role: "presentation", text: note }));
    list.replaceChildren(...rows);
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark(hits.length ? 0 : -1);
    return undefined;
  };
  input.addEventListener("input", update);
  input.addEventListener("focus", update);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const shown = Math.min(hits.length, kg.RESULTS);
    if (event.key === "ArrowDown" && shown) mark((at + 1) % shown);
    else if (event.key === "ArrowUp" && shown) mark((at + shown - 1) % shown);
    else if (event.key === "Enter" && at >= 0 && !list.hidden) open(hits[at]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
};

/* Show a node wherever it is: filters that hide it give way. */
kg.goTo = (node) => {
  if (!kg.nodeAllowed(node)) {
    kg.offCategories.delete(kg.nodes.group[node]);
    kg.startFilters();
  }
  kg.choose(node);
  if (kg.network.getScale() < 0.4) kg.network.moveTo({ position: kg.places.get(node), scale: 0.7, animation: false });
  document.getElementById("panel").focus({ preventScroll: true });
};
