export type Language = 'en' | 'zh';

/** All texts of the log, in both languages. */
const texts = {
  title: { en: 'Log from the site', zh: '现场记录' },
  search: { en: 'Find a project', zh: '查找项目（可输入拼音首字母）' },
  noProjects: {
    en: 'No project is known on this device yet. Open this page once with a network.',
    zh: '本机还没有项目资料，请先在有网络时打开本页一次。',
  },
  noneRegistered: { en: 'No project is registered yet.', zh: '还没有登记任何项目。' },
  nothingFound: { en: 'No project is called so.', zh: '没有找到这样的项目。' },
  loading: { en: 'One moment …', zh: '请稍候……' },
  back: { en: 'Back', zh: '返回' },
  language: { en: '中文', zh: 'English' },
  office: { en: 'All projects', zh: '项目总览' },
  items: { en: 'Work items', zh: '工程部位' },
  project: { en: 'The whole project', zh: '整个项目' },
  noItems: {
    en: 'The items of this project are not on this device yet. Money, stalls and forecasts can be logged all the same.',
    zh: '本机还没有该项目的工程部位，仍可记录投资、停滞和预期。',
  },
  done: { en: 'Done', zh: '已完成' },
  doneHint: { en: 'saved at once', zh: '点一下即保存' },
  doneHintGroup: { en: 'every item of it; saved at once', zh: '其下全部部位；点一下即保存' },
  groupOf: { en: 'together, {{count}} items', zh: '合计，{{count}} 个部位' },
  percent: { en: 'Percent', zh: '百分比' },
  count: { en: 'Amount', zh: '数量' },
  storeys: { en: 'Storeys', zh: '楼层' },
  words: { en: 'In words', zh: '用词描述' },
  step: { en: 'Which step', zh: '哪一步' },
  wholeItem: { en: 'The whole item', zh: '整个部位' },
  countDone: { en: 'How much is done', zh: '已完成数量' },
  countOf: { en: 'Of how much in all (if known)', zh: '总量（如已知）' },
  unit: { en: 'Unit (such as km, m³, buildings)', zh: '单位（如公里、立方米、栋）' },
  unitOfDecimal: { en: 'a unit beside an amount with decimals', zh: '带小数的数量须填写单位' },
  reached: { en: 'Storey reached (-1 below ground)', zh: '已到楼层（地下为负，如 -1）' },
  storeyUnderWay: { en: 'this storey is under way', zh: '本层正在施工' },
  storeysOf: { en: 'Storeys above ground (if known)', zh: '地上总层数（如已知）' },
  storeysBelow: { en: 'Storeys below ground (if any)', zh: '地下层数（如有）' },
  percentUpTo: { en: 'Up to (for a range)', zh: '至（如为区间）' },
  rangeOrder: { en: 'a percentage from {{low}} to 100', zh: '{{low}} 至 100 之间的百分比' },
  ownWords: { en: 'Or in your own words', zh: '或按原话填写' },
  ownWordsHint: { en: 'such as "topped out" or "over half"', zh: '如“主体封顶”“过半”' },
  readAs: { en: 'Read as "{{word}}".', zh: '读作“{{word}}”。' },
  notRead: {
    en: 'The lexicon does not have this phrase; unless your district has adopted it, the entry is refused.',
    zh: '词表中没有此说法；除非本地已启用，否则记录会被退回。',
  },
  nearest: { en: 'Nearest: {{phrases}}', zh: '相近的说法：{{phrases}}' },
  storeyRange: {
    en: 'a storey of the building ({{least}} to {{most}})',
    zh: '楼内的楼层（{{least}} 至 {{most}}）',
  },
  progress: { en: 'Progress', zh: '总体进度' },
  lessThanBefore: { en: 'If it is less than before', zh: '如低于此前' },
  isLess: {
    en: 'Before, {{percent}} was reported. Why is it less? Without a reason both figures are kept, and listed as a contradiction.',
    zh: '此前已报 {{percent}}。为何低于此前？不注明原因时，两个数值都会保留，并列为矛盾。',
  },
  'change.re-measured': { en: 'measured again', zh: '复测' },
  'change.undone': { en: 'lost or demolished', zh: '返工或拆除' },
  money: { en: 'Money', zh: '投资' },
  amount: { en: 'Amount', zh: '金额' },
  span: { en: 'Counted', zh: '统计口径' },
  'span.since-start': { en: 'since the start', zh: '开工以来累计' },
  'span.year': { en: 'this year', zh: '本年累计' },
  'span.quarter': { en: 'this quarter', zh: '本季度' },
  ofAnnualPlan: { en: 'of the annual plan', zh: '占年度计划' },
  'span.month': { en: 'this month', zh: '本月' },
  stall: { en: 'Stands still', zh: '停滞' },
  cause: { en: 'Why', zh: '原因' },
  resumed: { en: 'Works resumed', zh: '已恢复' },
  noStall: { en: 'Nothing is reported to stand still.', zh: '目前没有停滞记录。' },
  since: { en: 'since', zh: '自' },
  forecast: { en: 'Forecast', zh: '预期' },
  target: { en: 'Of what', zh: '预期事项' },
  month: { en: 'Expected in', zh: '预计月份' },
  whenInWords: { en: 'Or when, in words', zh: '或用文字说明时间' },
  whenExample: {
    en: 'by 2018-Q3, around 2018-09, no day named',
    zh: '2018年三季度、2018年9月底前、延期，日期未定',
  },
  reason: { en: 'Why (if it changed)', zh: '原因（如有变化）' },
  noChange: { en: 'Nothing changed', zh: '没有变化' },
  wholeProject: { en: 'The whole project', zh: '整个项目' },
  stalledItem: { en: 'What is stalled', zh: '停滞部位' },
  standsUntil: { en: 'Last day, or expected until (if known)', zh: '截止日或预计结束日（如已知）' },
  standsSince: { en: 'Since when (if known)', zh: '从何时起（如已知）' },
  from: { en: 'From', zh: '从' },
  to: { en: 'To', zh: '到' },
  day: { en: 'Day', zh: '日期' },
  today: { en: 'Today', zh: '今天' },
  yesterday: { en: 'Yesterday', zh: '昨天' },
  otherDay: { en: 'Another day', zh: '其他日期' },
  note: { en: 'Note', zh: '备注' },
  place: { en: 'Where on the site (building, axis, chainage)', zh: '部位（楼栋、轴线、桩号）' },
  seenOnSite: { en: 'Seen on the site · or from a report?', zh: '现场查看 · 如摘自报告请点此' },
  fromReport: { en: 'From the report “{{document}}”', zh: '摘自《{{document}}》' },
  document: { en: 'Report', zh: '报告名称' },
  documentHint: {
    en: 'Kept for the next entries. Empty: seen on the site.',
    zh: '后续填报沿用；留空即为现场查看。',
  },
  paragraph: { en: 'Paragraph', zh: '章节' },
  quote: { en: 'Its words', zh: '原文' },
  save: { en: 'Save', zh: '保存' },
  saved: { en: 'Saved on this device', zh: '已保存在本机' },
  notSaved: {
    en: 'This device could not keep the entry; it is still in the form. Free some space and save again.',
    zh: '本机无法保存，内容仍在表单中。请腾出空间后再保存。',
  },
  outbox: { en: 'Outbox', zh: '发件箱' },
  outboxEmpty: { en: 'Nothing was logged on this device yet.', zh: '本机还没有记录。' },
  notOpen: { en: 'This entry is not open any more.', zh: '这条记录已不在待处理之列。' },
  wrong: { en: 'That was wrong', zh: '记错了' },
  wrongTitle: { en: 'What was wrong?', zh: '哪里记错了？' },
  wrongHint: {
    en: 'What was recorded is not erased: it is taken back, and what is right stands beside it.',
    zh: '已记录的内容不会被抹去：原记录撤回，更正后的内容并列保存。',
  },
  takeBack: { en: 'Take it back', zh: '撤回' },
  takeBackHint: { en: 'nothing in its place', zh: '不作更正' },
  orRight: { en: 'Or say what is right', zh: '或者改为正确的内容' },
  wrongReason: { en: 'logged by mistake', zh: '录入有误' },
  takenBack: { en: 'taken back', zh: '已撤回' },
  corrected: { en: 'corrected', zh: '更正' },
  takes: { en: 'Takes back', zh: '撤回' },
  corrects: { en: 'Corrects', zh: '更正' },
  waiting: { en: 'waits to be sent', zh: '等待发送' },
  recorded: { en: 'recorded', zh: '已记录' },
  notBegun: { en: 'for a day that has not begun there', zh: '所填日期在项目当地尚未开始' },
  alreadySaid: { en: 'was recorded before by somebody', zh: '此前已有相同记录' },
  refused: { en: 'Refused', zh: '被退回' },
  mend: { en: 'Mend', zh: '修改' },
  sendAgain: { en: 'Send again', zh: '原样重发' },
  sendAllAgain: { en: 'Send all of these again', zh: '全部原样重发' },
  discard: { en: 'Discard', zh: '放弃' },
  discardSure: { en: 'Discard for good?', zh: '确定放弃？' },
  keep: { en: 'Keep', zh: '保留' },
  sendNow: { en: 'Send now', zh: '立即发送' },
  'list.refused': { en: 'Needs you', zh: '需要处理' },
  'list.waiting': { en: 'Waiting', zh: '等待发送' },
  'list.recorded': { en: 'Recorded', zh: '已记录' },
  'count.refused': { en: '{{count}} to be looked at', zh: '{{count}} 条需要您处理' },
  'count.waiting': { en: '{{count}} waiting to be sent', zh: '{{count}} 条等待发送' },
  lastReached: { en: 'Last connected {{at}}', zh: '上次联网 {{at}}' },
  dataFrom: { en: 'No connection · data from {{at}}', zh: '未连接服务 · 数据截至 {{at}}' },
  noData: { en: 'No connection', zh: '未连接服务' },
  'aside.login': {
    en: 'Not delivered: another page answered{{status}}, probably a login',
    zh: '未送达：由其他页面答复{{status}}，可能要求登录',
  },
  'aside.too-large': {
    en: 'Not delivered: too large for a gateway on the way{{status}}',
    zh: '未送达：超过中途网关允许的大小{{status}}',
  },
  'aside.refused': {
    en: 'Not delivered: refused by a gateway on the way{{status}}',
    zh: '未送达：被中途的网关拒收{{status}}',
  },
  'aside.failing': {
    en: 'Not delivered yet: the way to the service fails{{status}}',
    zh: '尚未送达：通往服务的途中出错{{status}}',
  },
  'aside.cut': { en: 'Not delivered yet: the connection breaks', zh: '尚未送达：连接中断' },
  asideHint: {
    en: 'The service has not seen this entry. Often the network asks for a login, or blocks words of the note. The other entries go out all the same.',
    zh: '服务没有收到，也没有评判这条记录。常见原因：网络要求登录，或备注中的文字被拦截。已搁置，不影响其他记录发送。',
  },
  'asideHint.too-large': {
    en: 'The service has not seen this entry. A shorter note may help. The other entries go out all the same.',
    zh: '服务没有收到，也没有评判这条记录。缩短备注或可解决。已搁置，不影响其他记录发送。',
  },
  troubleHint: {
    en: 'Tried {{count}} times; it is tried again by itself, and the other entries go out all the same. It may have arrived, and is never recorded twice.',
    zh: '已尝试 {{count}} 次，会自动重试，不影响其他记录发送。它可能已经送达，但不会重复记录。',
  },
  laterSaid: {
    en: 'A later entry about the same thing and day is recorded already. Sent now, this one would count as the last word of that day.',
    zh: '同一对象、同一天之后的一条记录已经送达。现在再发送，这一条会成为当天最后的说法。',
  },
  details: { en: 'Details for the administrator', zh: '给管理员看的详情' },
  answered: { en: 'Answered', zh: '答复' },
  'post.at-rest': { en: 'All is sent.', zh: '全部已发送。' },
  'post.aside': { en: 'Everything else is sent.', zh: '其余已全部发送。' },
  'post.sending': { en: 'Sending …', zh: '正在发送……' },
  'post.no-network': {
    en: 'No network. Entries are safe here and go out by themselves.',
    zh: '没有网络。记录已保存在本机，联网后自动发送。',
  },
  'post.service': {
    en: 'The service takes nothing at the moment. It is tried again by itself.',
    zh: '服务暂时无法接收，稍后自动重试。',
  },
  'post.gateway': {
    en: 'Something else answers in the place of the service, perhaps a login of the network. Entries are safe here; it is tried again by itself.',
    zh: '答复的不是本服务，可能是网络要求登录。记录已保存在本机，稍后自动重试。',
  },
  'post.single': {
    en: 'This does not come through yet; it is tried again by itself. Everything else goes out.',
    zh: '尚未送达，会自动重试；其他记录照常发送。',
  },
  'post.device': {
    en: 'This device cannot read its entries at the moment. It is tried again by itself.',
    zh: '本机暂时无法读取已保存的记录，稍后自动重试。',
  },
  signIn: { en: 'Open the office to sign in', zh: '打开项目总览以登录' },
  draft: { en: 'Not saved yet, typed {{at}}', zh: '尚未保存，填写于 {{at}}' },
  draftClear: { en: 'Start over', zh: '清空' },
  draftMark: { en: 'not saved yet', zh: '未保存' },
  percentRange: { en: 'a percentage from 0 to 100', zh: '0 至 100 之间的百分比' },
  by: { en: 'Your name or number', zh: '您的姓名或工号' },
  byHint: { en: 'stands beside what you log', zh: '随记录一起保存' },
  seenExpected: { en: '{{seen}}; expected {{expected}}', zh: '{{seen}}；应为：{{expected}}' },
  need: { en: 'Fill this in', zh: '请填写' },
} as const satisfies Record<string, Record<Language, string>>;

export type TextName = keyof typeof texts;

/** The language chosen on this device, else the browser's. */
export function firstLanguage(): Language {
  const chosen = localStorage.getItem('topout.language');
  if (chosen === 'en' || chosen === 'zh') return chosen;
  return navigator.language.startsWith('zh') ? 'zh' : 'en';
}

/** Saves the language of this device. */
export function chooseLanguage(language: Language): void {
  localStorage.setItem('topout.language', language);
}

/** A text in a language, with each `{{name}}` replaced by its value. */
export function said(
  name: TextName,
  language: Language,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return texts[name][language].replaceAll(/\{\{(\w+)\}\}/g, (_, value: string) =>
    String(values[value] ?? ''),
  );
}
