import { useCallback } from 'react';
import type { Words } from '../../domain/values/words.js';
import { type Language, useLanguage } from '../shared/language.js';
import { saidIn, type Values } from '../shared/said.js';

/** All texts of the forms, in both languages. */
export const formTexts = {
  done: { en: 'Done', zh: '已完成' },
  doneHint: { en: 'saved at once', zh: '点一下即保存' },
  doneHintGroup: { en: 'every item of it; saved at once', zh: '其下全部部位；点一下即保存' },
  percent: { en: 'Percent', zh: '百分比' },
  count: { en: 'Amount', zh: '数量' },
  storeys: { en: 'Storeys', zh: '楼层' },
  words: { en: 'In words', zh: '文字描述' },
  step: { en: 'Which step', zh: '工序' },
  wholeItem: { en: 'The whole item', zh: '整个部位' },
  countDone: { en: 'How much is done', zh: '已完成数量' },
  countOf: { en: 'Of how much in all (if known)', zh: '总量（如已知）' },
  unit: { en: 'Unit (such as km, m³, buildings)', zh: '单位（如公里、立方米、栋）' },
  unitOfDecimal: { en: 'a unit beside an amount with decimals', zh: '带小数的数量须填写单位' },
  reached: { en: 'Storey reached (-1 below ground)', zh: '已到楼层（地下为负，如 -1）' },
  storeyUnderWay: { en: 'this storey is under way', zh: '本层正在施工' },
  storeysOf: { en: 'Storeys above ground (if known)', zh: '地上总层数（如已知）' },
  storeysBelow: { en: 'Storeys below ground (if any)', zh: '地下层数（如有）' },
  stepBy: { en: 'Change by', zh: '增减' },
  lastAndStep: { en: 'Last {{percent}}; change by', zh: '上次 {{percent}}，增减' },
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
    zh: '此前上报 {{percent}}。为何低于此前？不注明原因时，两个数值都会保留，并列为矛盾。',
  },
  'change.re-measured': { en: 'measured again', zh: '复测' },
  'change.undone': { en: 'lost or demolished', zh: '返工或拆除' },
  money: { en: 'Money', zh: '投资与资金' },
  moneyKind: { en: 'Which money', zh: '资金类别' },
  invested: { en: 'invested', zh: '完成投资' },
  stall: { en: 'Stalled', zh: '停工/受阻' },
  resumed: { en: 'Works resumed', zh: '已恢复' },
  noStall: { en: 'Nothing is reported stalled.', zh: '目前没有停工或受阻的记录。' },
  since: { en: 'since', zh: '自' },
  forecast: { en: 'Forecast', zh: '预计' },
  target: { en: 'Of what', zh: '预计事项' },
  whenInWords: { en: 'Or when, in words', zh: '或用文字说明时间' },
  whenExample: {
    en: 'by 2018-Q3, around 2018-09, no day named',
    zh: '2018年三季度、2018年9月底前、延期，日期未定',
  },
  noChange: { en: 'Nothing changed', zh: '无进展' },
  targetItem: { en: 'Or of an item', zh: '或某一工程部位' },
  noneOfThem: { en: '–', zh: '–' },
  periodKind: { en: 'Named by', zh: '时间精度' },
  'how.in': { en: 'in', zh: '当期' },
  'how.by': { en: 'by the end of', zh: '不晚于期末' },
  'how.before': { en: 'before', zh: '期初之前' },
  'how.around': { en: 'around', zh: '前后' },
  'how.not-before': { en: 'not before', zh: '不早于' },
  'how.none': { en: 'delayed, no day named', zh: '延期，日期未定' },
  'period.month': { en: 'Month', zh: '月份' },
  'period.quarter': { en: 'Quarter', zh: '季度' },
  'period.day': { en: 'Exact day', zh: '具体日期' },
  'period.year': { en: 'Year', zh: '年份' },
  'period.words': { en: 'Own words', zh: '文字说明' },
  wholeProject: { en: 'The whole project', zh: '整个项目' },
  from: { en: 'From', zh: '从' },
  to: { en: 'To', zh: '到' },
  day: { en: 'Day', zh: '日期' },
  today: { en: 'Today', zh: '今天' },
  yesterday: { en: 'Yesterday', zh: '昨天' },
  wholeMonth: { en: 'A month', zh: '某月' },
  periodEnd: { en: 'end of a period', zh: '期末' },
  inferred: { en: 'inferred, not stated', zh: '推断，原文未写明' },
  expectedUntil: { en: 'expected until', zh: '预计至' },
  otherDay: { en: 'Another day', zh: '其他日期' },
  note: { en: 'Note', zh: '备注' },
  place: { en: 'Where on the site (building, axis, chainage)', zh: '位置（楼栋、轴线、桩号）' },
  onBehalfOf: { en: 'On behalf of', zh: '代谁填报' },
  onBehalfOfHint: {
    en: 'Only when you enter it for somebody else, such as a builder; you stay its author.',
    zh: '仅在代他人（如施工单位）填报时填写；记录人仍是您。',
  },
  seenOnSite: { en: 'Seen on the site · or from a report?', zh: '现场查看 · 如摘自报告请点此' },
  notSaid: { en: 'Where from', zh: '来源' },
  source: { en: 'Known from', zh: '来源' },
  'source.unstated': { en: 'not said', zh: '未说明' },
  'source.inspection': { en: 'seen on the site', zh: '现场查看' },
  fromReport: { en: 'From the report “{{document}}”', zh: '摘自《{{document}}》' },
  document: { en: 'Report', zh: '报告名称' },
  documentHint: {
    en: 'Kept for the next entries. Empty: seen on the site.',
    zh: '后续填报沿用；留空即为现场查看。',
  },
  documentHintOffice: { en: 'Kept for the next entries.', zh: '后续填报沿用。' },
  paragraph: { en: 'Paragraph', zh: '章节' },
  quote: { en: 'Quote', zh: '原文' },
  save: { en: 'Save', zh: '保存' },
  notSaved: {
    en: 'This device could not keep the entry; it is still in the form. Free some space and save again.',
    zh: '本机无法保存，内容仍在表单中。请腾出空间后再保存。',
  },
  draft: { en: 'Not saved yet, typed {{at}}', zh: '尚未保存，填写于 {{at}}' },
  draftClear: { en: 'Start over', zh: '清空' },
  wrong: { en: 'That was wrong', zh: '记错了' },
  wrongTitle: { en: 'What was wrong?', zh: '哪里记错了？' },
  wrongHint: {
    en: 'What was recorded is not erased: it is taken back, and what is right stands beside it.',
    zh: '已记录的内容不会被抹去：原记录撤回，更正后的内容并列保存。',
  },
  takeBack: { en: 'Withdraw', zh: '撤回' },
  takeBackHint: { en: 'nothing in its place', zh: '不作更正' },
  orRight: { en: 'Or say what is right', zh: '或者改为正确的内容' },
  wrongReason: { en: 'logged by mistake', zh: '录入有误' },
  notBegun: { en: 'for a day that has not begun there', zh: '所填日期在项目当地尚未开始' },
  percentRange: { en: 'a percentage from 0 to 100', zh: '0 至 100 之间的百分比' },
  saving: { en: 'Saving …', zh: '正在保存……' },
  seenExpected: { en: '{{seen}}; expected {{expected}}', zh: '{{seen}}；应为：{{expected}}' },
  expected: { en: 'expected {{expected}}', zh: '应为：{{expected}}' },
  bothLanguages: { en: 'In both languages: 中文 | English', zh: '双语填写：中文 | English' },
  need: { en: 'Fill this in', zh: '请填写' },
} as const satisfies Record<string, Words>;

export type FormText = keyof typeof formTexts;

/** A text of the forms in a language. */
export function formText(name: FormText, language: Language, values?: Values): string {
  return saidIn(formTexts[name], language, values);
}

/** The texts of the forms in the language of the page, and that language. */
export function useFormTexts(): { t(name: FormText, values?: Values): string; language: Language } {
  const language = useLanguage();
  const t = useCallback((name: FormText, values?: Values) => formText(name, language, values), [language]);
  return { t, language };
}
