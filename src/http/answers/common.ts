import type { Names, Precision } from '../../../domain/project/events.js';
import type { Money } from '../../../domain/values/money.js';
import type { Basis } from '../../../projections/money/investment.js';
import type { Moment } from '../../app/queries/asked.js';
import { absent, boolean, day, integer, list, object, type Schema, string, uuid, words } from './schema.js';

export const entries: Schema = { ...list(uuid), description: 'The ids of the entries that it rests on.' };
export const minor: Schema = { type: 'integer', description: 'In minor units (fen, cents).' };
export const name: Schema = { type: 'string', description: 'In the language that was asked for.' };
export const basis = words<Basis>({ physical: true, accounting: true, unknown: true });

/** Beside the day of an entry. */
export const exactness = {
  precision: words<Precision>({ day: true, month: true, 'period-end': true }),
  isInferred: absent({ ...boolean, description: 'True where the day was inferred, not stated.' }),
};
export const givenDay = { asOf: day, ...exactness };

export const moment = {
  asOf: { ...day, description: 'The day that the answer is about.' },
  knownAt: {
    ...object<Moment['knownAt']>({ position: integer }),
    description: 'What was known: the entries up to this position.',
  },
};

export const common = {
  Names: object<Names>(
    { en: absent(string), zh: absent(string) },
    'A text in the languages that it was given in.',
  ),
  Said: object<NonNullable<Money['said']>>({ amount: string, unit: string }, 'An amount as it was said.'),
  Money: object<Money>({
    amountMinor: minor,
    currency: string,
    said: absent({ $ref: '#/components/schemas/Said' }),
  }),
};
