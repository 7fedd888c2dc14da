// Opens files with the importers of Gephi Lite and prints what they hold, one line of JSON a file:
// node graphology.js FOLDER_OF_NODE_MODULES FILE...
const fs = require('fs');
const path = require('path');
const [modules, ...files] = process.argv.slice(2);
const load = (name) => require(path.resolve(modules, name));
const Graph = load('graphology');
const parsers = { '.graphml': load('graphology-graphml'), '.gexf': load('graphology-gexf') };
const options = { allowUndeclaredAttributes: true, addMissingNodes: true };

for (const file of files) {
  const graph = parsers[path.extname(file)].parse(Graph, fs.readFileSync(file, 'utf-8'), options);
  const nodes = {};
  const edges = {};
  graph.forEachNode((id, attributes) => { nodes[id] = attributes; });
  graph.forEachEdge((id, attributes, source, target, _s, _t, undirected) => {
    edges[id] = { source, target, directed: !undirected, attributes };
  });
  process.stdout.write(JSON.stringify({ type: graph.type, multi: graph.multi, nodes, edges }) + '\n');
}
