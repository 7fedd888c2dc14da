/* Every word of the interface, in both languages. */
const kg = {};

kg.words = {
  zh: {
    heading: "知识图谱", skip: "跳到搜索", search: "搜索名称或别名（按 / 键）", results: "搜索结果", filters: "筛选",
    categories: "类别", relations: "关系", reset: "全部恢复", stage: "图", network: "关系图：方向键移动，加减键缩放",
    home: "总览", fit: "全部入画", closer: "放大", farther: "缩小", overview: "全图概览，点击查看该处", panel: "详情", close: "关闭",
    theme: "明暗切换", expand: "展开相邻", focus: "只看周边", more: "再显示", none: "没有找到", empty: "没有符合条件的节点",
    summary: "{documents} 篇文章{period}；{nodes} 个节点（{parts}），{edges} 条关系", period: "，{first} 至 {last}", one: "，{first}",
    shown: "显示 {shown} / {all} 个节点，{edges} 条关系", full: "画面已满（{limit} 个节点）：请用“只看周边”或“总览”",
    added: "新增 {count} 个节点", nothing: "没有更多相邻节点", evidence: "原文依据", papers: "出现的文章", aliases: "别名",
    title: "职务", region: "所在地区", adcode: "行政区划代码", level: "级别", path: "隶属", kind: "种类", start_date: "开始",
    end_date: "结束", first_seen: "最早报道", last_seen: "最近报道", mentions: "提及次数", titles: "全部职务", body: "机构",
    former: "曾任", role: "角色", aid_kind: "帮扶方式", amount: "金额", agreement: "协议", since: "起始", date: "日期",
    status: "状态", basis: "来源", confidence: "可信度", weight: "依据句数", documents: "文章", degree: "关系数",
    fact: "事实", planned: "计划", reported: "转述", text: "原文", background: "背景资料", inferred: "推断", yes: "是",
    untitled: "（无标题）", hits: "共 {count} 个",
  },
  en: {
    heading: "Knowledge graph", skip: "Skip to search", search: "Search names and aliases (press /)", results: "Search results",
    filters: "Filter", categories: "Categories", relations: "Relations", reset: "Reset", stage: "Graph",
    network: "Network: arrow keys move, plus and minus zoom", home: "Overview", fit: "Fit", closer: "Zoom in", farther: "Zoom out",
    overview: "Overview of the whole graph; click to look there", panel: "Details", close: "Close", theme: "Light or dark",
    expand: "Expand", focus: "Surroundings only", more: "Show more", none: "Nothing found",
    empty: "No node meets the filters", summary: "{documents} articles{period}; {nodes} nodes ({parts}), {edges} relations",
    period: ", {first} to {last}", one: ", {first}", shown: "{shown} of {all} nodes, {edges} relations shown",
    full: "The picture is full ({limit} nodes): use “Surroundings only” or “Overview”", added: "{count} nodes added",
    nothing: "No further neighbours", evidence: "Evidence", papers: "Articles", aliases: "Also called", title: "Post",
    region: "Region", adcode: "Division code", level: "Level", path: "Path", kind: "Kind", start_date: "From", end_date: "To",
    first_seen: "First reported", last_seen: "Last reported", mentions: "Mentions", titles: "All posts", body: "Body",
    former: "Former", role: "Role", aid_kind: "Kind of aid", amount: "Amount", agreement: "Agreement", since: "Since",
    date: "Date", status: "Status", basis: "Basis", confidence: "Confidence", weight: "Sentences", documents: "Articles",
    degree: "Relations", fact: "fact", planned: "planned", reported: "reported", text: "text", background: "background",
    inferred: "inferred", yes: "yes", untitled: "(no title)", hits: "{count} in all",
    official: "officials", person: "people", enterprise: "enterprises", organization: "organizations", project: "projects",
    event: "events", regions: "regions",
  },
};

kg.language = "zh";

/* A word of the interface; {names} are filled from values. */
kg.say = (name, values = {}) => {
  const text = kg.words[kg.language][name] ?? name;
  return text.replace(/\{(\w+)\}/g, (all, key) => (key in values ? String(values[key]) : all));
};

/* A category or relation: [key, Chinese]. */
kg.sayCategory = (i) => {
  const [key, chinese] = kg.rest.categories[i];
  return kg.language === "zh" ? chinese : key === "region" ? kg.words.en.regions : kg.words.en[key] ?? key;
};
kg.sayRelation = (i) => {
  const [key, chinese] = kg.rest.relations[i];
  return kg.language === "zh" ? chinese : key.replaceAll("_", " ");
};

/* The value of an attribute as people read it. */
kg.sayValue = (name, value) => {
  if (name === "amount") return kg.money(Number(value));
  if (name === "titles" || name === "since" || name === "agreement") return String(value).split("|").join("；");
  if (value === true) return kg.say("yes");
  if (kg.language === "zh") {
    if (name === "kind" && value in kg.rest.kinds) return kg.rest.kinds[value];
    if (name === "level" && value in kg.rest.levels) return kg.rest.levels[value];
  }
  return ["status", "basis"].includes(name) ? kg.say(String(value)) : String(value);
};

kg.money = (yuan) => {
  const round = (n) => String(Math.round(n * 100) / 100);
  if (kg.language === "en") return yuan >= 1e6 ? `${round(yuan / 1e6)} million yuan` : `${round(yuan)} yuan`;
  return yuan >= 1e8 ? `${round(yuan / 1e8)}亿元` : yuan >= 1e4 ? `${round(yuan / 1e4)}万元` : `${round(yuan)}元`;
};
