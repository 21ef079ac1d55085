import { omitUndefined } from '../../../domain/values/omit-undefined.js';
import type { ReadKind, ReadSaid } from '../../app/access/reads.js';
import { Refused } from '../../app/refusals.js';
import { isObject } from '../validation/rules.js';
import type { Caller } from './caller.js';

/** Routes whose answers are recorded for every sign-in. */
const always: Readonly<Record<string, ReadKind>> = {
  '/entries': 'log',
  '/projects/:project/bundle': 'log',
  '/people': 'people',
  '/people/:person': 'people',
};
/** Routes over many projects, whose answers are recorded where they are about what was known more than a day ago. */
const replays: ReadonlySet<string> = new Set([
  '/projects',
  '/portfolio',
  '/portfolio/changes',
  '/portfolio/lights',
  '/alerts',
  '/alerts/count',
  '/alerts/needs',
  '/alerts/by-project',
  '/access',
]);

/** The parts of a request that are recorded of it. */
interface Reading {
  method: string;
  routeOptions: { url?: string | undefined };
  params: unknown;
  caller: Caller;
  /** As what its answer is recorded. */
  readAs?: ReadKind;
}

/** As what the answer to a request is recorded; undefined for others, and in open mode, where nobody is known. */
export function readKindOf(
  { method, routeOptions, caller }: Reading,
  isReplay: boolean,
): ReadKind | undefined {
  const { url = '-' } = routeOptions;
  if (method !== 'GET' || caller.kind !== 'signed-in') return undefined;
  if (Object.hasOwn(always, url)) return always[url];
  return isReplay && replays.has(url) ? 'replay' : undefined;
}

/** Nothing that has to be recorded is read while that is impossible. */
export function readsUnrecorded(): Refused {
  return new Refused('reads-unrecorded', {
    seen: { en: 'a log of reads that cannot be written', zh: '无法写入的查阅记录' },
    expected: {
      en: 'room on the disk of the data folder; the operator has to look',
      zh: '数据目录所在磁盘有可用空间；请联系运维人员',
    },
  });
}

/** What is recorded of an answer; undefined for none, and for an empty part of the log. */
export function readSaid(request: Reading, answer: unknown): ReadSaid | undefined {
  const { readAs: kind, caller, routeOptions, params } = request;
  if (kind === undefined || caller.kind !== 'signed-in' || !isObject(answer)) return undefined;
  const { items, from, to } = answer as { items?: unknown; from?: unknown; to?: unknown };
  const { asOf, knownAt } = momentOf(isObject(from) ? from : answer);
  const { asOf: toAsOf, knownAt: toKnownAt } = isObject(to) ? momentOf(to) : {};
  const count = Array.isArray(items) ? items.length : 1;
  if (kind === 'log' && count === 0) return undefined;
  const { person: about } = params as { person?: string };
  return omitUndefined({
    person: caller.person,
    credential: caller.credential,
    kind,
    route: routeOptions.url ?? '-',
    ...{ asOf, knownAt, toAsOf, toKnownAt },
    ...(kind === 'log' && Array.isArray(items) ? rangeOf(items) : {}),
    about,
    count,
  });
}

function momentOf(answer: object): Pick<ReadSaid, 'asOf' | 'knownAt'> {
  const { asOf, knownAt } = answer as { asOf?: string; knownAt?: { position: number } };
  return omitUndefined({ asOf, knownAt: knownAt?.position });
}

function rangeOf(items: readonly { position: number }[]): { from?: number; to?: number } {
  const [from, to] = [items[0]?.position, items.at(-1)?.position];
  return from === undefined || to === undefined ? {} : { from, to };
}
