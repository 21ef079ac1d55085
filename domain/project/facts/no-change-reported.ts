import type { Day } from '../../values/days/calendar.js';
import { periodWords, spaced } from '../../values/words.js';
import { fact } from './fact.js';
import { requireBegun, requireOrder } from './refusals.js';

/** Stated by an inspector: in these days nothing changed; both ends inclusive. */
export interface NoChangeReported {
  from: Day;
  to: Day;
}

export const noChangeReported = fact<NoChangeReported>({
  schema: 1,
  name: { en: 'no change reported', zh: '无变化' },
  about: 'In these days nothing changed.',
  shape: { period: { kind: 'period', about: 'The days, or a month as YYYY-MM.' } },
  typed: { flag: 'no-change', gives: ['from', 'to'], endsOn: 'to' },
  subject: ({ from, to }) => ['no change', from, to],
  refuse({ from, to }, { latestDay }) {
    requireOrder(['from', from], ['to', to]);
    requireBegun('to', to, latestDay);
  },
  words({ from, to }) {
    const period = periodWords(from, to);
    return { en: `No change ${period.en}.`, zh: `${spaced(period.zh)}无变化。` };
  },
});
