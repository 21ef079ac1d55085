import { effects } from '../../../../projections/changes/effects.js';
import { shownEffects } from '../../../../projections/portfolio/between.js';
import type { Cell } from '../../use/sheet-files.js';
import type { SayAuditor } from '../texts.js';
import type { TotalChanges } from './total-changes.js';

const points = (basisPoints: number | null) => (basisPoints === null ? null : basisPoints / 100);

/** The comparison as a table of plain values: the mean, every project, and its new entries. */
export function betweenSheet({ completion, items, unchanged }: TotalChanges, say: SayAuditor): Cell[][] {
  const { percent } = completion;
  const noEffects = shownEffects.map(() => null);
  return [
    [
      say('pick'),
      'A %',
      'B %',
      say('change'),
      ...shownEffects.map((effect) => say(`effect.${effect}`)),
      say('kind'),
      say('day'),
      say('entry'),
    ],
    [
      say('whole'),
      ...[percent.from, percent.to, percent.byBasisPoints].map(points),
      ...shownEffects.map((effect) => points(percent[`${effect}BasisPoints`])),
      null,
      null,
      null,
    ],
    ...items.flatMap(({ name, completion: { percent: own }, entries }): Cell[][] => [
      [
        name,
        ...[own.from, own.to, own.byBasisPoints].map(points),
        ...effects.map((effect) => points(own[`${effect}BasisPoints`])),
        null,
        null,
        null,
        null,
        null,
      ],
      ...entries.map(({ kind, asOf, words, unmoved }): Cell[] => [
        name,
        null,
        null,
        null,
        ...noEffects,
        say(`kind.${kind}`),
        asOf,
        unmoved === undefined ? words : `${words} ${say('movedNothing', { why: unmoved })}`,
      ]),
    ]),
    ...unchanged.map(({ name, percentBasisPoints }): Cell[] => [
      name,
      points(percentBasisPoints),
      points(percentBasisPoints),
      0,
      ...noEffects,
      null,
      null,
      null,
    ]),
  ];
}
