/* Every word of the interface, in both languages. */
const kg = {};

kg.words = {
  zh: {
    heading: "知识图谱", skip: "跳到搜索", search: "名称、别名或拼音首字母（按 / 键）", results: "搜索结果", filters: "筛选",
    categories: "类别", relations: "关系", statuses: "状态", reset: "全部恢复", stage: "图",
    network: "关系图：方向键走到相邻的节点，回车打开，加减键缩放，问号键看全部按键",
    home: "总览", fit: "全部入画", closer: "放大", farther: "缩小", overview: "全图概览，点击查看该处", panel: "详情", close: "关闭",
    theme: "明暗切换", expand: "展开相邻", fold: "收起", around: "只看周边", steps: "{steps} 步", more: "再显示", none: "没有找到",
    empty: "没有符合条件的节点", pin: "固定", unpin: "解除固定", hide: "隐藏", hidden: "隐藏 {count} 个", show: "恢复显示",
    summary: "{documents} 篇文章{period}；{nodes} 个节点（{parts}），{edges} 条关系", period: "，{first} 至 {last}", one: "，{first}",
    shown: "显示 {shown} / {all} 个节点，{edges} 条关系", full: "画面已满（{limit} 个节点）：请用“只看周边”或“总览”",
    cut: "只显示联系最多的 {shown} 个", added: "新增 {count} 个节点", folded: "收起 {count} 个节点", nothing: "没有更多相邻节点",
    passing: "符合条件：{nodes} 个节点，{edges} 条关系", evidence: "原文依据", papers: "出现的文章", aliases: "别名",
    region_filter: "地区（含下级）", everywhere: "全部地区", filter_here: "筛选此地区", time: "时间", from: "从", to: "至",
    sources: "来源至少", sources_value: "{count} 篇", confidence_least: "可信度至少", bars: "各时段的关系数",
    back: "后退", forward: "前进", path_start: "设为路径起点", path_end: "到这里的最短路径", path_from: "路径起点：{name}", path_clear: "取消起点",
    path: "最短路径", path_found: "{count} 步", path_none: "在现有筛选下，两者之间没有路径", posts: "任职经历", how: "规则",
    display: "显示", layout: "布局", layout_network: "关系网络", layout_map: "地图", layout_time: "时间线", size: "节点大小",
    size_degree: "按关系数", size_papers: "按文章数", paint: "节点颜色", paint_category: "按类别", paint_community: "按社群",
    communities: "社群", community_named: "社群 {number}：{name}", others: "其他", undated: "无日期", unplaced: "无坐标",
    save: "导出", save_png: "图片 PNG", save_svg: "图片 SVG", save_graphml: "可见部分 GraphML", save_nodes: "可见节点 CSV",
    save_edges: "可见关系 CSV", save_link: "复制链接", save_print: "打印", saved: "已保存 {name}", copied: "链接已复制", link_here: "链接在地址栏中",
    tables: "表格", table_matrix: "支援矩阵", table_officials: "官员与职务", table_enterprises: "企业与项目", table_events: "活动",
    table_filter: "在表中查找", table_rows: "{count} 行", table_close: "关闭表格", name: "名称", post: "职务", place: "地区", project: "项目",
    event: "活动", participants: "参加者", relation: "关系", assisting: "帮扶方", assisted: "受援方", matrix_level: "归并到", level_self: "不归并",
    level_province: "省级", level_prefecture: "地级", level_county: "县级", matrix_cell: "{from} → {to}：{count} 条", matrix_cut: "行、列各取前 {limit} 个",
    matrix_note: "结对与支援关系；数字为关系数，有金额的另列合计", total: "合计", help: "按键", key_search: "搜索", key_walk: "走到该方向的节点",
    key_open: "打开详情", key_zoom: "缩放", key_pan: "移动画面", key_expand: "展开相邻", key_fold: "收起", key_hide: "隐藏", key_pin: "固定",
    key_history: "后退、前进", key_close: "关闭详情", key_path: "点击时按住：两节点间的最短路径", key_shift_click: "Shift + 点击", key_arrows: "方向键", key_enter: "回车",
    key_shift_arrows: "Shift + 方向键", title: "职务", region: "所在地区", adcode: "行政区划代码", level: "级别", path_name: "隶属",
    kind: "种类", start_date: "开始", end_date: "结束", first_seen: "最早报道", last_seen: "最近报道", mentions: "提及次数", betweenness: "居中度", pagerank: "PageRank",
    community: "社群", component: "连通部分", titles: "全部职务",
    body: "机构", former: "曾任", role: "角色", aid_kind: "帮扶方式", amount: "金额", quantities: "数量", agreement: "协议", since: "起始",
    date: "日期", status: "状态", basis: "来源", confidence: "可信度", rule: "规则", latitude: "纬度", longitude: "经度", weight: "依据处数",
    documents: "文章", articles: "独立文章", identity: "为什么是同一个", unsure: "可能也是（没有合并）", decided: "人的决定",
    conflict: "说法不一", successor: "之后", predecessor: "之前", degree: "关系数", yes: "是", no: "否", untitled: "（无标题）", hits: "共 {count} 个",
    made: "{documents} 篇文章{period}；图中 {shown} / {all} 个节点，{edges} 条关系",
  },
  en: {
    heading: "Knowledge graph", skip: "Skip to search", search: "Search: name, alias, pinyin initials (/)", results: "Search results",
    filters: "Filter", categories: "Categories", relations: "Relations", statuses: "Status", reset: "Reset", stage: "Graph",
    network: "Network: arrow keys walk to the next node, Enter opens, plus and minus zoom, question mark lists all keys",
    home: "Overview", fit: "Fit", closer: "Zoom in", farther: "Zoom out", overview: "Overview of the whole graph; click to look there",
    panel: "Details", close: "Close", theme: "Light or dark", expand: "Expand", fold: "Fold", around: "Surroundings", steps: "{steps} steps",
    more: "Show more", none: "Nothing found", empty: "No node meets the filters", pin: "Pin", unpin: "Unpin", hide: "Hide",
    hidden: "{count} hidden", show: "Show again", summary: "{documents} articles{period}; {nodes} nodes ({parts}), {edges} relations",
    period: ", {first} to {last}", one: ", {first}", shown: "{shown} of {all} nodes, {edges} relations shown",
    full: "The picture is full ({limit} nodes): use “Surroundings” or “Overview”", cut: "only the {shown} best linked", added: "{count} nodes added",
    folded: "{count} nodes folded", nothing: "No further neighbours", passing: "Passing: {nodes} nodes, {edges} relations", evidence: "Evidence",
    papers: "Articles", aliases: "Also called", region_filter: "Region (with what lies in it)", everywhere: "All regions",
    filter_here: "Filter by this region", time: "Period", from: "From", to: "to", sources: "Sources, at least", sources_value: "{count}",
    confidence_least: "Confidence, at least", bars: "Relations by time", back: "Back", forward: "Forward", path_start: "Path from here",
    path_end: "Shortest path to here", path_from: "Path from: {name}", path_clear: "Forget the start", path: "Shortest path", path_found: "{count} steps",
    path_none: "Under these filters no path leads from one to the other", posts: "Posts over time", how: "Rule", display: "Display", layout: "Layout",
    layout_network: "Network", layout_map: "Map", layout_time: "Timeline", size: "Size of nodes", size_degree: "by relations", size_papers: "by articles",
    paint: "Colour of nodes", paint_category: "by category", paint_community: "by community", communities: "Communities",
    community_named: "Community {number}: {name}", others: "others", undated: "no date", unplaced: "no coordinates", save: "Save", save_png: "Picture, PNG",
    save_svg: "Picture, SVG", save_graphml: "Visible part, GraphML", save_nodes: "Visible nodes, CSV", save_edges: "Visible relations, CSV",
    save_link: "Copy link", save_print: "Print", saved: "{name} saved", copied: "Link copied", link_here: "The link stands in the address bar", tables: "Tables",
    table_matrix: "Support matrix", table_officials: "Officials and posts", table_enterprises: "Enterprises and projects", table_events: "Events",
    table_filter: "Find in the table", table_rows: "{count} rows", table_close: "Close the tables", name: "Name", post: "Post", place: "Region",
    project: "Project", event: "Event", participants: "Participants", relation: "Relation", assisting: "Assisting", assisted: "Assisted",
    matrix_level: "Rolled up to", level_self: "as they are", level_province: "province", level_prefecture: "prefecture", level_county: "county",
    matrix_cell: "{from} → {to}: {count} relations", matrix_cut: "the first {limit} rows and columns",
    matrix_note: "Pairing and support; numbers of relations, with the sum of amounts where there are any", total: "Total", help: "Keys",
    key_search: "search", key_walk: "walk to the node in that direction", key_open: "open details", key_zoom: "zoom", key_pan: "move the picture",
    key_expand: "expand", key_fold: "fold", key_hide: "hide", key_pin: "pin", key_history: "back, forward", key_close: "close details",
    key_path: "shortest path between two nodes", key_shift_click: "Shift + click", key_arrows: "Arrow keys", key_enter: "Enter",
    key_shift_arrows: "Shift + arrow keys", title: "Post", region: "Region", adcode: "Division code", level: "Level", path_name: "Path", kind: "Kind",
    start_date: "From", end_date: "To", first_seen: "First reported", last_seen: "Last reported", mentions: "Mentions",
    betweenness: "Betweenness", pagerank: "PageRank", community: "Community", component: "Connected part", titles: "All posts", body: "Body",
    former: "Former", role: "Role", aid_kind: "Kind of aid", amount: "Amount", quantities: "Quantities", agreement: "Agreement", since: "Since",
    date: "Date", status: "Status", basis: "Basis", confidence: "Confidence", rule: "Rule", latitude: "Latitude", longitude: "Longitude",
    weight: "Sentences", documents: "Articles", articles: "Independent articles", identity: "Why it is one", unsure: "May also be (not joined)",
    decided: "Decided by a person", conflict: "Sources disagree", successor: "After", predecessor: "Before", degree: "Relations", yes: "yes", no: "no", untitled: "(no title)", hits: "{count} in all",
    made: "{documents} articles{period}; {shown} of {all} nodes, {edges} relations in the picture",
  },
};

