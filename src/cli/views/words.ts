import { facts } from '../../../domain/project/facts/facts.js';
import { type ForecastOf, isOfProject, targetWords } from '../../../domain/project/facts/forecast-given.js';
import { basisWords } from '../../../domain/project/facts/investment-reported.js';
import { stageWords } from '../../../domain/project/facts/stage-entered.js';
import { labelled } from '../../../domain/values/punctuation.js';
import { type Words } from '../../../domain/values/words.js';
import type { StallEpisode } from '../../../projections/stalls/episode.js';
import { blocksWords, stallWords, type Why } from '../../../projections/stalls/stall-words.js';
import type { Language } from '../terminal.js';
import { type Column, plain } from './table.js';

/** The words of tables, by their name in the code. */
const words = {
  about: ['About', '简介'],
  contact: ['Contact', '联系方式'],
  key: ['Key', '密钥'],
  permissions: ['May', '权限'],
  person: ['Person', '人员'],
  erasure: ['Erasure', '彻底删除'],
  roles: ['Roles', '角色'],
  accuracy: ['How near forecasts came', '预计准确度'],
  acknowledged: ['Taken on', '认领'],
  adopted: ['Adopted', '启用'],
  alerts: ['Alerts', '预警'],
  amount: ['Amount', '金额'],
  asOf: ['As of', '日期'],
  at: ['At', '时间'],
  atMost: ['At most', '上限'],
  attempt: ['Attempt', '次数'],
  baseline: ['Baseline', '基准计划'],
  baselineOn: ['Baseline day', '基准日期'],
  baselines: ['Against baselines', '对照基准计划'],
  basis: ['Basis', '口径'],
  basisOfRules: ['Stands for them', '依据'],
  blocks: ['Blocks', '影响'],
  blue: ['Blue', '蓝'],
  by: ['By', '填报人'],
  calendar: ['Calendar', '工作日历'],
  candidate: ['Candidate', '候选规则'],
  capacity: ['Capacity', '产能'],
  cause: ['Cause', '原因'],
  change: ['Change', '变化'],
  channel: ['Channel', '渠道'],
  choice: ['Chosen', '选择'],
  cleared: ['Cleared', '解除'],
  clears: ['Ends by', '解除条件'],
  completion: ['Completion', '形象进度'],
  contradictions: ['Contradictions', '矛盾'],
  days: ['Days', '天数'],
  deadline: ['Deadline', '限期'],
  details: ['Details', '基本信息'],
  district: ['District', '地区'],
  duty: ['Duty', '责任要求'],
  entries: ['Entries', '填报记录'],
  entry: ['Entry', '记录号'],
  evidence: ['Evidence', '依据'],
  exempt: ['Exempt', '豁免'],
  exemptions: ['Exemptions', '豁免'],
  expected: ['Expected', '预计时间'],
  figure: ['Figure', '指标'],
  forecasts: ['Forecasts', '预计'],
  grown: ['Scope grew', '工程量增加'],
  from: ['From', '起'],
  grace: ['Grace, margin', '宽限、回差'],
  group: ['Group', '分组'],
  holidays: ['Days off', '放假日'],
  hours: ['Hours', '工作时间'],
  id: ['Id', '编号'],
  invested: ['Invested', '累计投资'],
  item: ['Item', '工程项'],
  items: ['Items', '工程项'],
  kept: ['Kept', '按期'],
  kind: ['Kind', '类型'],
  range: ['Range', '范围'],
  count: ['Results', '结果数'],
  known: ['Known', '已实现'],
  ladder: ['Ladder', '督办阶梯'],
  language: ['Language', '语言'],
  lastReport: ['Last report', '最近填报'],
  leadDays: ['Lead days', '提前天数'],
  life: ['Life', '经过'],
  marks: ['Not sent', '不通知'],
  meanLate: ['Late on average', '平均推迟'],
  missed: ['Missed by', '逾期未实现'],
  month: ['Month', '月份'],
  muted: ['Muted', '免报'],
  name: ['Name', '名称'],
  next: ['Next', '下次'],
  none: ['none', '无'],
  notices: ['Notices', '通知记录'],
  opening: ['Opening', '次数'],
  outcome: ['Outcome', '结果'],
  owner: ['Owner', '业主'],
  percent: ['Percent', '形象进度'],
  phase: ['Phase', '期'],
  plan: ['Plan', '计划'],
  planned: ['Planned', '序时进度'],
  plannedOn: ['Planned for', '现行计划'],
  position: ['Position', '位置'],
  project: ['Project', '项目'],
  projects: ['Projects', '项目数'],
  raised: ['Raised', '发出'],
  reason: ['Reason', '原因'],
  recorded: ['Recorded', '记录时间'],
  red: ['Red', '红'],
  reminder: ['Reminder', '提醒'],
  role: ['Role', '角色'],
  rule: ['Rule', '规则'],
  rules: ['Rules', '规则'],
  said: ['Said', '原话'],
  saidOn: ['Said on', '说于'],
  schedule: ['Schedule', '进度计划'],
  scopeEffect: ['by scope', '计划调整'],
  correctionEffect: ['by corrections', '更正'],
  lateEffect: ['by late entries', '补录'],
  lexiconEffect: ['by lexicon', '词表'],
  joinedEffect: ['joined', '新计入'],
  leftEffect: ['left', '不再计入'],
  sector: ['Sector', '行业'],
  severity: ['Severity', '级别'],
  share: ['Share', '权重'],
  silenced: ['Silenced', '暂停通知'],
  since: ['Since', '起始'],
  slip: ['Slip', '推迟'],
  source: ['Source', '来源'],
  stage: ['Stage', '阶段'],
  stall: ['Stall', '停工/受阻'],
  stalled: ['Stalled', '停工/受阻'],
  stalls: ['Stalls', '停工/受阻'],
  confirmation: ['Confirmation', '邮箱确认'],
  inClear: ['In clear', '明文记录'],
  light: ['Light', '预警灯'],
  limited: ['Limited', '范围'],
  standing: ['Status', '状态'],
  stated: ['Stated', '下限'],
  status: ['Status', '依据'],
  subscription: ['Subscription', '订阅'],
  target: ['Target', '目标'],
  headline: ['Headline', '取数'],
  annualPlan: ['Annual plan', '年度计划'],
  otherMoney: ['Beside it', '其他口径'],
  timeZone: ['Time zone', '时区'],
  timing: ['When', '时间'],
  to: ['To', '止'],
  told: ['Sent', '已通知'],
  total: ['Total', '合计'],
  version: ['Version', '版本'],
  waiting: ['Waiting', '待发'],
  weekdays: ['Free weekdays', '每周休息日'],
  what: ['What', '内容'],
  where: ['Where', '范围'],
  why: ['Scope and reason', '范围与原因'],
  within: ['Answer within', '答复期限'],
  worked: ['Worked days off', '调休上班日'],
  workEffect: ['by work', '施工进展'],
  year: ['Year', '年份'],
  yellow: ['Yellow', '黄'],
} as const;

