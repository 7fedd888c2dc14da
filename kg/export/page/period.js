/* The period: two handles on one line of time, above it how many relations each step holds. */
kg.startPeriod = () => {
  const last = kg.bins.labels.length - 1;
  document.getElementById("period-box").hidden = last < 1;
  for (const id of ["from", "to"]) {
    const input = document.getElementById(id);
    input.max = String(last);
    input.value = String(kg.filter[id]);
  }
  kg.showPeriod();
};

/* A handle was moved; it can't pass the other. */
kg.slide = (id) => {
  const value = Number(document.getElementById(id).value), f = kg.filter;
  if (id === "from") f.from = Math.min(value, f.to); else f.to = Math.max(value, f.from);
  document.getElementById(id).value = String(f[id]);
  kg.showPeriod();
  kg.refilterSoon();
};

kg.showPeriod = () => {
  const { from, to } = kg.filter, { labels } = kg.bins;
  document.getElementById("period-value").textContent = from === to ? labels[from] : `${labels[from]} – ${labels[to]}`;
  for (const id of ["from", "to"]) document.getElementById(id).setAttribute("aria-valuetext", labels[kg.filter[id]]);
  // with both at the right end the left handle must lie on top, or neither could be moved
  document.getElementById("from").classList.toggle("above", from > (labels.length - 1) / 2);
};

kg.drawBars = (counts) => {
  const canvas = document.getElementById("bars"), context = canvas.getContext("2d"), n = counts.length;
  const style = getComputedStyle(document.documentElement), most = Math.max(1, ...counts), wide = canvas.width / n;
  context.clearRect(0, 0, canvas.width, canvas.height);
  counts.forEach((count, i) => {
    const high = count ? Math.max(2, (canvas.height - 2) * Math.sqrt(count / most)) : 0;
    context.fillStyle = style.getPropertyValue(i >= kg.filter.from && i <= kg.filter.to ? "--accent" : "--line").trim();
    context.fillRect(i * wide, canvas.height - high, Math.max(1, wide - (wide > 4 ? 1 : 0)), high);
  });
};