/* Categories in English, and the values of attributes in Chinese (in English they are said as they are). */
kg.categoryWords = {
  official: "officials", person: "people", region: "regions", enterprise: "enterprises", organization: "organizations",
  project: "projects", event: "events",
};
kg.valueWords = {
  status: { fact: "事实", planned: "计划", reported: "转述" },
  basis: { text: "原文", background: "背景资料", inferred: "推断" },
  aid_kind: {
    funds: "资金", donation: "捐赠", staff: "人员", construction: "建设", purchase: "采购", training: "培训", technology: "技术",
    medical: "医疗", education: "教育", goods: "物资",
  },
  role: { host: "东道主", speaker: "讲话", visitor: "来访", signer: "签约" },
  body: { party: "党委", government: "政府", congress: "人大", consultative: "政协" },
  kind: {
    park: "园区", base: "基地", workshop: "车间", programme: "工程计划", facility: "设施", department: "部门", school: "学校", hospital: "医院",
    zone: "功能区", association: "协会商会", institute: "院所", team: "工作队",
  },
};

kg.language = "zh";

/* A word of the interface; {names} are filled from values. */
kg.say = (name, values = {}) => {
  const text = kg.words[kg.language][name] ?? name;
  return text.replace(/\{(\w+)\}/g, (all, key) => (Object.hasOwn(values, key) ? String(values[key]) : all));
};

