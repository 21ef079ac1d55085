import { isDeepStrictEqual } from 'node:util';
import { type LedgerEventData, ledgerStream } from '../../domain/log/ledger-events.js';
import type { Uuid } from '../../domain/values/uuid.js';
import { Chain, type Chained, placeOf, type RawEvent } from './chain.js';
import { bodyText, contentText, noPrev, type StoredBody } from './codec.js';
import { eachOf, next, type OnEvents, type RawLog, type RawTarget } from './copy.js';
import { StoreRefused } from './errors.js';
import type { Protecting } from './protecting.js';

/** What the first event of a protected copy says of the log before. */
export type Continued = LedgerEventData['LogContinued'];

/** The stored type and schema of that event. */
const continuedType = { type: 'LogContinued', schema: 1, stream: ledgerStream, rev: 0 } as const;

/** A protected copy: how texts are sealed, what its first event says, and the names that it may need. */
export interface Protection {
  protecting: Protecting;
  continued: Continued;
  newId(): Uuid;
}

/**
 * Copies a log into an empty store, or one that holds the beginning of such a copy, with the texts of people sealed. The first
 * event says what it continues; ids, streams and times of the others stay, and positions shift by one.
 *
 * @throws StoreRefused the target holds something else; nothing was added
 * @throws StoreCorrupt an event of the source is damaged; earlier events may have been added
 */
export async function copyProtected(
  source: RawLog,
  target: RawTarget,
  { protecting, continued, newId }: Protection,
  onEvents: OnEvents,
): Promise<{ before: number; added: number }> {
  await target.become(target.installation ?? newId());
  const held = eachOf(target.pages());
  const rewriting = new Rewriting(target.name);
  const first = await next(held);
  if (first) requireContinued(target, rewriting.hold(first).stored, continued);
  let [before, added, isAtEnd] = [first ? 1 : 0, 0, !first];
  const chain = new Chain(source.name);
  for await (const page of source.pages()) {
    const missing: Chained[] = [];
    for (const raw of page) {
      const chained = chain.take(raw);
      if (!first && chain.events === 1)
        missing.push(rewriting.take(firstOf(continued, newId(), chained.stored.at)));
      const stored = protectedOf(chained.stored, protecting);
      const there = isAtEnd ? undefined : await next(held);
      if (there && !saysSame(rewriting.hold(there).stored, stored, protecting))
        throw refused(target, `its ${placeOf(there)} is not the ${placeOf(raw)} of ${source.name}`);
      if (there) before += 1;
      else {
        isAtEnd = true;
        missing.push(rewriting.take(stored));
      }
    }
    if (missing.length > 0) await target.add(missing);
    added += missing.length;
    onEvents(chain.events, source.count);
  }
  const more = isAtEnd ? undefined : await next(held);
  if (more) throw refused(target, `its ${placeOf(more)} comes after all events of ${source.name}`);
  return { before, added };
}

/** An event of the source as the copy holds it, but for the leaf of the event before it. */
export function protectedOf(stored: StoredBody, protecting: Protecting): StoredBody {
  const sealed = protecting.sealed(stored) ?? stored;
  // The first event of the copy is in this stream.
  return sealed.stream === ledgerStream ? { ...sealed, rev: sealed.rev + 1 } : sealed;
}

/** What the first event of a store says that it continues; undefined if it is none of a protected copy. */
export function continuedIn(first: StoredBody | undefined): Continued | undefined {
  if (first?.type !== continuedType.type || first.stream !== ledgerStream) return undefined;
  const { entryMetadata: _, ...data } = first.data;
  return data as unknown as Continued;
}

/** Gives events their place in the chains of the copy. */
class Rewriting {
  private readonly chain: Chain;
  private readonly ends = new Map<string, string>();

  constructor(name: string) {
    this.chain = new Chain(name);
  }

  /** Takes an event that the copy holds already. @throws StoreCorrupt */
  hold(raw: RawEvent): Chained {
    const chained = this.chain.take(raw);
    this.ends.set(chained.stored.stream, chained.leaf);
    return chained;
  }

  take(event: StoredBody): Chained {
    const stored = { ...event, prev: this.ends.get(event.stream) ?? noPrev };
    const { entryMetadata: entry, ...data } = stored.data;
    const content = contentText({ type: stored.type, entry, data } as unknown as Parameters<
      typeof contentText
    >[0]);
    const body = bodyText(stored, content);
    return this.hold({ position: this.chain.events + 1, body });
  }
}

function firstOf(continued: Continued, id: Uuid, at: string): StoredBody {
  const entryMetadata = { asOf: at.slice(0, 10), precision: 'day', source: { kind: 'system' } } as const;
  return {
    v: 1,
    ...continuedType,
    id,
    at,
    by: 'machine',
    prev: noPrev,
    data: { ...continued, entryMetadata },
  };
}

function saysSame(there: StoredBody, stored: StoredBody, protecting: Protecting): boolean {
  const placeIn = ({ id, stream, rev, type, schema, at, by }: StoredBody) => [
    id,
    stream,
    rev,
    type,
    schema,
    at,
    by,
  ];
  return (
    isDeepStrictEqual(placeIn(there), placeIn(stored)) &&
    protecting.contentOf(there) === protecting.contentOf(stored)
  );
}

function requireContinued(target: RawLog, first: StoredBody, { copiedAt: _, ...expected }: Continued): void {
  const { copiedAt: __, ...found } = continuedIn(first) ?? { copiedAt: '' };
  if (isDeepStrictEqual(found, expected)) return;
  throw refused(
    target,
    'it holds something else, or the beginning of a copy of a source that has grown since',
  );
}

function refused({ name }: RawLog, what: string): StoreRefused {
  return new StoreRefused(
    name,
    `${what}; expected an empty store, or the beginning of this protected copy and nothing else`,
  );
}
