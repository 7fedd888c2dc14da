/* The picture as SVG: everything in view mode, with labels, legend and a line that says what it is. PNG is drawn from it. */
kg.SVG = "http://www.w3.org/2000/svg";
kg.draw = (tag, attributes, text) => {
  const element = document.createElementNS(kg.SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  if (text !== undefined) element.textContent = text;
  return element;
};
kg.WIDEST = 2600;

kg.frame = (widest) => {
  const xs = [], ys = [];
  for (const p of kg.places.values()) { xs.push(p.x); ys.push(p.y); }
  if (!xs.length) return { scale: 1, corner: { x: 0, y: 0 }, width: 600, height: 300 };
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = Math.min(1.2, widest / (right - left + 1), widest / (bottom - top + 1)), margin = { x: 110, y: 60 };
  return {
    scale, corner: { x: left - margin.x / scale, y: top - margin.y / scale },
    width: Math.max(480, Math.round((right - left) * scale + 2 * margin.x)), height: Math.max(240, Math.round((bottom - top) * scale + 2 * margin.y)),
  };
};

kg.svg = (widest = kg.WIDEST) => {
  const view = kg.frame(widest), font = getComputedStyle(document.body).fontFamily, foot = 58;
  const at = (p) => ({ x: (p.x - view.corner.x) * view.scale, y: (p.y - view.corner.y) * view.scale });
  const svg = kg.draw("svg", { xmlns: kg.SVG, viewBox: `0 0 ${view.width} ${view.height + foot}`, width: view.width, height: view.height + foot, "font-family": font });
  svg.append(kg.draw("title", {}, kg.say("heading")), kg.draw("rect", { width: "100%", height: "100%", fill: kg.hue("--ground") }));
  for (const [a, b] of kg.groundLines().map((line) => [at(line[0]), at(line[1])])) {
    svg.append(kg.draw("line", { x1: a.x, y1: a.y, x2: b.x, y2: b.y, stroke: kg.hue("--line"), "stroke-width": 1 }));
  }
  const bends = kg.bends(kg.links), lines = kg.draw("g", { fill: "none" });
  for (const e of kg.links) lines.append(...kg.svgEdge(e, bends.get(e), at, view.scale));
  const dots = kg.draw("g", {});
  for (const n of kg.visible) {
    const { x, y } = at(kg.places.get(n)), r = kg.radius(n) * view.scale, color = kg.colorOf(n);
    const dot = kg.draw("path", {
      d: kg.outlines[kg.shape(kg.nodes.group[n])], transform: `translate(${(x - (r * 8) / 6).toFixed(1)} ${(y - (r * 8) / 6).toFixed(1)}) scale(${(r / 6).toFixed(3)})`,
      fill: color, "fill-opacity": kg.dim(n) ? 0.22 : 1,
    });
    dot.append(kg.draw("title", {}, kg.cut(kg.nodes.label[n], 200)));
    dots.append(dot);
  }
  const labels = kg.draw("g", { "text-anchor": "middle", "paint-order": "stroke", stroke: kg.hue("--ground"), "stroke-width": 3, "stroke-linejoin": "round" });
  for (const label of kg.planLabels(view)) {
    labels.append(kg.draw("text", {
      x: (label.left + label.width / 2).toFixed(1), y: (label.top + label.height / 2 + label.size * 0.35).toFixed(1), "font-size": label.size, "font-weight": label.weight,
      fill: kg.hue(label.color), opacity: label.alpha,
    }, label.text));
  }
  svg.append(lines, dots, labels, kg.svgFoot(view, foot));
  return svg;
};

/* A line, bent where others run between the same nodes, and its arrow. */
kg.svgEdge = (e, bend, at, scale) => {
  const a = at(kg.places.get(kg.edges.from[e])), b = at(kg.places.get(kg.edges.to[e])), length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const look = kg.edgeLook(e), side = bend ? (bend.clockwise ? -1 : 1) * bend.round * length : 0;
  const mid = { x: (a.x + b.x) / 2 + ((b.y - a.y) / length) * side, y: (a.y + b.y) / 2 - ((b.x - a.x) / length) * side };
  const run = Math.hypot(b.x - mid.x, b.y - mid.y) || 1, reach = kg.radius(kg.edges.to[e]) * scale + 2;
  const [ux, uy] = [(b.x - mid.x) / run, (b.y - mid.y) / run], tip = { x: b.x - ux * reach, y: b.y - uy * reach }, size = 7;
  const base = { x: tip.x - ux * size, y: tip.y - uy * size }, f = (n) => n.toFixed(1);
  const common = { "stroke-opacity": look.color.opacity, "fill-opacity": look.color.opacity };
  const line = kg.draw("path", {
    d: `M${f(a.x)} ${f(a.y)}Q${f(mid.x)} ${f(mid.y)} ${f(base.x)} ${f(base.y)}`, stroke: look.color.color, "stroke-width": f(Math.max(0.7, look.width * scale)), ...common,
  });
  if (look.dashes) line.setAttribute("stroke-dasharray", "6 5");
  const arrow = kg.draw("path", {
    d: `M${f(tip.x)} ${f(tip.y)}L${f(base.x - uy * size * 0.45)} ${f(base.y + ux * size * 0.45)}L${f(base.x + uy * size * 0.45)} ${f(base.y - ux * size * 0.45)}Z`,
    fill: look.color.color, ...common,
  });
  return [line, arrow];
};

/* Legend and what the picture is of. */
kg.svgFoot = (view, foot) => {
  const group = kg.draw("g", { "font-size": 13, fill: kg.hue("--label") });
  const used = kg.rest.categories.map((_, i) => i).filter((i) => [...kg.visible].some((n) => kg.nodes.group[n] === i));
  let x = 20;
  for (const i of used) {
    const fill = kg.paintBy === "community" ? kg.OTHER : kg.color(i), word = kg.sayCategory(i);
    group.append(kg.draw("path", { d: kg.outlines[kg.shape(i)], transform: `translate(${x} ${view.height + 6})`, fill }), kg.draw("text", { x: x + 20, y: view.height + 19 }, word));
    x += 34 + kg.sprite(word, 13, 400, "--label").width;
  }
  const words = kg.say("made", { documents: kg.rest.documents.length, period: kg.period(), shown: kg.visible.size, all: kg.count, edges: kg.links.length });
  group.append(kg.draw("text", { x: 20, y: view.height + foot - 14, fill: kg.hue("--soft"), "font-size": 12 }, words));
  return group;
};

kg.svgText = () => new XMLSerializer().serializeToString(kg.svg());

/* Twice as fine as a screen, as far as a canvas reaches. */
kg.png = () => new Promise((done, failed) => {
  const svg = kg.svg(), wide = Number(svg.getAttribute("width")), high = Number(svg.getAttribute("height"));
  const times = Math.min(2, 8000 / Math.max(wide, high)), image = new Image(), canvas = document.createElement("canvas");
  const address = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml" }));
  [canvas.width, canvas.height] = [Math.round(wide * times), Math.round(high * times)];
  image.onload = () => {
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(address);
    canvas.toBlob(done, "image/png");
  };
  image.onerror = failed;
  image.src = address;
});

/* On paper: the picture as lines, not as dots of a screen, with letters of a size to read, and nothing of it faint. */
kg.startPrint = () => {
  const holder = document.getElementById("printed");
  window.addEventListener("beforeprint", () => {
    const root = document.documentElement.dataset, { theme } = root;
    const forget = () => { kg.hues.clear(); kg.sprites.clear(); };
    root.theme = "light";  // paper is white
    kg.plainly = true;
    forget();
    holder.replaceChildren(kg.svg(1100));
    root.theme = theme;
    kg.plainly = false;
    forget();
  });
  window.addEventListener("afterprint", () => holder.replaceChildren());
};
