export type Language = 'en' | 'zh';

/** Everything that the log says, in both languages. */
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
  percent: { en: 'Percent', zh: '百分比' },
  count: { en: 'Count', zh: '数量' },
  storeys: { en: 'Storeys', zh: '楼层' },
  words: { en: 'In words', zh: '用词描述' },
  step: { en: 'Which step', zh: '哪一步' },
  wholeItem: { en: 'The whole item', zh: '整个部位' },
  countDone: { en: 'How many are done', zh: '已完成数量' },
  countOf: { en: 'Of how many (if known)', zh: '总数（如已知）' },
  unit: { en: 'Unit (if any)', zh: '单位（如有）' },
  reached: { en: 'Storey reached', zh: '已到楼层' },
  storeysOf: { en: 'Of how many storeys (if known)', zh: '总层数（如已知）' },
  money: { en: 'Money', zh: '投资' },
  amount: { en: 'Amount', zh: '金额' },
  span: { en: 'Counted', zh: '统计口径' },
  'span.since-start': { en: 'since the start', zh: '开工以来累计' },
  'span.year': { en: 'this year', zh: '本年累计' },
  'span.month': { en: 'this month', zh: '本月' },
  stall: { en: 'Stands still', zh: '停滞' },
  cause: { en: 'Why', zh: '原因' },
  resumed: { en: 'Works resumed', zh: '已恢复' },
  noStall: { en: 'Nothing is reported to stand still.', zh: '目前没有停滞记录。' },
  since: { en: 'since', zh: '自' },
  forecast: { en: 'Forecast', zh: '预期' },
  target: { en: 'Of what', zh: '预期事项' },
  'target.completion': { en: 'completion', zh: '竣工' },
  'target.production': { en: 'production', zh: '投产' },
  month: { en: 'Expected in', zh: '预计月份' },
  reason: { en: 'Why (if it changed)', zh: '原因（如有变化）' },
  noChange: { en: 'Nothing changed', zh: '没有变化' },
  standsSince: { en: 'Since when (if known)', zh: '从何时起（如已知）' },
  from: { en: 'From', zh: '从' },
  to: { en: 'To', zh: '到' },
  day: { en: 'Day', zh: '日期' },
  today: { en: 'Today', zh: '今天' },
  yesterday: { en: 'Yesterday', zh: '昨天' },
  otherDay: { en: 'Another day', zh: '其他日期' },
  note: { en: 'Note', zh: '备注' },
  save: { en: 'Save', zh: '保存' },
  saved: { en: 'Saved on this device', zh: '已保存在本机' },
  notSaved: {
    en: 'This device could not keep the entry; it is still in the form. Free some space and save again.',
    zh: '本机无法保存，内容仍在表单中。请腾出空间后再保存。',
  },
  outbox: { en: 'Outbox', zh: '发件箱' },
  outboxEmpty: { en: 'Nothing was logged on this device yet.', zh: '本机还没有记录。' },
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
  waiting: { en: 'waits for the network', zh: '等待发送' },
  recorded: { en: 'recorded', zh: '已记录' },
  alreadySaid: { en: 'was recorded before by somebody', zh: '此前已有相同记录' },
  refused: { en: 'refused', zh: '被退回' },
  mend: { en: 'Mend', zh: '修改' },
  discard: { en: 'Discard', zh: '删除' },
  discardSure: { en: 'Discard for good?', zh: '确定删除？' },
  keep: { en: 'Keep', zh: '保留' },
  sendNow: { en: 'Send now', zh: '立即发送' },
  'post.at-rest': { en: 'All is sent.', zh: '全部已发送。' },
  'post.sending': { en: 'Sending …', zh: '正在发送……' },
  'post.no-network': {
    en: 'No network. Entries are safe here and go out by themselves.',
    zh: '没有网络。记录已保存在本机，联网后自动发送。',
  },
  'post.service': {
    en: 'The service takes nothing at the moment. It is tried again by itself.',
    zh: '服务暂时无法接收，稍后自动重试。',
  },
  by: { en: 'Your name or number (Latin letters)', zh: '您的姓名拼音或工号' },
  byHint: { en: 'stands beside what you log', zh: '随记录一起保存' },
  expected: { en: 'Expected', zh: '应为' },
  need: { en: 'Fill this in', zh: '请填写' },
} as const satisfies Record<string, Record<Language, string>>;

export type TextName = keyof typeof texts;

/** The language that was chosen on this device, else that of the browser. */
export function firstLanguage(): Language {
  const chosen = localStorage.getItem('topout.language');
  if (chosen === 'en' || chosen === 'zh') return chosen;
  return navigator.language.startsWith('zh') ? 'zh' : 'en';
}

/** Remembers a language for this device. */
export function chooseLanguage(language: Language): void {
  localStorage.setItem('topout.language', language);
}

/** What a text says in a language. */
export function said(name: TextName, language: Language): string {
  return texts[name][language];
}
