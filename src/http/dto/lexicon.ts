import type { LexiconSet } from '../../../domain/governance/lexicons.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import { type ItemState, itemStates } from '../../../domain/values/lexicon.js';
import { omitUndefined } from '../../../domain/values/omit-undefined.js';
import { Member, Optional, shape, shapes } from '../validation/member.js';
import { day, listOf, oneOf, pattern, slug, text, wholeNumber } from '../validation/rules.js';
import { BothNamesSaid } from './rules.js';

const basisPoints = wholeNumber(0, 10_000);

export class WordRangeSaid {
  @Member(basisPoints, 'At least, in basis points (85 % is 8500).')
  low!: number;

  @Member(basisPoints, 'The best estimate.')
  point!: number;

  @Member(basisPoints, 'At most; above low, but for "done" and "not-started".')
  high!: number;
}

export class LexiconWordSaid {
  @Member(pattern(/^[a-z0-9-]{1,40}$/, '1 to 40 of a-z, 0-9 and -'), 'Its id, by which entries name it.')
  word!: string;

  @Member(shape(WordRangeSaid), 'The completion that it means.')
  range!: WordRangeSaid;

  @Optional(oneOf(Object.keys(itemStates)), 'The state of an item that it names.')
  state?: ItemState;

  @Member(shape(BothNamesSaid), 'Its name in both languages.')
  name!: { en: string; zh: string };

  @Member(listOf(text(200), 0, 200), 'The phrases that mean it, in any spelling.')
  said!: string[];
}

/** The lexicon of an installation, adopted whole. */
export class LexiconSaid {
  @Optional(
    wholeNumber(1, 1_000_000_000),
    'The version that it was made from; counts like If-Match when that is absent.',
  )
  version?: number;

  @Member(text(200), 'Who stands for it: a person or a document.')
  basis!: string;

  @Member(shapes(LexiconWordSaid, 1, 200), 'Every word; none of the lexicon in force may be missing.')
  words!: LexiconWordSaid[];
}

export class LexiconTestQuery {
  @Optional(day, 'The day whose figures are compared; the business day when absent.')
  asOf?: Day;

  @Optional(text(200), 'Only projects of this district.')
  district?: string;

  @Optional(text(200), 'Only projects of this sector.')
  sector?: string;

  @Optional(slug(3), 'Only this project.')
  project?: string;
}

/** The lexicon in a request; the application finds inconsistencies. */
export function lexiconOf({ basis, words }: LexiconSaid): LexiconSet {
  return {
    basis,
    words: words.map(({ word, range, state, name, said }) =>
      omitUndefined({ word, range: { ...range }, state, name: { ...name }, said: [...said] }),
    ),
  };
}
