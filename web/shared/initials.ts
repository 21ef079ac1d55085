/** The first character of each letter in pinyin order; no syllable begins with i, u or v. */
const first = '阿八嚓哒妸发旮哈讥咔垃妈拿噢妑七呥仨他哇夕丫帀';
const letters = 'abcdefghjklmnopqrstwxyz';

const { compare } = new Intl.Collator('zh-CN-u-co-pinyin');
const known = new Map<string, string>();

/**
 * The pinyin initials of a name, with Latin letters and digits unchanged: `华奥汽车2期` is `haqc2q`.
 *
 * Uses the browser's Chinese sort order, so no dictionary is needed. A character with several readings gets the one it
 * is sorted by.
 */
export function initialsOf(name: string): string {
  const seen = known.get(name);
  if (seen !== undefined) return seen;
  const initials = [...name].map(initialOf).join('');
  known.set(name, initials);
  return initials;
}

function initialOf(character: string): string {
  if (/[a-z0-9]/i.test(character)) return character.toLowerCase();
  if (!/\p{Script=Han}/u.test(character)) return '';
  const at = [...first].findLastIndex((begin) => compare(begin, character) <= 0);
  return letters[at] ?? '';
}
