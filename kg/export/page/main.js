/* Everything wired together. */
kg.translate = () => {
  document.documentElement.lang = kg.language === "zh" ? "zh-CN" : "en";
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = kg.say(element.dataset.word);
  for (const [data, attribute] of [["aria", "aria-label"], ["title", "title"], ["placeholder", "placeholder"]]) {
    for (const element of document.querySelectorAll(`[data-${data}]`)) element.setAttribute(attribute, kg.say(element.dataset[data]));
  }
  const button = document.getElementById("language");
  button.textContent = kg.language === "zh" ? "English" : "中文";
  button.lang = kg.language === "zh" ? "en" : "zh-CN";
  document.title = `${kg.say("heading")} · kg`;
  document.getElementById("summary").textContent = kg.summary();
  kg.showCommunities();
};

kg.setTheme = (dark) => {
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  kg.sprites.clear();
  kg.hues.clear();
  if (!kg.network) return;
  kg.restyle();
  kg.showCounts();
};

/* The largest communities in the legend, each by its best linked member, where colours stand for them. */
kg.showCommunities = () => {
  const box = document.getElementById("community-box");
  box.hidden = kg.paintBy !== "community";
  if (box.hidden) return;
  const heads = new Map(), sizes = new Map();
  for (const n of kg.nodes.id) {
    const c = kg.nodes.community[n];
    if (c < 0) continue;
    sizes.set(c, (sizes.get(c) ?? 0) + 1);
    if (!heads.has(c) || kg.around[n].length > kg.around[heads.get(c)].length) heads.set(c, n);
  }
  const row = (color, text, count) => {
    const sign = kg.sign(0, color);
    sign.firstChild.setAttribute("d", kg.outlines.dot);
    return kg.make("li", {}, kg.make("span", { class: "row" }, sign, kg.make("bdi", { text }), kg.make("span", { class: "count", text: String(count) })));
  };
  const rows = kg.PALETTE.map((color, c) => (heads.has(c)
    ? row(color, kg.say("community_named", { number: c + 1, name: kg.short(heads.get(c)) }), sizes.get(c)) : null)).filter(Boolean);
  const rest = kg.nodes.community.filter((c) => c < 0 || c >= kg.PALETTE.length).length;
  if (rest) rows.push(row(kg.OTHER, kg.say("others"), rest));
  document.getElementById("communities").replaceChildren(...rows);
};

kg.speak = (language) => {
  kg.language = language;
  kg.translate();
  kg.startFilters();
  kg.showStart();
  kg.restyle();
  kg.report();
  kg.refreshTable();
  if (!document.getElementById("panel").hidden && kg.openedWith) kg.openedWith();
  kg.remember();
};

kg.start = () => {
  kg.load();
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  kg.setTheme(dark.matches);
  dark.addEventListener("change", (event) => kg.setTheme(event.matches));
  if (window.innerWidth <= 900) document.getElementById("filter-box").open = false;
  kg.startSieve();
  kg.translate();
  kg.startFilters();
  kg.listenFilters();
  kg.startSearch();
  kg.startOverview();
  kg.startView();
  kg.startTables();
  kg.startFiles();
  kg.startPrint();
  kg.startKeys();
  kg.startState();
  const on = (id, what, event = "click") => document.getElementById(id).addEventListener(event, what);
  on("close", () => kg.choose(null));
  on("home", () => { kg.choose(null); kg.show({ name: "core" }); });
  on("fit", () => kg.fit());
  on("closer", () => kg.zoom(1.3));
  on("farther", () => kg.zoom(1 / 1.3));
  on("theme", () => kg.setTheme(document.documentElement.dataset.theme !== "dark"));
  on("language", () => kg.speak(kg.language === "zh" ? "en" : "zh"));
  on("layout", (event) => kg.setLayout(event.target.value), "change");
  on("size", (event) => { kg.sizeBy = event.target.value; kg.restyle(); kg.remember(); }, "change");
  on("paint", (event) => { kg.paintBy = event.target.value; kg.showCommunities(); kg.startFilters(); kg.restyle(); kg.drawOverview(); kg.remember(); }, "change");
  if (window.location.hash.length > 1) kg.restore(window.location.hash);
  else kg.show({ name: "core" });
  kg.remembered = String(kg.state());
  kg.ready = true;
  document.documentElement.dataset.ready = "true";
};
/* In a frame of its own process (a notebook's) a page begins without any size: the picture waits until there is room. */
kg.begin = () => (window.innerWidth && window.innerHeight ? kg.start() : window.addEventListener("resize", kg.begin, { once: true }));
kg.begin();
