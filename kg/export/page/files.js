/* What is in the picture as files: GraphML with the names that the program itself writes, and two tables. */
kg.save = (name, type, content) => {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const link = kg.make("a", { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  kg.note(kg.say("saved", { name }));
};

kg.documentsOf = (numbers) => numbers.map((d) => kg.rest.documents[d][0].replaceAll("|", "/")).join("|");

kg.nodeRow = (n) => {
  const { nodes } = kg, place = kg.places.get(n);
  return {
    label: nodes.label[n], category: kg.kindOf(n), category_zh: kg.rest.categories[nodes.group[n]][1], aliases: nodes.aliases[n].join("|"),
    documents: kg.documentsOf(nodes.documents[n]), ...nodes.more[n], degree: kg.around[n].length, x: place.x, y: place.y, size: nodes.size[n], color: kg.colorOf(n),
  };
};
kg.edgeRow = (e) => {
  const said = kg.said(e).map((row) => kg.sentence(row[0])[1].replaceAll("|", "/"));
  return {
    relation: kg.relationOf(e), relation_zh: kg.rest.relations[kg.edges.relation[e]][1], ...kg.moreOf(e), documents: kg.documentsOf(kg.edges.documents[e]),
    evidence: said.join("|"), weight: kg.edges.value[e],
  };
};

/* Characters that XML can't hold are left out. */
kg.xml = (value) => Array.from(String(value)).filter((c) => /[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(c)).join("")
  .replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);

kg.graphml = () => {
  const nodes = [...kg.visible].sort((a, b) => a - b), rows = { node: nodes.map(kg.nodeRow), edge: kg.links.map(kg.edgeRow) };
  const used = Object.fromEntries(Object.entries(rows).map(([part, list]) => {
    const present = new Set(list.flatMap((row) => Object.keys(row)));
    return [part, Object.keys(kg.rest.types[part]).filter((name) => present.has(name))];
  }));
  const data = (part, row) => used[part].filter((name) => row[name] !== undefined && row[name] !== "")
    .map((name) => `<data key="${part[0]}_${name}">${kg.xml(row[name])}</data>`).join("");
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'];
  for (const part of ["node", "edge"]) {
    for (const name of used[part]) lines.push(`<key id="${part[0]}_${name}" for="${part}" attr.name="${name}" attr.type="${kg.rest.types[part][name]}"/>`);
  }
  lines.push('<graph id="kg" edgedefault="directed">');
  nodes.forEach((n, i) => lines.push(`<node id="n${n}">${data("node", rows.node[i])}</node>`));
  kg.links.forEach((e, i) => {
    const row = rows.edge[i];
    lines.push(`<edge id="e${e}" source="n${kg.edges.from[e]}" target="n${kg.edges.to[e]}" label="${kg.xml(row.relation_zh)}">${data("edge", row)}</edge>`);
  });
  return `${[...lines, "</graph>", "</graphml>"].join("\n")}\n`;
};

/* A cell that a spreadsheet would take for a formula gets an apostrophe before it; the mark at the head makes Excel read UTF-8. */
kg.csvCell = (value) => {
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
kg.csv = (part, keys, rows) => {
  const present = new Set(rows.flatMap((row) => Object.keys(row)));
  const names = [...keys, ...Object.keys(kg.rest.types[part]).filter((name) => present.has(name))];
  return `\ufeff${[names, ...rows.map((row) => names.map((name) => row[name]))].map((row) => row.map(kg.csvCell).join(",")).join("\r\n")}\r\n`;
};
kg.nodesCsv = () => kg.csv("node", ["Id"], [...kg.visible].sort((a, b) => a - b).map((n) => ({ Id: kg.nodes.key[n], ...kg.nodeRow(n) })));
kg.edgesCsv = () => kg.csv("edge", ["Source", "Target", "source_label", "target_label"], kg.links.map((e) => {
  const [a, b] = [kg.edges.from[e], kg.edges.to[e]];
  return { Source: kg.nodes.key[a], Target: kg.nodes.key[b], source_label: kg.nodes.label[a], target_label: kg.nodes.label[b], ...kg.edgeRow(e) };
}));

kg.copyLink = async () => {
  const words = kg.state();
  words.set("view", kg.viewWords());
  kg.write("replaceState", String(words));
  try {
    await navigator.clipboard.writeText(window.location.href);
    kg.note(kg.say("copied"));
  } catch {
    kg.note(kg.say("link_here"));
  }
};

kg.startFiles = () => {
  const kinds = {
    png: async () => kg.save("kg.png", "image/png", await kg.png()), svg: () => kg.save("kg.svg", "image/svg+xml", kg.svgText()),
    graphml: () => kg.save("kg.graphml", "application/xml", kg.graphml()), nodes: () => kg.save("kg-nodes.csv", "text/csv", kg.nodesCsv()),
    edges: () => kg.save("kg-edges.csv", "text/csv", kg.edgesCsv()), link: kg.copyLink, print: () => window.print(),
  };
  for (const [kind, what] of Object.entries(kinds)) {
    document.getElementById(`save-${kind}`).addEventListener("click", () => { kg.closeMenus(); what(); });
  }
};