export type Label = keyof typeof words;

/** Terms of the domain, by their value in events and views. */
const otherTerms: Readonly<Record<string, readonly [string, string]>> = {
  open: ['open', '未解除'],
  cleared: ['cleared', '已解除'],
  past: ['past', '已结束'],
  stated: ['stated', '已上报'],
  implied: ['implied', '推算'],
  unreported: ['unreported', '未上报'],
  'rolled-up': ['rolled up', '汇总'],
  work: ['work', '施工进展'],
  scope: ['scope', '计划调整'],
  correction: ['correction', '更正'],
  late: ['late', '补录'],
  lexicon: ['lexicon', '词表'],
  new: ['new', '新增'],
  unregistered: ['not registered', '未登记'],
  'without-plan': ['without a plan', '没有计划'],
  'not-chosen': ['outside the filter', '不在筛选范围'],
  parked: ['cannot be computed', '无法计算'],
  withdrawal: ['withdrawal', '撤回'],
  computed: ['computed', '计算得出'],
  days: ['days', '天'],
  months: ['months', '个月'],
  points: ['points', '个百分点'],
  webhook: ['webhook', 'Webhook'],
  email: ['e-mail', '邮件'],
  retry: ['tried again', '将重试'],
  log: ['log', '日志'],
  replay: ['earlier knowledge', '历史回溯'],
  people: ['people', '人员信息'],
  'given-up': ['given up', '已放弃'],
  'left-out': ['left out, already over', '已消除，未通知'],
  'not-permitted': ['not sent, beyond the roles of the subscriber', '超出订阅人权限，未发送'],
  active: ['active', '有效'],
  paused: ['paused', '暂停'],
  unconfirmed: ['not confirmed', '待确认'],

  ended: ['ended', '已结束'],
  district: ['District', '地区'],
  sector: ['Sector', '行业'],
  stage: ['Stage', '阶段'],
  owner: ['Owner', '业主'],
  phase: ['Phase', '期'],
  ProjectRegistered: ['project registered', '登记项目'],
  ProjectDescribed: ['project described', '项目信息变更'],
  PlanAdopted: ['plan adopted', '发布计划'],
  EntryWithdrawn: ['entry withdrawn', '撤回'],
  ContradictionExplained: ['contradiction explained', '矛盾说明'],
};

/** The words of facts and of their choices come from the descriptors. */
const factTerms: Readonly<Record<string, Words>> = {
  ...stageWords,
  ...basisWords,
  ...Object.fromEntries(Object.entries(facts).map(([type, { name }]) => [type, name])),
};

/** Columns under translated headings; left-aligned except for the named ones. */
export function columns(names: readonly Label[], language: Language, right: readonly Label[] = []): Column[] {
  return names.map((name) => ({
    head: label(name, language),
    align: right.includes(name) ? 'right' : 'left',
  }));
}

/** A heading in the language. */
export function label(name: Label, language: Language): string {
  return words[name][language === 'zh' ? 1 : 0];
}

/** A value of the domain in words; one without words is unchanged. */
export function term(value: string, language: Language): string {
  const words = Object.hasOwn(factTerms, value) ? factTerms[value] : undefined;
  if (words) return words[language];
  return Object.hasOwn(otherTerms, value)
    ? (otherTerms[value]?.[language === 'zh' ? 1 : 0] ?? value)
    : plain(value);
}

/**
 * The expected target: completion, production, or an item by its name in the language; by its id if no plan names it.
 */
export function targetText(
  { target, what }: { target: string; what?: ForecastOf },
  items: readonly { item: string; name: string }[],
  language: Language,
): string {
  const item = items.find(({ item }) => item === target)?.name;
  if (isOfProject(target, item !== undefined)) return targetWords[target][language];
  const name = plain(item || target);
  return what === 'start' ? either(language, `start of ${name}`, `${name}开始`) : name;
}

/** What is stalled, and why: `works: financing`. */
export function stallText(stall: Why & Pick<StallEpisode, 'blocks'>, language: Language): string {
  return labelled(spoken(blocksWords(stall), language), spoken(stallWords(stall), language), language);
}

/** A sentence in the language. */
export function spoken(sentence: Words, language: Language): string {
  return plain(language === 'zh' ? sentence.zh : sentence.en);
}

/** One of two sentences, by language. */
export function either(language: Language, en: string, zh: string): string {
  return language === 'zh' ? zh : en;
}
