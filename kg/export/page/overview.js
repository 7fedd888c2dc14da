/* All nodes as points on a small canvas; what is in the picture stands out; a click looks there. */
kg.startOverview = () => {
  const holder = document.getElementById("overview");
  holder.hidden = kg.count <= kg.LIMIT;
  if (holder.hidden) return;
  const canvas = document.getElementById("map"), xs = kg.nodes.x, ys = kg.nodes.y;
  const edge = (values, part) => [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * part)];
  const [left, right, top, bottom] = [edge(xs, 0), edge(xs, 1), edge(ys, 0), edge(ys, 1)];
  const scale = Math.min((canvas.width - 8) / (right - left || 1), (canvas.height - 8) / (bottom - top || 1));
  const dx = (canvas.width - (right - left) * scale) / 2, dy = (canvas.height - (bottom - top) * scale) / 2;
  kg.map = {
    canvas, to: (n) => [(xs[n] - left) * scale + dx, (ys[n] - top) * scale + dy],
    from: (x, y) => [(x - dx) / scale + left, (y - dy) / scale + top],
  };
  canvas.addEventListener("click", (event) => {
    const box = canvas.getBoundingClientRect();
    const [x, y] = kg.map.from(event.clientX - box.left, event.clientY - box.top);
    kg.choose(null);
    kg.show({ name: "place", x, y });
  });
};

kg.drawOverview = () => {
  if (!kg.map) return;
  const { canvas, to } = kg.map, context = canvas.getContext("2d");
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.globalAlpha = 0.35;
  for (let n = 0; n < kg.count; n++) {
    if (!kg.nodeAllowed(n)) continue;
    const [x, y] = to(n);
    context.fillStyle = kg.colorOf(n);
    context.fillRect(x - 0.5, y - 0.5, 1.2, 1.2);
  }
  context.globalAlpha = 1;
  for (const n of kg.visible) {
    const [x, y] = to(n);
    context.fillStyle = kg.colorOf(n);
    context.fillRect(x - 1.5, y - 1.5, 3, 3);
  }
};
