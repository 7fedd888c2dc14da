// Opens files with Gephi's own importers and prints what has arrived in the workspace, one line of JSON a file:
// java -cp gephi-toolkit.jar Gephi.java FILE...
import java.io.File;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gephi.graph.api.Column;
import org.gephi.graph.api.Edge;
import org.gephi.graph.api.Element;
import org.gephi.graph.api.GraphController;
import org.gephi.graph.api.GraphModel;
import org.gephi.graph.api.Interval;
import org.gephi.graph.api.Node;
import org.gephi.graph.api.Table;
import org.gephi.graph.api.types.IntervalSet;
import org.gephi.io.importer.api.Container;
import org.gephi.io.importer.api.EdgeDraft;
import org.gephi.io.importer.api.EdgeMergeStrategy;
import org.gephi.io.importer.api.ImportController;
import org.gephi.io.importer.api.Issue;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.project.api.ProjectController;
import org.gephi.project.api.Workspace;
import org.openide.util.Lookup;

public class Gephi {
    public static void main(String[] files) throws Exception {
        PrintStream out = new PrintStream(System.out, true, "UTF-8");
        System.setOut(System.err); // the importers talk
        ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
        projects.newProject();
        for (String file : files) {
            Workspace workspace = projects.newWorkspace(projects.getCurrentProject());
            projects.openWorkspace(workspace);
            out.println(json(open(new File(file), workspace)));
        }
        out.flush();
        System.exit(0);
    }

    private static Map<String, Object> open(File file, Workspace workspace) throws Exception {
        ImportController importer = Lookup.getDefault().lookup(ImportController.class);
        Container container = importer.importFile(file);
        container.getLoader().setEdgesMergeStrategy(EdgeMergeStrategy.NO_MERGE); // as docs/gephi.md says
        Map<String, Object> drafts = new LinkedHashMap<>();
        for (EdgeDraft edge : container.getUnloader().getEdges()) {
            drafts.put(edge.getId(), List.of(edge.getSource().getId(), edge.getTarget().getId(), edge.getWeight()));
        }
        List<String> issues = new ArrayList<>();
        for (Iterator<Issue> each = container.getReport().getIssues(10000); each.hasNext();) {
            Issue issue = each.next();
            issues.add(issue.getLevel() + ": " + issue.getMessage());
        }
        importer.process(container, new DefaultProcessor(), workspace);
        GraphModel model = Lookup.getDefault().lookup(GraphController.class).getGraphModel(workspace);
        Map<String, Object> nodes = new LinkedHashMap<>();
        for (Node node : model.getGraph().getNodes().toArray()) {
            Map<String, Object> told = told(node, model.getNodeTable());
            told.put("x", node.x());
            told.put("y", node.y());
            told.put("size", node.size());
            told.put("color", List.of(node.getColor().getRed(), node.getColor().getGreen(), node.getColor().getBlue()));
            nodes.put(String.valueOf(node.getId()), told);
        }
        Map<String, Object> edges = new LinkedHashMap<>();
        for (Edge edge : model.getGraph().getEdges().toArray()) {
            Map<String, Object> told = told(edge, model.getEdgeTable());
            told.put("source", edge.getSource().getId());
            told.put("target", edge.getTarget().getId());
            told.put("directed", edge.isDirected());
            told.put("weight", edge.getWeight());
            told.put("kind", edge.getTypeLabel());
            edges.put(String.valueOf(edge.getId()), told);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("file", file.getName());
        all.put("issues", issues);
        all.put("drafts", drafts);
        all.put("nodes", nodes);
        all.put("edges", edges);
        all.put("node_columns", columns(model.getNodeTable()));
        all.put("edge_columns", columns(model.getEdgeTable()));
        all.put("time_format", String.valueOf(model.getTimeFormat()));
        return all;
    }

    private static Map<String, Object> columns(Table table) {
        Map<String, Object> found = new LinkedHashMap<>();
        for (Column column : table) {
            found.put(column.getTitle(), column.getTypeClass().getSimpleName());
        }
        return found;
    }

    private static Map<String, Object> told(Element element, Table table) {
        Map<String, Object> told = new LinkedHashMap<>();
        Map<String, Object> attributes = new LinkedHashMap<>();
        told.put("label", element.getLabel());
        told.put("attributes", attributes);
        for (Column column : table) {
            Object value = element.getAttribute(column);
            if (value instanceof IntervalSet) {
                List<Object> spans = new ArrayList<>();
                for (Interval interval : ((IntervalSet) value).toArray()) {
                    spans.add(List.of(interval.getLow(), interval.getHigh()));
                }
                told.put("time", spans);
            } else if (value != null && !column.isProperty()) {
                attributes.put(column.getTitle(), value);
            }
        }
        return told;
    }

    private static String json(Object value) {
        if (value instanceof Map) {
            StringBuilder text = new StringBuilder("{");
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                text.append(text.length() > 1 ? "," : "").append(quoted(String.valueOf(entry.getKey())));
                text.append(":").append(json(entry.getValue()));
            }
            return text.append("}").toString();
        }
        if (value instanceof List) {
            StringBuilder text = new StringBuilder("[");
            for (Object part : (List<?>) value) {
                text.append(text.length() > 1 ? "," : "").append(json(part));
            }
            return text.append("]").toString();
        }
        boolean plain = value == null || value instanceof Number || value instanceof Boolean;
        return plain ? String.valueOf(value) : quoted(String.valueOf(value));
    }

    private static String quoted(String text) {
        StringBuilder told = new StringBuilder("\"");
        for (char letter : text.toCharArray()) {
            boolean odd = letter < ' ' || letter == '"' || letter == '\\' || Character.isSurrogate(letter);
            told.append(odd ? String.format("\\u%04x", (int) letter) : String.valueOf(letter));
        }
        return told.append("\"").toString();
    }
}
