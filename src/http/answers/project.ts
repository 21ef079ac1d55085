import type { ProjectDetails } from '../../../domain/project/events.js';
import { stallCauses } from '../../../domain/project/events.js';
import type { AlertsAt } from '../../../projections/alerts/alerts-at.js';
import type { Watched } from '../../../projections/alerts/due.js';
import type { CompletionView, ItemCompletion } from '../../../projections/completion/completion.js';
import type { Contradiction, ContradictionRule } from '../../../projections/contradictions/contradiction.js';
import type { IdentityView } from '../../../projections/facts/identity.js';
import type { InvestmentView } from '../../../projections/money/investment.js';
import type { ProjectRow } from '../../../projections/project/project.js';
import type { StallEpisode, StallsView } from '../../../projections/stalls/stalls.js';
import type { Moment, PageOf } from '../../app/queries/asked.js';
import type { RegisterPage } from '../../app/queries/register-page.js';
import type { ProjectAnswer } from '../../app/topout.js';
import { blocked, stages } from '../dto/facts.js';
import { rule, severity, subject } from './alerts.js';
import { basis, entries, exactness, givenDay, minor, moment, name } from './common.js';
import type { Localised } from './language.js';
import {
  absent,
  basisPoints,
  boolean,
  day,
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

const floor = basisPoints('Stated facts only');
const percent = basisPoints('Plus what they imply');
const ceiling = basisPoints('What is unreported may be done');
const coverage = basisPoints('The share of the weights that is stated');
const stage: Schema = {
  type: 'string',
  enum: stages.filter((one) => one !== 'suspended' && one !== 'resumed'),
};
const blocks = list({ type: 'string', enum: blocked });
const cause: Schema = { type: 'string', enum: stallCauses };
const said = object<NonNullable<ItemCompletion['said']>>(
  {
    measure: {
      anyOf: [ref('Measure'), object<{ kind: 'done' }>({ kind: { type: 'string', const: 'done' } })],
    },
    step: absent(string),
    ...givenDay,
    entry: uuid,
  },
  'The last word on it, as it was said.',
);

type Step = Localised<NonNullable<ItemCompletion['steps']>[number]>;

const register = {
  open: { ...integer, description: 'How many stand.' },
  settled: { ...integer, description: 'How many an entry has settled.' },
  items: {
    ...list(ref('Contradiction')),
    description: 'The open ones before the settled ones, the latest first.',
  },
  next: absent({ ...string, description: 'The cursor of the page after; absent on the last.' }),
};

export const stalls = {
  open: object<StallsView['open']>({ works: integer, production: integer, staffing: integer }),
};

export const project = {
  Measure: {
    oneOf: [
      object<{ kind: 'percent'; basisPoints: number }>({
        kind: { type: 'string', const: 'percent' },
        basisPoints: basisPoints('Done'),
      }),
      object<{ kind: 'count'; done: number; of?: number; unit?: string }>({
        kind: { type: 'string', const: 'count' },
        done: integer,
        of: absent(integer),
        unit: absent(string),
      }),
      object<{ kind: 'storeys'; reached: number; of?: number }>({
        kind: { type: 'string', const: 'storeys' },
        reached: integer,
        of: absent(integer),
      }),
      object<{ kind: 'word'; word: string; said: string }>({
        kind: { type: 'string', const: 'word' },
        word: string,
        said: string,
      }),
    ],
  },
  ItemSaid: said,
  ItemCompletion: object<Localised<ItemCompletion>>({
    item: string,
    name,
    names: ref('Names'),
    parent: absent(string),
    isGroup: boolean,
    isPlanned: boolean,
    weight: integer,
    shareBasisPoints: basisPoints('Share of the whole project'),
    floorBasisPoints: floor,
    percentBasisPoints: percent,
    ceilingBasisPoints: ceiling,
    status: words<ItemCompletion['status']>({
      stated: true,
      implied: true,
      unreported: true,
      'rolled-up': true,
    }),
    said: absent(ref('ItemSaid')),
    steps: absent(
      list(
        object<Step>({
          step: string,
          name,
          names: ref('Names'),
          floorBasisPoints: floor,
          percentBasisPoints: percent,
          ceilingBasisPoints: ceiling,
        }),
      ),
    ),
    impliedBy: absent(list(string)),
    entries,
  }),
  Completion: object<Localised<CompletionView>>({
    floorBasisPoints: floor,
    percentBasisPoints: percent,
    ceilingBasisPoints: ceiling,
    coverageBasisPoints: coverage,
    reportedItems: integer,
    plannedItems: integer,
    plan: orNull(
      object<NonNullable<CompletionView['plan']>>({
        version: integer,
        basis: string,
        ...givenDay,
        entry: uuid,
      }),
    ),
    lexiconVersion: integer,
    items: list(ref('ItemCompletion')),
    entries,
  }),
  Investment: object<InvestmentView>({
    sinceStartMinor: orNull(minor),
    currency: orNull(string),
    basis: orNull(basis),
    said: orNull(ref('Said')),
    asOf: orNull(day),
    precision: orNull(exactness.precision),
    isInferred: exactness.isInferred,
    entry: orNull(uuid),
    thisYearMinor: orNull(minor),
    months: list(
      object<InvestmentView['months'][number]>({ month: string, amountMinor: minor, entry: uuid }),
    ),
    plannedMinor: orNull(minor),
    annualPlanMinor: orNull(minor),
    plannedCurrency: orNull(string),
    plannedImpliedMinor: orNull(minor),
    shareOfPlanBasisPoints: orNull(basisPoints('Share of the planned investment')),
    shareIs: orNull(words<NonNullable<InvestmentView['shareIs']>>({ stated: true, computed: true })),
    byBasis: list(
      object<InvestmentView['byBasis'][number]>({
        basis,
        currency: string,
        sinceStartMinor: orNull(minor),
        thisYearMinor: orNull(minor),
        months: list(
          object<InvestmentView['months'][number]>({ month: string, amountMinor: minor, entry: uuid }),
        ),
        ...givenDay,
        entries,
      }),
    ),
    isMixed: boolean,
    entries,
  }),
  StallEpisode: object<StallEpisode>({
    stall: string,
    cause,
    blocks,
    from: day,
    statedTo: absent(day),
    status: words<StallEpisode['status']>({ open: true, cleared: true }),
    clearedOn: absent(day),
    entries,
  }),
  Contradiction: object<Localised<Contradiction>>({
    id: string,
    rule: words<ContradictionRule>({
      'money-fell': true,
      'progress-fell': true,
      'no-progress-but-rose': true,
      'ahead-of-predecessor': true,
      'produced-while-blocked': true,
      'built-but-unfinished': true,
      'stage-backwards': true,
      'denominators-differ': true,
      'share-differs': true,
      'unknown-step': true,
    }),
    since: day,
    entries,
    moreEntries: absent({ ...integer, description: 'How many entries more stand in it.' }),
    words: string,
    settledBy: absent(uuid),
  }),
  Contradictions: object<Localised<Moment & RegisterPage>>({ ...moment, ...register }),
  Details: object<Localised<ProjectDetails>>({
    name,
    names: ref('Names'),
    aliases: absent(list(string)),
    owner: absent(string),
    district: absent(string),
    sector: absent(string),
    phase: absent(string),
    capacity: absent(
      object<NonNullable<ProjectDetails['capacity']>>({
        amount: integer,
        unit: string,
        per: words({ year: true, month: true, day: true }),
      }),
    ),
    codes: absent(
      list(object<NonNullable<ProjectDetails['codes']>[number]>({ scheme: string, value: string })),
    ),
    timeZone: absent(string),
  }),
  Stage: object<NonNullable<IdentityView['stage']>>({ stage, since: day, ...exactness, entry: uuid }),
  Project: object<Localised<ProjectAnswer>>({
    ...moment,
    revision: integer,
    project: orNull(string),
    details: ref('Details'),
    stage: orNull(ref('Stage')),
    isSuspended: boolean,
    firstOn: orNull(day),
    lastReportOn: orNull(day),
    lastEntry: orNull(
      object<NonNullable<IdentityView['lastEntry']>>({ id: uuid, position: integer, recordedAt: instant }),
    ),
    completion: ref('Completion'),
    investment: ref('Investment'),
    schedule: ref('Schedule'),
    stalls: object<StallsView>({ episodes: list(ref('StallEpisode')), open: stalls.open, entries }),
    contradictions: object<Localised<RegisterPage>>(register, 'The first 100 of them.'),
    alerts: ref('AlertsAt'),
  }),
  Watched: object<Localised<Watched>>({
    rule,
    subject,
    cause: string,
    silence: absent(string),
    since: day,
    anchor: string,
    evidence: entries,
    stopsWorks: absent(boolean),
    severity: orNull(severity),
    isHeld: boolean,
    reason: { ...string, description: 'The arithmetic in one sentence.' },
    clears: { ...string, description: 'What would clear it.' },
  }),
  AlertsAt: object<Localised<AlertsAt>>({
    light: orNull(severity),
    rulesVersion: integer,
    due: list(ref('Watched')),
    notJudged: list(object<Localised<AlertsAt['notJudged'][number]>>({ rule, why: string })),
    nextOn: {
      ...orNull(day),
      description: 'The next day on which the answer is another one without an entry.',
    },
  }),
  ProjectRow: object<Localised<ProjectRow>>({
    project: string,
    name,
    names: ref('Names'),
    aliases: absent(list(string)),
    district: absent(string),
    sector: absent(string),
    owner: absent(string),
    phase: absent(string),
    stage: orNull(stage),
    isSuspended: boolean,
    hasPlan: boolean,
    completion: object<ProjectRow['completion']>({
      floorBasisPoints: floor,
      percentBasisPoints: percent,
      ceilingBasisPoints: ceiling,
      coverageBasisPoints: coverage,
    }),
    investment: orNull(
      object<NonNullable<ProjectRow['investment']>>({
        sinceStartMinor: minor,
        currency: string,
        basis,
        shareOfPlanBasisPoints: orNull(basisPoints('Share of the planned investment')),
        asOf: day,
        entry: uuid,
      }),
    ),
    stalls: list(object<ProjectRow['stalls'][number]>({ stall: string, cause, blocks, from: day, entries })),
    lastReportOn: orNull(day),
    openContradictions: integer,
    light: orNull(severity),
  }),
  Projects: object<Localised<Moment & PageOf<ProjectRow>>>({
    ...moment,
    items: list(ref('ProjectRow')),
    next: absent(string),
  }),
};
