import type { Day } from '../../values/calendar.js';
import { nameWords, periodWords, sentence, type Words } from '../../values/words.js';
import { fact, type Speaker } from './fact.js';
import { requireOrder } from './refusals.js';

/** Stated by an inspector: when the target is expected; both ends inclusive. */
export interface ForecastGiven {
  /** `completion`, `production` or the id of an item. */
  target: string;
  earliest: Day;
  latest: Day;
  scope?: string;
  reason?: string;
}

/** Targets that are no item of the plan. */
export const targetWords = {
  completion: { en: 'completion', zh: '完工' },
  production: { en: 'production', zh: '投产' },
} as const satisfies Record<string, Words>;

export const forecastGiven = fact<ForecastGiven>({
  schema: 1,
  name: { en: 'forecast given', zh: '预计' },
  about: 'When something is expected.',
  shape: {
    target: { kind: 'id', about: 'completion, production, or an item of the plan.' },
    earliest: {
      kind: 'day-or-month',
      end: 'first',
      about: 'Not before this day, or the first of this month.',
    },
    latest: { kind: 'day-or-month', end: 'last', about: 'Not after this day, or the last of this month.' },
    scope: { kind: 'text', most: 200, about: 'Of what part.', isOptional: true },
    reason: { kind: 'text', most: 500, about: 'Why.', isOptional: true },
  },
  typed: { flag: 'forecast', gives: ['earliest', 'latest'], otherwise: { target: 'completion' } },
  subject: ({ target, scope }) => [`forecast ${target}`, scope],
  refuse: ({ earliest, latest }) => requireOrder(['earliest', earliest], ['latest', latest]),
  words(data, _asOf, speaker) {
    const period = periodWords(data.earliest, data.latest);
    const scope = data.scope ? { en: ` (${data.scope})`, zh: `（${data.scope}）` } : { en: '', zh: '' };
    const reason = data.reason
      ? { en: ` Reason: ${sentence(data.reason, '.')}`, zh: `原因：${sentence(data.reason, '。')}` }
      : { en: '', zh: '' };
    const name = targetName(data.target, speaker);
    return {
      en: `${name.en} expected ${period.en}${scope.en}.${reason.en}`,
      zh: `${name.zh}${scope.zh}预计 ${period.zh}。${reason.zh}`,
    };
  },
});

function targetName(target: string, speaker: Speaker): Words {
  if (target === 'completion') return { en: 'Completion', zh: '完工' };
  if (target === 'production') return { en: 'Production', zh: '投产' };
  return nameWords(speaker.item(target)?.name, target);
}
