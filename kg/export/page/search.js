/* Search as you type over labels and aliases of the whole graph: simplified, traditional, or by initials of the reading. */
kg.RESULTS = 30;

/* Traditional characters become the simplified ones that the graph's names are made of. */
kg.plain = (text) => {
  if (!kg.simple) {
    kg.simple = new Map();
    for (const [simple, olds] of Object.entries(kg.rest.variants)) for (const old of olds) kg.simple.set(old, simple);
  }
  let found = "";
  for (const c of text.toLowerCase()) found += kg.simple.get(c) ?? c;
  return found;
};

kg.lettersOf = (character) => {
  if (!kg.letters) {
    kg.letters = new Map();
    for (const [letter, characters] of Object.entries(kg.rest.initials)) {
      for (const c of characters) kg.letters.set(c, (kg.letters.get(c) ?? "") + letter);
    }
  }
  return kg.letters.get(character) ?? character;
};

kg.prepareSearch = () => {
  kg.haystack ??= kg.nodes.label.map((label, n) => [...new Set([label, ...kg.nodes.aliases[n]].map((t) => kg.plain(t.slice(0, 200))))]);
};

kg.find = (words) => {
  const wanted = kg.plain(words.trim());
  if (!wanted) return [];
  kg.prepareSearch();
  const spelled = /^[a-z]+$/.test(wanted), found = [];
  for (let n = 0; n < kg.count; n++) {
    let best = 0;
    for (let i = 0; i < kg.haystack[n].length; i++) {
      const text = kg.haystack[n][i], hit = kg.match(text, wanted) || (spelled ? kg.matchInitials(text, wanted) : 0);
      best = Math.max(best, hit - (i ? 0.5 : 0));
    }
    if (best > 0) found.push([best, n]);
  }
  return found.sort((a, b) => b[0] - a[0] || kg.around[b[1]].length - kg.around[a[1]].length || a[1] - b[1]).map((f) => f[1]);
};
kg.match = (text, wanted) => (text === wanted ? 6 : text.startsWith(wanted) ? 4 : text.includes(wanted) ? 2 : 0);

/* Whole, at the beginning, or from two letters on anywhere. */
kg.matchInitials = (text, wanted) => {
  const last = text.length - wanted.length, from = wanted.length > 1 ? last : Math.min(0, last);
  for (let start = 0; start <= from; start++) {
    let i = 0;
    while (i < wanted.length && kg.lettersOf(text[start + i]).includes(wanted[i])) i++;
    if (i === wanted.length) return start ? 1 : last ? 3 : 5;
  }
  return 0;
};

/* What a hit is: its category, its post or region, other names. */
kg.hint = (n) => {
  const more = kg.nodes.more[n], place = more.region ?? kg.placeOf(n);
  const names = kg.nodes.aliases[n].slice(0, 3).join("、");
  return [kg.sayKind(n), more.title, kg.kindOf(n) === "region" ? more.path ?? place : place, names].filter(Boolean).join(" · ");
};

kg.startSearch = () => {
  const input = document.getElementById("search"), list = document.getElementById("results");
  let hits = [], at = -1;
  const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const open = (node) => { close(); input.value = kg.cut(kg.nodes.label[node], 40); kg.goTo(node); };
  const mark = (next) => {
    at = next;
    input.removeAttribute("aria-activedescendant");
    [...list.querySelectorAll("[role=option]")].forEach((row, i) => {
      row.setAttribute("aria-selected", String(i === at));
      if (i === at) { row.scrollIntoView({ block: "nearest" }); input.setAttribute("aria-activedescendant", row.id); }
    });
  };
  const update = () => {
    hits = kg.find(input.value);
    if (!input.value.trim()) return close();
    const rows = hits.slice(0, kg.RESULTS).map((node, i) => kg.make("li", {
      role: "option", id: `hit-${i}`, "aria-selected": "false", on: { mousedown: (e) => { e.preventDefault(); open(node); } },
    }, kg.sign(kg.nodes.group[node]), kg.make("bdi", { class: "name", text: kg.cut(kg.nodes.label[node], 40) }),
    kg.make("bdi", { class: "hint", text: kg.cut(kg.hint(node), 60) })));
    list.replaceChildren(...rows);
    const note = hits.length ? (hits.length > kg.RESULTS ? kg.say("hits", { count: hits.length }) : "") : kg.say("none");
    if (note) list.append(kg.make("li", { class: "note", role: "option", "aria-disabled": "true", "aria-selected": "false", text: note }));
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
  kg.admit(node);
  kg.choose(node);
  if (kg.network.getScale() < 0.4) kg.network.moveTo({ position: kg.places.get(node), scale: 0.7, animation: false });
  document.getElementById("panel").focus({ preventScroll: true });
};
