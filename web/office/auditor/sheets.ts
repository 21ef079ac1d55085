import { minorDigits } from '../../../domain/values/amounts/money.js';
import { marksIn } from '../../../domain/values/day-marks.js';
import { labelled } from '../../../domain/values/punctuation.js';
import { nameWords } from '../../../domain/values/words.js';
import type { Changes } from '../../../projections/changes/changes.js';
import { effects } from '../../../projections/changes/effects.js';
import type { JournalEntry } from '../../../projections/project/journal.js';
import type { ProjectRow } from '../../../projections/project/project.js';
import type { Language } from '../../shared/language.js';
import type { Frame } from '../../shared/replay/film.js';
import type { SayAuthor } from '../use/authors.js';
import type { Cell } from '../use/sheet-files.js';
import { type ComparedFigure, effectHead } from './compared-figures.js';
import { projectWords } from './film/frame-words.js';
import type { SayAuditor } from './texts.js';

const points = (basisPoints: number | null | undefined) =>
  basisPoints === null || basisPoints === undefined ? null : basisPoints / 100;
const major = (minor: number | null | undefined, currency: string | null | undefined) =>
  minor === null || minor === undefined || !currency ? null : minor / 10 ** minorDigits(currency);

const noEffects = effects.map(() => null);

/** How a table says its words. */
export interface Voice {
  say: SayAuditor;
  author: SayAuthor;
  language: Language;
}

/** A comparison as a table of plain values: the figures, the items that differ, and the entries between, each with its kind. */
export function comparedSheet(
  found: Changes,
  figures: readonly ComparedFigure[],
  lines: readonly JournalEntry[],
  { say, author, language }: Voice,
): Cell[][] {
  const byId = new Map(lines.map((line) => [line.id, line]));
  const positions = (ids: readonly string[]) =>
    ids.map((id) => byId.get(id)?.position ?? '').join('; ') || null;
  return [
    [
      say('kind'),
      say('figure'),
      say('before'),
      say('after'),
      say('change'),
      ...effects.map((effect) => say(effectHead(effect))),
      say('day'),
      say('dayIs'),
      say('recordedAt'),
      say('recordedBy'),
      say('positions'),
    ],
    ...figures.map((one): Cell[] => {
      const { figure, before, after, entries } = one;
      const tail = [null, null, null, null, positions(entries)];
      if (figure === 'percent' || figure === 'floor' || figure === 'ceiling') {
        const { from, to, byBasisPoints, ...by } = found.completion[figure];
        const moved = effects.map((effect) => by[`${effect}BasisPoints`]);
        const numbers = [from, to, byBasisPoints, ...moved].map(points);
        return [say('figure'), `${say(figure)} %`, ...numbers, ...tail];
      }
      if (figure === 'money' && found.investment) {
        const { fromMinor, toMinor, byMinor, currency } = found.investment;
        const numbers = [fromMinor, toMinor, byMinor].map((minor) => major(minor, currency));
        return [say('figure'), `${say(figure)} ${currency ?? ''}`.trim(), ...numbers, ...noEffects, ...tail];
      }
      return [say('figure'), say(figure), before, after, null, ...noEffects, ...tail];
    }),
    ...found.items.map(({ item, name, fromBasisPoints, toBasisPoints, kind, entries }): Cell[] => [
      labelled(say('item'), say(`kind.${kind}`), language),
      nameWords(name, item)[language],
      points(fromBasisPoints),
      points(toBasisPoints),
      points((toBasisPoints ?? 0) - (fromBasisPoints ?? 0)),
      ...noEffects,
      null,
      null,
      null,
      null,
      positions(entries),
    ]),
    ...found.entries.map((entry): Cell[] => {
      const { id, kind, asOf } = entry;
      const line = byId.get(id);
      const none = [null, null, null, ...noEffects];
      const day = [asOf, marksIn(entry, language)];
      const tail = [
        line?.recordedAt ?? null,
        line ? author(line) : null,
        line ? String(line.position) : null,
      ];
      return [
        labelled(say('entry'), say(`kind.${kind}`), language),
        line?.words[language] ?? id,
        ...none,
        ...day,
        ...tail,
      ];
    }),
  ];
}

/** A replay as a table of plain values: one row per entry, with the figures after it. */
export function filmSheet(
  frames: readonly Frame[],
  isDistrict: boolean,
  { say, author, language }: Voice,
): Cell[][] {
  const ofDistrict = isDistrict
    ? [
        `${say('districtPercent')} %`,
        labelled(say('districtPercent'), `${say('floor')} %`, language),
        labelled(say('districtPercent'), `${say('ceiling')} %`, language),
        say('districtMoney'),
        labelled(say('lights'), say('red'), language),
        labelled(say('lights'), say('yellow'), language),
      ]
    : [];
  return [
    [
      say('position'),
      say('day'),
      say('dayIs'),
      say('recordedAt'),
      say('recordedBy'),
      say('id'),
      say('pick'),
      say('entry'),
      `${say('percent')} %`,
      `${say('floor')} %`,
      `${say('ceiling')} %`,
      say('money'),
      say('currency'),
      say('stage'),
      say('light'),
      say('stands'),
      say('report'),
      say('dayIs'),
      say('contradictions'),
      ...ofDistrict,
    ],
    ...frames.map((frame): Cell[] => [
      frame.position,
      frame.asOf,
      marksIn(frame, language),
      frame.recordedAt,
      author(frame),
      frame.project,
      nameWords((frame.after ?? frame.before)?.name, frame.project)[language],
      frame.words[language],
      ...rowCells(frame.after, say, language),
      ...(frame.totals
        ? [
            points(frame.totals.completion.percentBasisPoints),
            points(frame.totals.completion.floorBasisPoints),
            points(frame.totals.completion.ceilingBasisPoints),
            frame.totals.money
              .map(({ sinceStartMinor, currency }) => `${major(sinceStartMinor, currency)} ${currency}`)
              .join('; ') || null,
            frame.totals.lights.red,
            frame.totals.lights.yellow,
          ]
        : []),
    ]),
  ];
}

function rowCells(row: ProjectRow | null, say: SayAuditor, language: Language): Cell[] {
  const percent = (basisPoints: number | undefined) => (row?.hasPlan ? points(basisPoints) : null);
  const { stage, light, stands } = projectWords(row, say, language);
  const said = (words: string) => (words === say('nothing') ? null : words);
  return [
    percent(row?.completion.percentBasisPoints),
    percent(row?.completion.floorBasisPoints),
    percent(row?.completion.ceilingBasisPoints),
    major(row?.investment?.sinceStartMinor, row?.investment?.currency),
    row?.investment?.currency ?? null,
    said(stage),
    said(light),
    said(stands),
    row?.lastReportOn ?? null,
    marksIn(row?.lastReportOnExactness, language),
    row?.openContradictions ?? null,
  ];
}
