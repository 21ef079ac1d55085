import { markedDayWords } from '../../../domain/values/day-marks.js';
import { dayOf } from '../../../domain/values/days/calendar.js';
import { spaced } from '../../../domain/values/words.js';
import type { Describe, EvaluateRule } from './found.js';
import { counted } from './limits.js';
import { isAtRest } from './rule-input.js';

/** A project that has started and is not entered in the statistics register (入库), by the days since its start. */
export const notRegistered: EvaluateRule = (input, { limits }, found) => {
  if (isAtRest(input) || input.begunOn === undefined || input.entered.has('registered-in-statistics')) return;
  found.since(limits, input.begunOn);
  found.condition(unregistered, input.begunOn);
};

const unregistered: Describe<number> = (begun, { day, rule, evidence }) => {
  const since = dayOf(begun);
  const entry = evidence.begunEntry;
  return {
    subject: { kind: 'project' },
    cause: 'schedule',
    since,
    sinceExactness: () => evidence.exactnessOf(entry, since),
    anchor: () => `begun:${entry} on:${since}`,
    evidence: () => (entry === undefined ? [] : [entry]),
    counts: () => ({ is: 'day', name: { en: 'Start of the works', zh: '开工' }, entries: [entry] }),
    reason: () => {
      const days = Math.max(0, day - begun);
      const on = markedDayWords(since, evidence.exactnessOf(entry, since));
      if (evidence.begunStage !== 'started')
        return {
          en: `The works had begun by ${on.en}, ${counted(days, 'days')} ago, and the project is not in the statistics register; ${rule.words.en}.`,
          zh: `项目至迟于 ${spaced(on.zh)}已开工，至今 ${days} 天，尚未入库；${rule.words.zh}。`,
        };
      return {
        en: `The project started on ${on.en}, ${counted(days, 'days')} ago, and is not in the statistics register; ${rule.words.en}.`,
        zh: `项目自 ${spaced(on.zh)}开工已 ${days} 天，尚未入库；${rule.words.zh}。`,
      };
    },
    clears: () => ({
      en: 'The stage "entered in the statistics register".',
      zh: '登记“已入库”。',
    }),
  };
};
