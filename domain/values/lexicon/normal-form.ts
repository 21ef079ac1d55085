import { simplified, traditional } from './traditional.js';

/**
 * Spellings that people do not distinguish: width, case, blanks, punctuation, traditional characters, and words that
 * change nothing.
 *
 * Without property escapes and lookbehind, as everything in the domain: it also runs on ES2015 engines.
 */

/** Everything but letters, digits, `±` and `.` between digits. */
const separators = /[^\da-z\u00b1\u00c0-\u024f\u3400-\u9fff.]+|\.(?!\d)/g;
const han = '[\\u3400-\\u9fff]';
const blankBesideHan = new RegExp(` (?=${han})|(${han}) (?!${han})`, 'g');

/** A phrase in the form in which it is matched: NFKC, lower case, simplified, words separated by one blank. */
export function spelling(phrase: string): string {
  const plain = phrase
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['\u2019]/g, '');
  const words = simplify(plain).replace(/&/g, ' and ').replace(separators, ' ').trim();
  return words.replace(blankBesideHan, '$1');
}

/** The same without the words that change nothing anywhere in a phrase; empty if nothing else is left. */
export function normalForm(phrase: string): string {
  const spelt = spelling(phrase).replace(/已经?|了/g, '');
  return spelt
    .split(' ')
    .filter((word) => !fillers.has(word))
    .join(' ');
}

/** English words that change nothing, wherever they are. */
const fillers = new Set([
  ...['is', 'are', 'was', 'were', 'has', 'have', 'had', 'been', 'now', 'already', 'currently', 'still'],
  ...['the', 'fully', 'completely', 'entirely'],
]);

/** What changes nothing at the beginning of a phrase; longer ones first. */
const before = [
  ...[
    '目前正在',
    '现正',
    '正在',
    '目前',
    '现在',
    '现',
    '均',
    '都',
    '仍在',
    '还在',
    '尚在',
    '仍',
    '处于',
    '进入',
    '步入',
    '转入',
  ],
  ...[
    '全面',
    '全部',
    '整体',
    '总体',
    '顺利',
    '成功',
    '如期',
    '按期',
    '提前',
    '正式',
    '圆满',
    '胜利',
    '宣告',
    '实现',
  ],
  ...['工程', '项目', '正', '在'],
  ...['the works ', 'works ', 'work ', 'construction ', 'project ', 'item ', 'it ', 'all ', 'successfully '],
];
/** What changes nothing at the end. */
const after = [
  ...['之中', '当中', '中', '阶段', '状态', '工作', '工程', '施工', '建设', '任务'],
  ...[' at present', ' so far', ' to date', ' works', ' work', ' stage', ' phase', ' complete', ' completed'],
  ...[' done', ' finished'],
];

/** A normal form and its rests without affixes, longest first. */
export function* withoutAffixes(phrase: string): Generator<string, undefined> {
  const seen = new Set<string>();
  let rests = [normalForm(phrase)];
  while (rests.length > 0) {
    rests.sort((one, other) => other.length - one.length);
    const [longest = '', ...others] = rests;
    rests = others;
    if (longest === '' || seen.has(longest)) continue;
    seen.add(longest);
    yield longest;
    for (const affix of before) if (longest.startsWith(affix)) rests.push(longest.slice(affix.length));
    for (const affix of after) if (longest.endsWith(affix)) rests.push(longest.slice(0, -affix.length));
  }
}

let table: Map<string, string> | undefined;

function simplify(text: string): string {
  table ??= new Map([...traditional].map((character, index) => [character, simplified.charAt(index)]));
  let simple = '';
  for (const character of text) simple += table.get(character) ?? character;
  return simple;
}
