import type { AnyEvent } from '../../../domain/log/any-event.js';
import type { Decision } from '../../../domain/values/decision.js';
import { EventIdReused, RevisionConflict } from '../../event-store/errors.js';
import type { Appended, EventStore, IdOrigin, NewEvent } from '../../event-store/event-store.js';
import type { World } from '../ports.js';
import { Refused } from '../refusals.js';

/** How long a write is repeated because other writers were faster, in milliseconds. */
const patienceMs = 2_000;
/** The maximum pause before the second repetition, and before any later one, in milliseconds. */
const firstPauseMs = 10;
const longestPauseMs = 100;

/** What every writer works with. */
export interface WriterPorts {
  store: EventStore;
  world: Pick<World, 'after' | 'random'>;
}

/** What a decision rests on. */
interface AtRevision {
  /** Of the last event of the stream; -1 before the first. */
  revision: number;
}

/** A decision, or the events of a request that came before under its id: the store compares them with what it holds. */
export type Answer<Entry> = Decision<NewEvent, Entry> | { repeat: readonly NewEvent[] };

/** One write to one stream. */
export interface Writing<Loaded extends AtRevision, Entry> {
  stream: string;
  /** `proposed` when absent. */
  ids?: IdOrigin;
  /** Loads what the decision rests on; called again when an append at its revision was refused for `conflict`. */
  load(conflict?: RevisionConflict): Loaded | Promise<Loaded>;
  decide(loaded: Loaded): Answer<Entry> | Promise<Answer<Entry>>;
  /** Resolves when what was loaded is durable and current; awaited where nothing is appended. @throws RevisionConflict */
  confirm?(loaded: Loaded): Promise<void>;
  /** Runs loading and deciding in the order of the writers of this process; an append is awaited outside. */
  inOrder?<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Follows an append that was just sent. */
  sent?(loaded: Loaded, events: readonly NewEvent[], appending: Promise<Appended>): Promise<Appended>;
}

/** What a write led to, and what it was decided on. */
export type Written<Loaded, Entry> = { loaded: Loaded } & ({ appended: Appended } | { alreadySaid: Entry });

/**
 * Loads, decides and appends at the revision that was loaded; again when another writer has appended to the stream meanwhile.
 * The first repetition comes immediately, later ones after a random pause.
 *
 * @throws Refused `write-contended` others were faster for 2 s; nothing is stored
 * @throws EventIdReused an id is taken by another event, also after the stream was loaded again
 */
export async function transact<Loaded extends AtRevision, Entry>(
  { store, world: { after, random } }: WriterPorts,
  writing: Writing<Loaded, Entry>,
): Promise<Written<Loaded, Entry>> {
  const { stream, inOrder } = writing;
  let conflict: RevisionConflict | undefined;
  let isOver = false;
  let stop: (() => void) | undefined;
  try {
    for (let repetition = 0; ; repetition += 1) {
      let appendedTo: Loaded | undefined;
      try {
        const work = () => begin(store, writing, conflict);
        const decided = await (inOrder ? inOrder(work) : work());
        const { loaded } = decided;
        if ('appending' in decided) {
          appendedTo = loaded;
          return { loaded, appended: await decided.appending };
        }
        if ('alreadySaid' in decided) return decided;
        const { events } = await store.append(stream, decided.repeat, 'any');
        return { loaded, appended: { events, isReplay: true } };
      } catch (error) {
        conflict = conflictOf(error, stream, appendedTo, conflict);
        if (!conflict) throw error;
        if (isOver) throw contended(conflict);
        stop ??= after(patienceMs, () => {
          isOver = true;
        });
        if (repetition === 0) continue;
        const mostMs = Math.min(firstPauseMs * 2 ** (repetition - 1), longestPauseMs);
        await new Promise<void>((resolve) => void after(mostMs * random(), resolve));
      }
    }
  } finally {
    stop?.();
  }
}

/** Events with their ids: the first has the one that is given, the others follow from it. */
export function named(
  events: readonly AnyEvent[],
  id: string,
  by: string,
  { derivedId }: Pick<World, 'derivedId'>,
): NewEvent[] {
  return events.map((event, index) => ({
    ...event,
    id: index === 0 ? id : derivedId(id, String(index)),
    by,
  }));
}

/** Loads and decides, and sends what is to be appended. */
async function begin<Loaded extends AtRevision, Entry>(
  store: EventStore,
  { stream, ids, load, decide, confirm, sent }: Writing<Loaded, Entry>,
  conflict: RevisionConflict | undefined,
): Promise<
  { loaded: Loaded } & (
    | { appending: Promise<Appended> }
    | { alreadySaid: Entry }
    | { repeat: readonly NewEvent[] }
  )
> {
  // Nothing comes between loading, deciding and appending where a writer has at hand what it decides on.
  const loading = load(conflict);
  const loaded = loading instanceof Promise ? await loading : loading;
  let answer: Answer<Entry>;
  try {
    const deciding = decide(loaded);
    answer = deciding instanceof Promise ? await deciding : deciding;
  } catch (refusal) {
    await confirm?.(loaded);
    throw refusal;
  }
  if (!('append' in answer)) {
    await confirm?.(loaded);
    return { loaded, ...answer };
  }
  const expected = loaded.revision < 0 ? 'no-stream' : loaded.revision;
  const appending = store.append(stream, answer.append, expected, ids);
  return { loaded, appending: sent?.(loaded, answer.append, appending) ?? appending };
}

/** The conflict after which a stream is loaded again; undefined after any other error. */
function conflictOf(
  error: unknown,
  stream: string,
  appendedTo: AtRevision | undefined,
  before: RevisionConflict | undefined,
): RevisionConflict | undefined {
  if (error instanceof RevisionConflict) return error;
  if (!(error instanceof EventIdReused) || !appendedTo) return undefined;
  // Another replica may have recorded the same request: then it is found when the stream is loaded again.
  const { revision } = appendedTo;
  return before?.expected === revision ? undefined : new RevisionConflict(stream, revision, revision);
}

function contended({ stream, current }: RevisionConflict): Refused {
  return new Refused('write-contended', {
    seen: {
      en: `other writers who were faster for ${patienceMs / 1000} s; the stream ${stream} is at revision ${current}, and nothing was stored`,
      zh: `${patienceMs / 1000} 秒内其他写入始终在先；${stream} 现为第 ${current} 版，未作保存`,
    },
    expected: { en: 'fewer of them; send it again', zh: '写入者较少时重新发送' },
  });
}
