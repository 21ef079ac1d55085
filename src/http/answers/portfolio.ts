import type { GroupInvestment, Portfolio, PortfolioGroup } from '../../../projections/portfolio/portfolio.js';
import type { LeadershipState } from '../../app/alerts/leadership.js';
import type { Moment } from '../../app/queries/asked.js';
import type { Health } from '../../app/topout.js';
import type { Problem } from '../problems/problem.js';
import type { NotBegun, ReceiptAnswer } from '../routes/write.js';
import { basis, entries, minor, moment } from './common.js';
import { stalls } from './project.js';
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

type HealthAnswer = Omit<Health, 'heldBack' | 'isReadable'> & { reasons: string[] };

const fault = object<NonNullable<Problem['errors']>[number]>({
  member: { ...string, description: 'The member or header at fault, such as measure.percent.' },
  type: string,
  seen: string,
  expected: string,
});

const problem: Schema = {
  type: 'object',
  description:
    'Problem details (RFC 9457). Further members are facts for a program, such as currentRevision.',
  properties: {
    type: { ...string, format: 'uri-reference', description: '/problems/NAME, which says what it means.' },
    title: string,
    status: integer,
    detail: { ...string, description: 'What was seen and what was expected.' },
    instance: { ...string, format: 'uri-reference' },
    errors: list(fault),
    currentRevision: integer,
    ids: list(uuid),
  },
  required: ['type', 'title', 'status', 'detail'],
};

const also = object<NonNullable<ReceiptAnswer['also']>[number]>({
  id: uuid,
  revision: integer,
  position: integer,
});

export const portfolio = {
  GroupInvestment: object<GroupInvestment>({
    basis,
    currency: string,
    sinceStartMinor: minor,
    reported: integer,
    of: integer,
    entries: orNull(entries),
  }),
  PortfolioGroup: object<PortfolioGroup>({
    key: orNull(string),
    projects: integer,
    completion: object<PortfolioGroup['completion']>({
      floorBasisPoints: orNull(basisPoints('Mean of the floors')),
      percentBasisPoints: orNull(basisPoints('Mean of the percents')),
      ceilingBasisPoints: orNull(basisPoints('Mean of the ceilings')),
      coverage: object<PortfolioGroup['completion']['coverage']>({ reported: integer, of: integer }),
    }),
    investment: list(ref('GroupInvestment')),
    headline: orNull(ref('GroupInvestment')),
    stalled: stalls.open,
    lights: object<PortfolioGroup['lights']>({ red: integer, yellow: integer, blue: integer, none: integer }),
    withoutMoney: { type: 'integer', description: 'Projects without a figure since the start.' },
    unreportedMoney: orNull(list(string)),
    openContradictions: integer,
  }),
  Portfolio: object<Moment & Portfolio>({
    ...moment,
    groups: list(ref('PortfolioGroup')),
    total: ref('PortfolioGroup'),
  }),
  Receipt: object<ReceiptAnswer>({
    project: string,
    id: { ...uuid, description: 'The entry that now says so: the new one, or the one that said it already.' },
    revision: integer,
    position: { type: 'integer', description: 'Order in the whole log; "after" and "knownAt" take it.' },
    recordedAt: instant,
    outcome: words<ReceiptAnswer['outcome']>({ recorded: true, 'already-said': true }),
    also: absent(list(also)),
    notBegun: absent(ref('NotBegun')),
  }),
  NotBegun: object<NotBegun>({
    asOf: {
      ...day,
      description: 'The day, which had not begun there when the entry was recorded; it counts from then on.',
    },
    timeZone: string,
    words: object<NotBegun['words']>({ en: string, zh: string }),
  }),
  LineResult: {
    oneOf: [
      object<{
        line: number;
        status: number;
        id: string;
        revision: number;
        position: number;
        outcome: string;
        notBegun?: NotBegun;
      }>({
        line: integer,
        status: { type: 'integer', description: '201, or 200 when another entry said it already.' },
        id: uuid,
        revision: integer,
        position: integer,
        outcome: { type: 'string', enum: ['recorded', 'replayed', 'already-said'] },
        notBegun: absent(ref('NotBegun')),
      }),
      object<{ line: number; status: number; problem: Problem }>({
        line: integer,
        status: integer,
        problem: ref('Problem'),
      }),
    ],
  } as Schema,
  Problem: problem,
  ProblemKind: object<{ type: string; status: number; title: string; means: string }>({
    type: string,
    status: integer,
    title: string,
    means: string,
  }),
  ProblemKinds: object<{ items: object[] }>({ items: list(ref('ProblemKind')) }),
  Live: object<{ status: string }>({ status: { type: 'string', const: 'live' } }),
  Health: object<HealthAnswer>({
    store: object<Health['store']>({
      state: words<Health['store']['state']>({
        up: true,
        connecting: true,
        'catching-up': true,
        'no-leader': true,
        'no-quorum': true,
        unreachable: true,
        silent: true,
        denied: true,
        untrusted: true,
        refused: true,
        damaged: true,
        failing: true,
        closed: true,
      }),
      head: { ...integer, description: 'The position of the last event that this replica knows of.' },
      why: absent({ ...string, description: 'Why it is not up.' }),
      inStepAt: absent({
        ...instant,
        description: 'When a cluster was last known to be followed to its end.',
      }),
      notWriting: absent({
        ...object<{ since: string; why: string }>({ since: instant, why: string }),
        description: 'Since when the last append to a cluster that can be read could not be stored, and why.',
      }),
      spoilt: absent({
        ...list(object<{ stream: string; why: string }>({ stream: string, why: string })),
        description: 'Streams that were cut short or deleted on the cluster; they take no entry.',
      }),
    }),
    views: list(
      object<Health['views'][number]>({
        name: string,
        version: integer,
        position: integer,
        lag: integer,
        state: words<Health['views'][number]['state']>({
          live: true,
          'catching-up': true,
          rebuilding: true,
          failed: true,
          unmade: true,
        }),
      }),
    ),
    deliveries: absent(
      object<LeadershipState>(
        {
          leader: absent({ ...string, description: 'The replica that does; absent while none is known to.' }),
          since: absent(instant),
          isHere: { ...boolean, description: 'It is this one.' },
          whyNot: absent({ ...string, description: 'Why this one may not.' }),
          takeoverSeconds: {
            ...integer,
            description: 'Within how many seconds another takes over when it is gone without a word.',
          },
        },
        'Which of several replicas judges and delivers.',
      ),
    ),
    ageSeconds: absent({
      ...integer,
      description: 'How long ago the views last held everything; absent while they do.',
    }),
    isReady: boolean,
    reasons: {
      ...list(string),
      description: 'Why it is not ready, and what else is wrong; empty when all is well.',
    },
  }),
  Readable: object<{ isReadable: boolean; ageSeconds?: number; reasons: string[] }>({
    isReadable: boolean,
    ageSeconds: absent({
      ...integer,
      description: 'How long ago the views last held everything; absent while they do.',
    }),
    reasons: { ...list(string), description: 'Why reads are refused; empty while they are answered.' },
  }),
  Index: object<{ name: string; today: { on: string; isSet: boolean }; links: Record<string, string> }>({
    name: string,
    today: object<{ on: string; isSet: boolean }>(
      { on: day, isSet: boolean },
      'The business day, and whether it was set.',
    ),
    links: { type: 'object' },
  }),
};
