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
};

kg.setTheme = (dark) => {
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  kg.sprites.clear();
  if (kg.network) kg.restyle();
};

kg.start = () => {
  kg.load();
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  kg.setTheme(dark.matches);
  dark.addEventListener("change", (event) => kg.setTheme(event.matches));
  if (window.innerWidth <= 900) document.getElementById("filter-box").open = false;
  kg.translate();
  kg.startFilters();
  kg.startSearch();
  kg.startOverview();
  kg.startView();
  kg.show({ name: "core" });
  const on = (id, what) => document.getElementById(id).addEventListener("click", what);
  on("close", () => kg.choose(null));
  on("home", () => { kg.choose(null); kg.show({ name: "core" }); });
  on("fit", kg.fit);
  on("closer", () => kg.zoom(1.3));
  on("farther", () => kg.zoom(1 / 1.3));
  on("reset", kg.resetFilters);
  on("theme", () => kg.setTheme(document.documentElement.dataset.theme !== "dark"));
  on("language", () => {
    kg.language = kg.language === "zh" ? "en" : "zh";
    kg.translate();
    kg.startFilters();
    kg.restyle();
    kg.report();
    if (!document.getElementById("panel").hidden && kg.openedWith) kg.openedWith();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement.id !== "search") {
      event.preventDefault();
      document.getElementById("search").focus();
    } else if (event.key === "Escape" && !document.getElementById("panel").hidden) {
      kg.choose(null);
      document.getElementById("network").focus();
    }
  });
  document.documentElement.dataset.ready = "true";
};
kg.start();
