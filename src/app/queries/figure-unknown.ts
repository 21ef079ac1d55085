import { Refused } from '../refusals.js';

/** How many figures a refusal names. */
const mostNamed = 12;

/** Refuses a figure that a project or a total does not have at a moment, and names some that it has. */
export function figureUnknown(figure: string, known: readonly string[]): Refused {
  const named = known.slice(0, mostNamed);
  const isAll = named.length === known.length;
  const isNone = known.length === 0;
  const seen = JSON.stringify(figure);
  return new Refused('figure-unknown', {
    member: 'figure',
    seen: { en: seen, zh: seen },
    expected: isNone
      ? { en: 'a figure; at that moment there is none', zh: '某一指标；当时没有任何指标' }
      : {
          en: `one of the figures at that moment: ${named.join(', ')}${isAll ? '' : ` and ${known.length - named.length} more`}`,
          zh: `当时的指标之一：${named.join('、')}${isAll ? '' : ` 等 ${known.length} 个`}`,
        },
  });
}
