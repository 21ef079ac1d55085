import type { Blocked } from '../../../domain/project/events.js';
import { episodeCauseWords, stalledWords } from '../../../domain/project/facts/stall-declared.js';
import { markedDayWords } from '../../../domain/values/day-marks.js';
import { dayWords } from '../../../domain/values/day-words.js';
import { dayNumber } from '../../../domain/values/days/calendar.js';
import { nameWords, spaced, type Words } from '../../../domain/values/words.js';
import type { Describe, Evaluated, EvaluateRule } from './found.js';
import { counted } from './limits.js';
import type { OpenStall } from './rule-input.js';

/**
 * Every open stall, from its first day on, with the highest severity among what it blocks.
 *
 * A project that is done is not watched for a suspension.
 */
export const declaredStall: EvaluateRule = (input, { blocks }, found) => {
  for (const stall of found.stallsOf(input)) {
    const { shown, from, last } = stall;
    if (shown.cause === 'suspended' && input.isComplete) continue;
    if (blocks) for (const part of shown.blocks) found.due(blocks[part], from);
    if (shown.expectedEnd !== undefined) found.changes(dayNumber(shown.expectedEnd) + 1);
    if (last !== Infinity) found.changes(last + 1);
    found.condition(openStall, stall);
  }
};

const openStall: Describe<OpenStall> = (open, evaluated) => {
  const { stall, cause, blocks, item, from, isPastExpectedEnd, entries } = open.shown;
  return {
    subject: { kind: 'stall', id: stall },
    cause,
    since: from,
    sinceExactness: () => open.shown.fromExactness,
    anchor: () =>
      [
        `stall:${entries.at(-1)} from:${from} ${cause} ${blocks.join('+')}`,
        ...(item === undefined ? [] : [`of:${item}`]),
        ...(isPastExpectedEnd ? ['expected end passed'] : []),
      ].join(' '),
    evidence: () => entries,
    counts: () => ({ is: 'stall', blocks, entries }),
    ...(blocks.includes('works') ? { stopsWorks: true } : {}),
    reason: () => reasonWords(open, evaluated),
    clears: () =>
      cause === 'suspended'
        ? { en: 'The stage "resumed" (works resumed).', zh: '登记阶段“复工”。' }
        : clearsWords(stall, blocks),
  };
};

function reasonWords({ from: firstDay, shown }: OpenStall, { day, input }: Evaluated): Words {
  const { cause, item, from, fromExactness } = shown;
  const { en, zh } = markedDayWords(from, fromExactness);
  const since = { en, zh: spaced(zh) };
  const days = day - firstDay + 1;
  const end = endWords(shown);
  if (cause === 'suspended')
    return {
      en: `Suspended${days < 1 ? ` from ${since.en} on` : ` for ${counted(days, 'days')}, since ${since.en}`}.`,
      zh: days < 1 ? `自 ${since.zh}起停工。` : `停工 ${days} 天，自 ${since.zh}起。`,
    };
  const stalled = stalledWords(shown.blocks);
  const why = episodeCauseWords[cause];
  const name = item === undefined ? undefined : nameWords(input.table.row(item)?.item.name, item);
  const declared = name ? { en: `${name.en} is declared`, zh: `“${name.zh}”` } : { en: 'Declared', zh: '' };
  return days < 1
    ? {
        en: `${declared.en} ${stalled.en} from ${since.en} on: ${why.en}${end.en}.`,
        zh: `${declared.zh}${stalled.zh}，自 ${since.zh}起：${why.zh}${end.zh}。`,
      }
    : {
        en: `${declared.en} ${stalled.en} for ${counted(days, 'days')}, since ${since.en}: ${why.en}${end.en}.`,
        zh: `${declared.zh}${stalled.zh} ${days} 天，自 ${since.zh}起：${why.zh}${end.zh}。`,
      };
}

/** The expected end; once it has passed, an entry is asked for. */
function endWords({ expectedEnd, isPastExpectedEnd }: OpenStall['shown']): Words {
  if (expectedEnd === undefined) return { en: '', zh: '' };
  const { en, zh } = dayWords(expectedEnd);
  return isPastExpectedEnd
    ? {
        en: `; the expected end, ${en}, has passed: report that it is over, or a new expected end`,
        zh: `；预计结束日 ${zh}已过，请登记已恢复，或新的预计结束日`,
      }
    : { en: `, expected until ${en}`, zh: `，预计至 ${zh}` };
}

function clearsWords(stall: string, blocks: readonly Blocked[]): Words {
  const [first = 'works'] = blocks;
  const again = againWords[blocks.includes('works') ? 'works' : first];
  return {
    en: `An entry that the stall "${stall}" is cleared (${again.en}).`,
    zh: `登记“${stall}”已解除（${again.zh}）。`,
  };
}

const againWords: Readonly<Record<Blocked, Words>> = {
  works: { en: 'works resumed', zh: '恢复施工' },
  production: { en: 'nothing holds up production any more', zh: '投产障碍已排除' },
  staffing: { en: 'the staff has been found', zh: '人员已到位' },
};