/* A category or relation: [key, Chinese]. */
kg.sayCategory = (i) => {
  const [key, chinese] = kg.rest.categories[i];
  return kg.language === "zh" ? chinese : kg.known(kg.categoryWords, key) ?? key;
};
/* The category of one node. */
kg.sayKind = (n) => kg.rest.categories[kg.nodes.group[n]][kg.language === "zh" ? 1 : 0];
kg.sayRelation = (i) => {
  const [key, chinese] = kg.rest.relations[i];
  return kg.language === "zh" ? chinese : key.replaceAll("_", " ");
};
kg.known = (table, key) => (Object.hasOwn(table, key) ? table[key] : undefined);

/* The name of an attribute; `path` is also a word of the interface. */
kg.sayName = (name) => kg.say(name === "path" ? "path_name" : name);

/* The value of an attribute as people read it. */
kg.sayValue = (name, value) => {
  if (name === "amount") return kg.money(Number(value));
  if (name === "confidence") return `${Math.round(Number(value) * 100)}%`;
  if (typeof value === "boolean") return kg.say(value ? "yes" : "no");
  const text = String(value), chinese = kg.language === "zh";
  if (chinese && name === "level" && Object.hasOwn(kg.rest.levels, text)) return kg.rest.levels[text];
  if (chinese && name === "kind" && Object.hasOwn(kg.rest.kinds, text)) return kg.rest.kinds[text];
  const words = kg.known(kg.valueWords, name) ?? {};
  return text.split("|").map((part) => (chinese ? part.split("/").map((p) => kg.known(words, p) ?? p).join("/") : part)).join(chinese ? "；" : "; ");
};

kg.money = (yuan) => {
  const round = (n) => String(Math.round(n * 100) / 100);
  if (kg.language === "en") return yuan >= 1e6 ? `${round(yuan / 1e6)} million yuan` : `${round(yuan)} yuan`;
  return yuan >= 1e8 ? `${round(yuan / 1e8)}亿元` : yuan >= 1e4 ? `${round(yuan / 1e4)}万元` : `${round(yuan)}元`;
};
