CREATE CONSTRAINT kg_entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE;
UNWIND [
{`id`: 'c1', `label`: '宁波澄湾食品有限公司', `category`: 'enterprise', `category_zh`: '企业', `aliases`: ['宁波澄湾食品有限公司', '澄湾食品'], `documents`: ['zhenhai-jinyang'], `mentions`: 6, `first_seen`: '2023-04-13', `last_seen`: '2023-04-13', `degree`: 2, `x`: 50.0, `y`: -12.5, `size`: 59.426, `color`: '#009e73'}
] AS row
MERGE (n:Entity {id: row.id})
SET n += row, n:`Enterprise`;
UNWIND [
{`id`: 'v1', `label`: '2023-04-12 镇海区、金阳县签约仪式', `category`: 'event', `category_zh`: '活动', `aliases`: ['2023-04-12 镇海区、金阳县签约仪式'], `documents`: ['zhenhai-jinyang'], `mentions`: 9, `kind`: 'signing', `start_date`: '2023-04-12', `end_date`: '2023-04-12', `first_seen`: '2023-04-13', `last_seen`: '2023-04-13', `degree`: 3, `x`: 80.0, `y`: -20.0, `size`: 71.882, `color`: '#7f7f7f'}
] AS row
MERGE (n:Entity {id: row.id})
SET n += row, n:`Event`;
UNWIND [
{`id`: 'o1', `label`: '顾闻笛', `category`: 'official', `category_zh`: '官员', `aliases`: ['顾闻笛'], `documents`: ['jinyang-brief', 'zhenhai-jinyang'], `mentions`: 4, `title`: '区委副书记、区长', `region`: '浙江省宁波市镇海区', `first_seen`: '2023-04-13', `last_seen`: '2023-04-13', `degree`: 3, `x`: 30.0, `y`: -7.5, `size`: 71.882, `color`: '#d55e00'}
] AS row
MERGE (n:Entity {id: row.id})
SET n += row, n:`Official`;
UNWIND [
{`id`: 'd1', `label`: '镇海区农业农村局', `category`: 'organization', `category_zh`: '组织', `aliases`: ['镇海区农业农村局'], `documents`: ['zhenhai-jinyang'], `mentions`: 7, `kind`: 'department', `first_seen`: '2023-04-13', `last_seen`: '2023-04-13', `degree`: 2, `x`: 60.0, `y`: -15.0, `size`: 59.426, `color`: '#56b4e9'}
] AS row
MERGE (n:Entity {id: row.id})
SET n += row, n:`Organization`;
UNWIND [
{`id`: 'p1', `label`: '阿依史布', `category`: 'person', `category_zh`: '人物', `aliases`: ['阿依史布'], `documents`: ['zhenhai-jinyang'], `mentions`: 5, `first_seen`: '2023-04-13', `last_seen`: '2023-04-13', `degree`: 1, `x`: 40.0, `y`: -10.0, `size`: 4.0, `color`: '#e69f00'}
] AS row
MERGE (n:Entity {id: row.id})
SET n += row, n:`Person`;
UNWIND [
{`id`: 'j1', `label`: '金阳青花椒产业园', `category`: 'project', `category_zh`: '项目', `aliases`: ['金阳青花椒产业园'], `documents`: ['zhenhai-jinyang'], `mentions`: 8, `kind`: 'park', `first_seen`: '2023-04-13', `last_seen`: '2023-04-13', `degree`: 3, `x`: 70.0, `y`: -17.5, `size`: 71.882, `color`: '#cc79a7'}
] AS row
MERGE (n:Entity {id: row.id})
SET n += row, n:`Project`;
UNWIND [
{`id`: 'r330211', `label`: '浙江省宁波市镇海区', `category`: 'region', `category_zh`: '地区', `aliases`: ['镇海区', '镇海'], `documents`: ['zhenhai-jinyang'], `mentions`: 1, `adcode`: '330211', `level`: 'county', `path`: '浙江省宁波市镇海区', `latitude`: 29.95, `longitude`: 121.72, `first_seen`: '2023-04-13', `last_seen`: '2023-04-13', `degree`: 3, `x`: 0.0, `y`: -0.0, `size`: 71.882, `color`: '#0072b2'},
{`id`: 'r5134', `label`: '四川省凉山彝族自治州', `category`: 'region', `category_zh`: '地区', `aliases`: ['凉山州'], `documents`: ['zhenhai-jinyang'], `mentions`: 3, `adcode`: '513400', `level`: 'prefecture', `path`: '四川省凉山彝族自治州', `latitude`: 27.88, `longitude`: 102.27, `first_seen`: '2023-04-13', `last_seen`: '2023-04-13', `degree`: 1, `x`: 20.0, `y`: -5.0, `size`: 43.192, `color`: '#0072b2'},
{`id`: 'r513430', `label`: '四川省凉山彝族自治州金阳县', `category`: 'region', `category_zh`: '地区', `aliases`: ['金阳县'], `documents`: ['zhenhai-jinyang'], `mentions`: 2, `adcode`: '513430', `level`: 'county', `path`: '四川省凉山彝族自治州金阳县', `latitude`: 27.7, `longitude`: 103.25, `first_seen`: '2023-04-13', `last_seen`: '2023-04-13', `degree`: 6, `x`: 10.0, `y`: -2.5, `size`: 100.0, `color`: '#0072b2'}
] AS row
MERGE (n:Entity {id: row.id})
SET n += row, n:`Region`;
UNWIND [
{a: 'o1', b: 'v1', r: {`id`: 'k09', `relation`: 'attended', `relation_zh`: '参加', `date`: '2023-04-12', `start_date`: '2023-04-12', `end_date`: '2023-04-12', `status`: 'fact', `documents`: ['zhenhai-jinyang'], `evidence`: ['顾闻笛、阿依史布出席签约仪式。'], `marks`: '0-2', `weight`: 1, `confidence`: 0.9, `rule`: ['rule.attended'], `basis`: 'text'}},
{a: 'p1', b: 'v1', r: {`id`: 'k10', `relation`: 'attended', `relation_zh`: '参加', `role`: 'signer', `date`: '2023-04-12', `start_date`: '2023-04-12', `end_date`: '2023-04-12', `status`: 'fact', `documents`: ['zhenhai-jinyang'], `evidence`: ['顾闻笛、阿依史布出席签约仪式。'], `marks`: '0-2', `weight`: 1, `confidence`: 0.9, `rule`: ['rule.attended'], `basis`: 'text'}}
] AS row
MATCH (a:Entity {id: row.a}), (b:Entity {id: row.b})
MERGE (a)-[r:`ATTENDED` {id: row.r.id}]->(b)
SET r += row.r;
UNWIND [
{a: 'c1', b: 'd1', r: {`id`: 'k06', `relation`: 'cooperates_with', `relation_zh`: '合作', `agreement`: '购销协议', `date`: '2023-04-12', `start_date`: '2023-04-12', `end_date`: '2023-04-12', `status`: 'fact', `documents`: ['zhenhai-jinyang'], `evidence`: ['澄湾食品与镇海区农业农村局签下购销协议。'], `marks`: '0-2', `weight`: 1, `confidence`: 0.9, `rule`: ['rule.cooperates_with'], `basis`: 'text'}}
] AS row
MATCH (a:Entity {id: row.a}), (b:Entity {id: row.b})
MERGE (a)-[r:`COOPERATES_WITH` {id: row.r.id}]->(b)
SET r += row.r;
UNWIND [
{a: 'o1', b: 'r330211', r: {`id`: 'k00', `relation`: 'holds_post', `relation_zh`: '任职', `title`: '区委副书记、区长', `titles`: ['区委副书记、区长', '区长'], `body`: 'party/government', `date`: '2023-04-12', `start_date`: '2023-04-12', `end_date`: '2023-04-12', `status`: 'fact', `documents`: ['zhenhai-jinyang'], `evidence`: ['镇海区委副书记、区长顾闻笛一行抵达金阳。'], `marks`: '0-2', `weight`: 1, `confidence`: 0.9, `rule`: ['rule.holds_post'], `basis`: 'text'}}
] AS row
MATCH (a:Entity {id: row.a}), (b:Entity {id: row.b})
MERGE (a)-[r:`HOLDS_POST` {id: row.r.id}]->(b)
SET r += row.r;
UNWIND [
{a: 'c1', b: 'j1', r: {`id`: 'k04', `relation`: 'invests_in', `relation_zh`: '投资', `amount`: 5000000.0, `date`: '2023-04', `start_date`: '2023-04', `end_date`: '2023-04', `status`: 'fact', `documents`: ['zhenhai-jinyang'], `evidence`: ['澄湾食品投资500万元建设金阳青花椒产业园。'], `marks`: '0-2', `weight`: 1, `confidence`: 0.9, `rule`: ['rule.invests_in'], `basis`: 'text'}}
] AS row
MATCH (a:Entity {id: row.a}), (b:Entity {id: row.b})
MERGE (a)-[r:`INVESTS_IN` {id: row.r.id}]->(b)
SET r += row.r;
UNWIND [
{a: 'j1', b: 'r513430', r: {`id`: 'k07', `relation`: 'located_in', `relation_zh`: '位于', `status`: 'fact', `documents`: ['zhenhai-jinyang'], `evidence`: ['金阳青花椒产业园坐落在金阳县。'], `marks`: '0-2', `weight`: 1, `confidence`: 0.9, `rule`: ['rule.located_in'], `basis`: 'text'}},
{a: 'r513430', b: 'r5134', r: {`id`: 'k99', `relation`: 'located_in', `relation_zh`: '位于', `status`: 'fact', `documents`: ['zhenhai-jinyang'], `weight`: 1, `confidence`: 1.0, `rule`: ['division_table'], `basis`: 'background'}},
{a: 'v1', b: 'r513430', r: {`id`: 'k08', `relation`: 'located_in', `relation_zh`: '位于', `status`: 'fact', `documents`: ['zhenhai-jinyang'], `evidence`: ['签约仪式在金阳县举行。'], `marks`: '0-2', `weight`: 1, `confidence`: 0.9, `rule`: ['rule.located_in'], `basis`: 'text'}}
] AS row
MATCH (a:Entity {id: row.a}), (b:Entity {id: row.b})
MERGE (a)-[r:`LOCATED_IN` {id: row.r.id}]->(b)
SET r += row.r;
UNWIND [
{a: 'r330211', b: 'r513430', r: {`id`: 'k02', `relation`: 'paired_with', `relation_zh`: '结对', `since`: '2021', `status`: 'fact', `documents`: ['zhenhai-jinyang'], `evidence`: ['2021年起，镇海区与金阳县结对。'], `marks`: '0-2', `weight`: 1, `confidence`: 0.9, `rule`: ['rule.paired_with'], `basis`: 'text'}}
] AS row
MATCH (a:Entity {id: row.a}), (b:Entity {id: row.b})
MERGE (a)-[r:`PAIRED_WITH` {id: row.r.id}]->(b)
SET r += row.r;
UNWIND [
{a: 'r330211', b: 'r513430', r: {`id`: 'k03', `relation`: 'supports', `relation_zh`: '支援', `aid_kind`: ['funds'], `amount`: 3200000.0, `quantities`: ['资金 3200000 元'], `date`: '2022', `start_date`: '2022', `end_date`: '2022', `status`: 'fact', `documents`: ['zhenhai-jinyang'], `evidence`: ['镇海区向金阳县拨付“山海”资金320万元；\n用于花椒园。'], `marks`: '0-2', `weight`: 1, `confidence`: 0.9, `rule`: ['rule.supports'], `basis`: 'text'}}
] AS row
MATCH (a:Entity {id: row.a}), (b:Entity {id: row.b})
MERGE (a)-[r:`SUPPORTS` {id: row.r.id}]->(b)
SET r += row.r;
UNWIND [
{a: 'd1', b: 'j1', r: {`id`: 'k05', `relation`: 'undertakes', `relation_zh`: '承担', `role`: '设计', `status`: 'fact', `documents`: ['zhenhai-jinyang'], `evidence`: ['金阳青花椒产业园由镇海区农业农村局设计。'], `marks`: '0-2', `weight`: 1, `confidence`: 0.9, `rule`: ['rule.undertakes'], `basis`: 'text'}}
] AS row
MATCH (a:Entity {id: row.a}), (b:Entity {id: row.b})
MERGE (a)-[r:`UNDERTAKES` {id: row.r.id}]->(b)
SET r += row.r;
UNWIND [
{a: 'o1', b: 'r513430', r: {`id`: 'k01', `relation`: 'visited', `relation_zh`: '到访', `date`: '2023-04-12', `start_date`: '2023-04-12', `end_date`: '2023-04-12', `status`: 'fact', `documents`: ['zhenhai-jinyang'], `evidence`: ['镇海区委副书记、区长顾闻笛一行抵达金阳。'], `marks`: '0-2', `weight`: 1, `confidence`: 0.9, `rule`: ['rule.visited'], `basis`: 'text'}}
] AS row
MATCH (a:Entity {id: row.a}), (b:Entity {id: row.b})
MERGE (a)-[r:`VISITED` {id: row.r.id}]->(b)
SET r += row.r;
