import { measureWords } from '../../../domain/project/facts/measure-words.js';
import { marksIn } from '../../../domain/values/day-marks.js';
import { nameWords } from '../../../domain/values/words.js';
import type { CompletionView } from '../../../projections/completion/completion.js';
import type { ContradictionsView } from '../../../projections/contradictions/contradictions.js';
import type { JournalEntry } from '../../../projections/project/journal.js';
import { sourceWords } from '../../../projections/words/source-words.js';
import type { Language } from '../../shared/language.js';
import type { SayAuthor } from '../use/authors.js';
import type { Cell } from '../use/sheet-files.js';
import type { Say } from './texts.js';
import type { Bar } from './work/schedule-bars.js';

/** Maps the ids of entries to their positions. */
export type PositionsOf = (ids: readonly string[]) => string | null;

/** The positions of some entries, as text: `22; 23`. */
export function positionsIn(lines: readonly JournalEntry[]): PositionsOf {
  let byId: Map<string, number> | undefined;
  return (ids) => {
    byId ??= new Map(lines.map(({ id, position }) => [id, position]));
    return [...new Set(ids)].flatMap((id) => byId?.get(id) ?? []).join('; ') || null;
  };
}

/** The work breakdown as a table of plain values: percent as 49.86, days as stored. */
export function itemsSheet(
  { items }: CompletionView,
  positions: PositionsOf,
  say: Say,
  language: Language,
): Cell[][] {
  return [
    [
      say('id'),
      say('item'),
      say('within'),
      `${say('share')} %`,
      `${say('completion')} %`,
      `${say('curve.floor')} %`,
      `${say('curve.ceiling')} %`,
      say('status'),
      say('said'),
      say('day'),
      say('dayIs'),
      say('source'),
    ],
    ...items.map((item): Cell[] => [
      item.item,
      nameWords(item.name, item.item)[language],
      item.parent ?? null,
      item.isPlanned ? item.shareBasisPoints / 100 : null,
      item.percentBasisPoints / 100,
      item.floorBasisPoints / 100,
      item.ceilingBasisPoints / 100,
      item.isCancelled ? say('cancelled') : item.isPlanned ? say(`status.${item.status}`) : say('unplanned'),
      item.said ? measureWords(item.said.measure)[language] : null,
      item.said?.asOf ?? null,
      marksIn(item.said, language),
      positions(item.entries),
    ]),
  ];
}

/** Plan, forecasts and stalls as a table of plain values. */
export function scheduleSheet(
  bars: readonly Bar[],
  positions: PositionsOf,
  say: Say,
  language: Language,
): Cell[][] {
  return [
    [say('item'), say('kind'), say('from'), say('dayIs'), say('to'), say('dayIs'), say('source')],
    ...bars.map(({ name, note, from, fromExactness, to, toExactness, isOpen, unknown, entries }): Cell[] => [
      name,
      note,
      unknown === 'from' ? null : from,
      marksIn(fromExactness, language),
      isOpen || unknown === 'to' ? null : to,
      marksIn(toExactness, language),
      positions(entries),
    ]),
  ];
}

/** The register of contradictions as a table of plain values. */
export function contradictionsSheet(
  { open, explained, settled }: ContradictionsView,
  positions: PositionsOf,
  say: Say,
  language: Language,
): Cell[][] {
  return [
    [
      say('contradictions'),
      say('from'),
      say('dayIs'),
      say('status'),
      say('source'),
      say('settledBy'),
      say('whyItStays'),
    ],
    ...[...open, ...explained, ...settled].map(
      ({ words, since, sinceExactness, entries, settledBy, state, explanation }): Cell[] => [
        words[language],
        since,
        marksIn(sinceExactness, language),
        say(state === 'open' ? 'stillOpen' : state),
        positions(entries),
        settledBy ? positions([settledBy]) : null,
        explanation?.reason ?? null,
      ],
    ),
  ];
}

/** The journal as a table of plain values, in log order. */
export function journalSheet(
  lines: readonly JournalEntry[],
  say: Say,
  author: SayAuthor,
  language: Language,
): Cell[][] {
  const positions = positionsIn(lines);
  return [
    [
      say('position'),
      say('day'),
      say('dayIs'),
      say('recordedAt'),
      say('recordedBy'),
      say('authorId'),
      say('entry'),
      say('kind'),
      say('sourceKind'),
      say('document'),
      say('paragraph'),
      say('quoted'),
      say('place'),
      say('correctsEntry'),
      say('correctedByEntry'),
      say('withdrawnBecause'),
      say('id'),
    ],
    ...lines.map((line): Cell[] => {
      const { source } = line;
      return [
        line.position,
        line.asOf,
        marksIn(line, language),
        line.recordedAt,
        author(line),
        line.by,
        line.words[language],
        line.type,
        sourceWords(source)[language],
        'document' in source ? (source.document ?? null) : null,
        'paragraph' in source ? (source.paragraph ?? null) : null,
        'quote' in source ? (source.quote ?? null) : null,
        line.place ?? null,
        line.corrects ? positions([line.corrects]) : null,
        line.correctedBy ? positions([line.correctedBy]) : null,
        line.withdrawn?.reason ?? null,
        line.id,
      ];
    }),
  ];
}
