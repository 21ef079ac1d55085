import { stageWords } from '../../../domain/project/facts/stage-entered.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import { nameWords, type Words } from '../../../domain/values/words.js';
import { stallWords } from '../../../projections/stalls/stall-words.js';
import { moneyShort, percentWords } from '../../shared/figures.js';
import type { Language } from '../../shared/language.js';
import type { Replay } from '../../shared/replay/replay.js';
import type { SayLog } from './texts.js';

type Shown = NonNullable<ReturnType<Replay['at']>>;

/** What entries changed in a project, each change in one line; the last of them has the position `upTo`. */
export function effectOf(
  replay: Replay,
  { from, upTo }: { from: number; upTo: number },
  on: Day,
  say: SayLog,
  language: Language,
): string[] {
  const [before, after] = [replay.at(on, from - 1), replay.at(on, upTo)];
  if (!before || !after) return [];
  return [
    ...figureLines(before, after, say, language),
    ...stallLines(before, after, say, language),
    ...came(before.contradictions.open, after.contradictions.open, ({ id }) => id).map(({ words }) =>
      say('contradiction', { words: words[language] }),
    ),
    ...came(after.contradictions.open, before.contradictions.open, ({ id }) => id).map(({ words }) =>
      say('settled', { words: words[language] }),
    ),
    ...came(before.alerts.due, after.alerts.due, alertKey).map(({ reason }) =>
      say('alert', { words: reason[language] }),
    ),
    ...came(after.alerts.due, before.alerts.due, alertKey).map(({ reason }) =>
      say('alertEnded', { words: reason[language] }),
    ),
  ];
}

function figureLines(before: Shown, after: Shown, say: SayLog, language: Language): string[] {
  const [percent, percentNow] = [before, after].map(({ completion }) =>
    percentWords(completion.percentBasisPoints, language),
  ) as [string, string];
  const [money, moneyNow] = [before, after].map(({ investment: { sinceStartMinor, currency } }) =>
    sinceStartMinor === null || currency === null ? '–' : moneyShort(sinceStartMinor, currency, language),
  ) as [string, string];
  const [stage, stageNow] = [before, after].map((shown) => stageIn(shown, language));
  return [
    ...(percent === percentNow ? [] : [say('percent', { from: percent, to: percentNow })]),
    ...(money === moneyNow ? [] : [say('money', { from: money, to: moneyNow })]),
    ...(stage === stageNow ? [] : [say('stage', { stage: stageNow ?? '–' })]),
  ];
}

function stageIn({ stage, isSuspended }: Shown, language: Language): string {
  const names = [...(stage ? [stageWords[stage.stage]] : []), ...(isSuspended ? [stageWords.suspended] : [])];
  return names.map((name: Words) => name[language]).join(' · ');
}

function stallLines(before: Shown, after: Shown, say: SayLog, language: Language): string[] {
  const open = ({ stalls }: Shown) => stalls.episodes.filter(({ status }) => status === 'open');
  const keyOf = ({ stall, from }: { stall: string; from: string }) => `${stall} ${from}`;
  const wordsIn =
    ({ completion }: Shown) =>
    (episode: ReturnType<typeof open>[number]) =>
      stallWords(episode, (id) => nameWords(completion.items.find(({ item }) => item === id)?.name, id))[
        language
      ];
  return [
    ...came(open(before), open(after), keyOf).map((stall) =>
      say('stallOpened', { stall: wordsIn(after)(stall) }),
    ),
    ...came(open(after), open(before), keyOf).map((stall) =>
      say('stallEnded', { stall: wordsIn(before)(stall) }),
    ),
  ];
}

function alertKey({ rule, anchor }: { rule: string; anchor: string }): string {
  return `${rule} ${anchor}`;
}

/** What is only in the second list. */
function came<One>(first: readonly One[], second: readonly One[], keyOf: (one: One) => string): One[] {
  const known = new Set(first.map(keyOf));
  return second.filter((one) => !known.has(keyOf(one)));
}
