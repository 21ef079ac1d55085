import { schemas } from '../../../domain/log/any-event.js';
import type { Source } from '../../../domain/project/events.js';
import type { AlertLine } from '../../../projections/alerts/journal-lines.js';
import type { Changes, FigureChange } from '../../../projections/changes/changes.js';
import type { IdentityView } from '../../../projections/facts/identity.js';
import type { JournalEntry } from '../../../projections/project/journal.js';
import type { Moment, PageOf } from '../../app/queries/asked.js';
import type { LogEntry, LogPage } from '../../app/queries/log-page.js';
import { basis, entries, givenDay, minor, moment, name } from './common.js';
import type { Localised } from './language.js';
import {
  absent,
  basisPoints,
  boolean,
  instant,
  integer,
  list,
  object,
  orNull,
  ref,
  type Schema,
  string,
  uuid,
  words,
} from './schema.js';

const type: Schema = { type: 'string', enum: Object.keys(schemas) };

/** Entries differ by type in nothing but their data. */
type Entry = Localised<Extract<JournalEntry, { type: 'StageEntered' }>>;
type LogEntryOf = Extract<LogEntry, { type: 'StageEntered' }>;
type ItemChange = Changes['items'][number];
type EntryChange = Changes['entries'][number];
type ReportedBy = Extract<Source, { kind: 'report' }>;

const figure = object<FigureChange>({
  from: basisPoints('Before'),
  to: basisPoints('After'),
  byBasisPoints: basisPoints('The difference'),
  scopeBasisPoints: basisPoints('Of it, the effect of another plan'),
  workBasisPoints: basisPoints('Of it, the effect of work'),
  entries,
});

export const journal = {
  Source: {
    oneOf: [
      object<{ kind: string; note?: string }>({
        kind: { type: 'string', const: 'inspection' },
        note: absent(string),
      }),
      object<ReportedBy>({
        kind: { type: 'string', const: 'report' },
        document: string,
        paragraph: absent(string),
        quote: absent(string),
      }),
      object<{ kind: string; document?: string; line?: number }>({
        kind: { type: 'string', const: 'import' },
        document: absent(string),
        line: absent(integer),
      }),
      object<{ kind: string }>({ kind: { type: 'string', const: 'system' } }),
    ],
  },
  JournalEntry: object<Entry>({
    id: uuid,
    position: integer,
    revision: integer,
    type,
    ...givenDay,
    isBeforeItsDay: absent(boolean),
    recordedAt: instant,
    by: string,
    source: ref('Source'),
    words: { ...string, description: 'The fact in plain words, in the language that was asked for.' },
    data: {
      type: 'object',
      description: 'The fact as it is stored, by its type: what was said, with numbers as whole numbers.',
    },
    corrects: absent(uuid),
    correctedBy: absent(uuid),
    withdrawn: absent(
      object<NonNullable<Entry['withdrawn']>>({ by: string, reason: string, recordedAt: instant }),
    ),
  }),
  Journal: object<Localised<Moment & PageOf<JournalEntry | AlertLine>>>({
    ...moment,
    items: list(ref('JournalEntry')),
    next: absent(string),
  }),
  LogEntry: object<LogEntryOf>({
    project: string,
    id: uuid,
    position: integer,
    revision: integer,
    type,
    ...givenDay,
    source: ref('Source'),
    corrects: absent(uuid),
    recordedAt: instant,
    by: string,
    data: { type: 'object', description: 'The fact as it is stored, by its type.' },
  }),
  Log: object<LogPage>({
    upTo: { ...integer, description: 'The next part of the log comes after it.' },
    head: { ...integer, description: 'What can be read now ends here.' },
    items: list(ref('LogEntry')),
    rules: list(object<LogPage['rules'][number]>({ position: integer, rules: ref('Rules') })),
  }),
  Changes: object<Localised<{ project: string; from: Moment; to: Moment } & Changes>>({
    project: string,
    from: object<Moment>(moment),
    to: object<Moment>(moment),
    completion: object<Changes['completion']>({ percent: figure, floor: figure, ceiling: figure }),
    items: list(
      object<Localised<ItemChange>>({
        item: string,
        name,
        names: ref('Names'),
        isGroup: boolean,
        fromBasisPoints: orNull(basisPoints('Before')),
        toBasisPoints: orNull(basisPoints('After')),
        saidBefore: absent(orNull(ref('ItemSaid'))),
        saidAfter: absent(orNull(ref('ItemSaid'))),
        kind: words<ItemChange['kind']>({ work: true, scope: true, correction: true, late: true }),
        entries,
      }),
    ),
    investment: orNull(
      object<NonNullable<Changes['investment']>>({
        fromMinor: orNull(minor),
        toMinor: orNull(minor),
        byMinor: orNull(minor),
        currency: orNull(string),
        basis: orNull(basis),
        entries,
      }),
    ),
    stage: orNull(
      object<{ from: IdentityView['stage']; to: IdentityView['stage'] }>({
        from: orNull(ref('Stage')),
        to: orNull(ref('Stage')),
      }),
    ),
    suspension: orNull(object<{ from: boolean; to: boolean }>({ from: boolean, to: boolean })),
    stallsOpened: list(ref('StallEpisode')),
    stallsCleared: list(ref('StallEpisode')),
    forecasts: list(ref('Forecast')),
    plan: orNull(
      object<NonNullable<Changes['plan']>>({ fromVersion: orNull(integer), toVersion: orNull(integer) }),
    ),
    details: list(string),
    entries: list(
      object<EntryChange>({
        id: uuid,
        type,
        ...givenDay,
        kind: words<EntryChange['kind']>({ new: true, late: true, correction: true, withdrawal: true }),
      }),
    ),
  }),
};
