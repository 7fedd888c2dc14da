/* Everything by keyboard: walking from node to node in the picture, and the keys that work anywhere. */
kg.walkTo = (dx, dy) => {
  const from = kg.places.get(kg.cursor() ?? -1) ?? kg.network.getViewPosition();
  let best = null, least = Infinity;
  for (const [n, p] of kg.places) {
    const x = p.x - from.x, y = p.y - from.y, along = x * dx + y * dy, aside = Math.abs(x * dy) + Math.abs(y * dx);
    if (along <= 0.5 || along + 2 * aside >= least) continue;
    [best, least] = [n, along + 2 * aside];
  }
  if (best !== null) kg.pointAt(best);
};

/* The node that the keyboard is on: marked in the picture and read out. */
kg.cursor = () => (kg.chosen !== null && kg.visible.has(kg.chosen) ? kg.chosen : kg.hovered !== null && kg.visible.has(kg.hovered) ? kg.hovered : null);
kg.pointAt = (n) => {
  if (document.getElementById("panel").hidden) {
    [kg.chosen, kg.chosenEdge, kg.trail] = [n, null, null];
    kg.restyle();
    kg.centre(n);
  } else kg.choose(n);
  kg.note(`${kg.cut(kg.nodes.label[n], 60)} · ${kg.hint(n)} · ${kg.say("degree")} ${kg.around[n].length}`);
};

kg.startKeys = () => {
  const holder = document.getElementById("network"), arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  holder.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const n = kg.cursor(), arrow = arrows[event.key];
    if (arrow && event.shiftKey) {
      const { x, y } = kg.network.getViewPosition(), step = 80 / kg.network.getScale();
      kg.network.moveTo({ position: { x: x + arrow[0] * step, y: y + arrow[1] * step }, animation: false });
      kg.rememberView();
    } else if (arrow) kg.walkTo(...arrow);
    else if (event.key === "Enter" && n !== null) { kg.choose(n); document.getElementById("panel").focus({ preventScroll: true }); }
    else if (event.key === "+" || event.key === "=") kg.zoom(1.3);
    else if (event.key === "-") kg.zoom(1 / 1.3);
    else if (event.key === "0") kg.fit();
    else if (event.key === "e" && n !== null) kg.expand(n);
    else if (event.key === "f" && n !== null) kg.fold(n);
    else if (event.key === "p" && n !== null) kg.togglePin(n);
    else if (event.key === "h" && n !== null) kg.hide(n);
    else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, select, textarea");
    if (event.key === "Escape") return kg.escape();
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return undefined;
    if (event.key === "/") { event.preventDefault(); document.getElementById("search").focus(); }
    if (event.key === "?") kg.showHelp();
    if (event.key === "[") window.history.back();
    if (event.key === "]") window.history.forward();
    return undefined;
  });
  const help = document.getElementById("help");
  document.getElementById("help-button").addEventListener("click", kg.showHelp);
  document.getElementById("help-close").addEventListener("click", () => help.close());
  document.addEventListener("click", (event) => { if (!event.target.closest?.(".menu")) kg.closeMenus(); });
};

kg.closeMenus = () => { for (const menu of document.querySelectorAll("details.menu[open]")) menu.open = false; };

kg.escape = () => {
  const menu = document.querySelector("details.menu[open]");
  if (menu) { menu.open = false; return menu.querySelector("summary").focus(); }
  if (document.getElementById("help").open || document.getElementById("panel").hidden) return undefined;
  kg.choose(null);
  return document.getElementById("network").focus();
};

kg.showHelp = () => {
  const rows = [
    ["/", "key_search"], ["key_arrows", "key_walk"], ["key_shift_arrows", "key_pan"], ["key_enter", "key_open"], ["+ − 0", "key_zoom"], ["e", "key_expand"],
    ["f", "key_fold"], ["p", "key_pin"], ["h", "key_hide"], ["[ ]", "key_history"], ["Esc", "key_close"], ["key_shift_click", "key_path"],
  ];
  document.getElementById("help-list").replaceChildren(...rows.flatMap(([key, what]) => [kg.make("dt", { text: kg.say(key) }), kg.make("dd", { text: kg.say(what) })]));
  document.getElementById("help").showModal();
};
