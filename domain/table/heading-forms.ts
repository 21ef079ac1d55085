import type { Meaning } from './meaning.js';

/** How columns of monthly tables are usually headed, without blanks and in lower case, and what they mean then. */
export const headingForms: readonly { said: RegExp; meaning: Meaning }[] = [
  {
    said: /^(重点|建设|工程|重大|子)*(项目|工程)(名称)?$|^(projects?)?name$|^projects?$|^(projectid|项目(编号|代码|编码))$/,
    meaning: { use: 'project' },
  },
  {
    said: /^(序号|编号|no\.?|nr\.?|#|责任(人|领导)|牵头(单位|部门)|联系(人|电话|领导)|(施工|监理)单位|responsible|contact|备注|说明|remarks?|notes?|建设(地点|性质|规模|内容|年限|起止年限)|.*建设内容(及规模)?|地点|place)$/,
    meaning: { use: 'nothing' },
  },
  detail(/^(责任|建设|业主)(单位|部门)$|^(项目)?业主$|^owner$/, 'owner'),
  detail(/^(所属?(县|区|县区|区县|乡镇)|属地)$|^district$/, 'district'),
  detail(/^(所属)?行业(类别)?$|^sector$/, 'sector'),
  // Days of the plan are adopted with its items.
  {
    said: /^(计划(开工|竣工|完工)(时间|日期)?|开工时间)$/,
    meaning: { use: 'nothing' },
  },
  planMoney(/^(项目)?(计划)?总投资(额)?$|^(total|planned)investment$/, 'plannedInvestment'),
  planMoney(
    /^((本年|当年)度?(计划)?投资计划|年度(计划)?投资计划|((本年|当年)度?|年度)计划(完成)?(投资)?(额)?|(本年|当年)度?投资(目标|任务))$|^annualplan$|^planned(investment)?(in|for)?(this|the)year$/,
    'annualPlan',
  ),
  planMoney(
    /^(本|当)月(计划|目标)(完成)?(投资)?(额)?$|^(本|当)月投资(计划|目标)$|^(target|planned)(of|in|for)?(this|the)month$/,
    'monthTarget',
  ),
  money(
    /^(本|当)月(完成|实际完成|新增)?投资(额|完成额?)?$|^(invested|investment)(in)?(this|the)month$/,
    'month',
  ),
  money(/^(本|当)季度?(完成)?投资(额|完成额?)?$|^(invested|investment)(in)?(this|the)quarter$/, 'quarter'),
  money(
    /^(本年|当年|今年|年度|年内|年初至今|年初以来)(以来)?(实际|已)?(累计)?(完成)?(投资)?(额|完成额?)?$|^(invested|investment)(in)?(this|the)?(year|yeartodate)$|^invested(so)?farthisyear$/,
    'year',
  ),
  money(
    /^(自?开工(至今|以来)?|至今|项目)?(已)?累计(已?完成)?投资(额|完成额?)?$|^(totalinvested|invested(since(the)?start)?|investedsofar)$/,
    'since-start',
  ),
  share(
    /^(占(本年)?(年度)?计划(投资)?(的)?(比例|比重|百分比)?|(本年)?年度(投资)?计划完成(率|比例|情况)?|完成(本年)?年度计划(的)?(比例|百分比|率)?|投资完成率|(share|percent)of(the)?annualplan)$/,
    { shareOf: 'shareOfAnnualPlan', span: 'year' },
  ),
  share(
    /^(占总投资|占计划总投资|完成总投资)(的)?(比例|比重|百分比|率)?$|^(share|percent)of(the)?(total|plan)$/,
    {
      shareOf: 'shareOfPlan',
      span: 'since-start',
    },
  ),
  other(/^(已)?(累计)?(到位资金|资金(累计|已)?到位|到位)(额|情况|金额)?$|^(funds)?inplace$/, 'funds'),
  other(/^(已)?(累计)?(支付|拨付|已付)(资金|金额|工程款)?$|^paid(out)?$/, 'paid'),
  other(/^(合同|签约)(金额|价|价款|额)$|^contract(value|amount)?$/, 'contract'),
  {
    said: /^(工程|目前|当前|项目|总体|本月)*(形象)?(进度|进展)(情况|描述)?$|^(physical)?(progress|percentdone|done)$/,
    meaning: { use: 'fact', type: 'ProgressMeasured', gives: ['measure'] },
  },
  forecast(
    /^(预计|预期|拟)(竣工|完工|建成|完成|交付)(时间|日期|年月)?$|^expected(completion|finish)(date)?$/,
    'completion',
  ),
  forecast(/^(预计|预期|拟)(投产|达产)(时间|日期|年月)?$|^expectedproduction(date)?$/, 'production'),
  forecast(
    /^(预计|预期|拟)(投用|投入使用|启用|运营|通车|开通|开业|开学|开诊)(时间|日期|年月)?$|^expectedopening(date)?$/,
    'opening',
  ),
  forecast(/^(预计|预期|拟)(开工)(时间|日期|年月)?$|^expectedstart(date)?$/, 'start'),
  {
    said: /^(建设|项目|目前|当前)?(阶段|状态)$|^(stage|status)$/,
    meaning: { use: 'fact', type: 'StageEntered', gives: ['stage'] },
  },
  {
    said: /^(目前|当前)?(存在|面临)?的?(主要)?(问题|困难|困难问题|问题及困难)(及原因)?$|^(制约因素|停工原因|滞后原因)$|^(problems?|issues?|obstacles?)$/,
    meaning: {
      use: 'fact',
      type: 'StallDeclared',
      gives: ['cause'],
      words: {
        ...{
          资金: 'financing',
          融资: 'financing',
          贷款: 'financing',
          financ: 'financing',
          money: 'financing',
        },
        ...{ 征地: 'land', 拆迁: 'land', 土地: 'land', 用地: 'land', land: 'land' },
        ...{ 手续: 'approval', 审批: 'approval', 报批: 'approval', 许可: 'licence', approval: 'approval' },
        ...{ 用工: 'labour', 劳务: 'labour', 工人不足: 'labour', labour: 'labour' },
        ...{ 材料: 'supply', 供应: 'supply', 设备未到: 'supply', suppl: 'supply' },
        ...{ 图纸: 'design', 设计变更: 'design', design: 'design' },
        ...{ 雨: 'weather', 天气: 'weather', 气候: 'weather', weather: 'weather' },
        ...{ 环保: 'environment', 环评: 'environment', 市场: 'demand' },
      },
    },
  },
];

function planMoney(said: RegExp, gives: string): { said: RegExp; meaning: Meaning } {
  return { said, meaning: { use: 'fact', type: 'PlanMoneyStated', gives: [gives] } };
}

function detail(said: RegExp, gives: string): { said: RegExp; meaning: Meaning } {
  return { said, meaning: { use: 'fact', type: 'ProjectDescribed', gives: [gives] } };
}

function money(said: RegExp, span: string): { said: RegExp; meaning: Meaning } {
  return { said, meaning: { use: 'fact', type: 'InvestmentReported', gives: ['amount'], with: { span } } };
}

function share(
  said: RegExp,
  { shareOf, span }: { shareOf: string; span: string },
): { said: RegExp; meaning: Meaning } {
  return { said, meaning: { use: 'fact', type: 'InvestmentReported', gives: [shareOf], with: { span } } };
}

function other(said: RegExp, kind: string): { said: RegExp; meaning: Meaning } {
  return { said, meaning: { use: 'fact', type: 'MoneyReported', gives: ['amount'], with: { kind } } };
}

function forecast(said: RegExp, target: string): { said: RegExp; meaning: Meaning } {
  return { said, meaning: { use: 'fact', type: 'ForecastGiven', gives: ['when'], with: { target } } };
}
