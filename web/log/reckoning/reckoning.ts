import { type AdoptedLexicon, defaultLexicon } from '../../../domain/governance/lexicons.js';
import type { RecordedEvent } from '../../../domain/project/events.js';
import { wholeBasisPoints } from '../../../domain/values/amounts/basis-points.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import { type CompletionView, completion } from '../../../projections/completion/completion.js';
import type { Contradiction } from '../../../projections/contradictions/contradiction.js';
import { contradictions } from '../../../projections/contradictions/contradictions.js';
import { readBy } from '../../../projections/lexicon/reading.js';
import { applyToProject, foldProject, type ProjectState } from '../../../projections/project/project.js';
import { stalls } from '../../../projections/stalls/stalls-view.js';
import type { FactSaid } from '../../forms/said/facts.js';
import { itemsIn, type Names, type OpenStall, type ProjectItems } from '../../forms/said/known.js';
import type { Effect, Entry } from '../outbox/entry.js';
import { eventsOf, type Pending } from './as-events.js';

/** What the phone knows of a project to compute its figures. */
export interface KnownProject {
  /** In log order. */
  entries: RecordedEvent[];
  lexicon: AdoptedLexicon;
}

/** An open contradiction of a project, as the phone asks about it. */
export interface OpenContradiction {
  contradiction: Contradiction;
  /** The last of its entries that the phone knows. */
  last: Pick<RecordedEvent, 'id' | 'type' | 'data'> | undefined;
  /** The service has all of its entries, so that it can be explained. */
  isSent: boolean;
}

/** What a fact would change, and what is to be asked before it is saved. */
export interface Outlook {
  effect: Effect;
  /** What was reported of it at least, in basis points, if the fact says less. */
  lowerThan?: number;
  /** Other items that would count as further along, with what that adds to the project, in basis points. */
  implied: { names: Names; basisPoints: number }[];
  /** The stall of the works during which the fact says that works moved. */
  stall?: OpenStall;
}

/** A fact that may be saved. */
const candidate = 'candidate';

/** A project on a day with the entries that are still on the phone, by the projections of the service. */
export class Reckoning {
  /** The state with every entry. */
  private readonly state: ProjectState;
  private readonly position: number;
  private readonly read: (event: RecordedEvent) => RecordedEvent;
  private knownOpen: readonly Contradiction[] | undefined;
  private readonly events: readonly RecordedEvent[];
  private readonly sent: number;
  readonly completion: CompletionView;

  constructor(
    { entries, lexicon = defaultLexicon }: KnownProject,
    pending: readonly Pending[],
    private readonly on: Day,
  ) {
    this.read = readBy(lexicon);
    const last = entries.at(-1)?.position ?? 0;
    const added = pending.flatMap((entry, index) => eventsOf(entry, last + 2 * index, on));
    this.events = [...entries, ...added];
    this.sent = entries.length;
    this.position = last + 2 * pending.length;
    this.state = added.map(this.read).reduce(applyToProject, foldOf(entries, this.read));
    this.completion = completion.view(this.state.completion, on);
  }

  /** The items and open stalls, as the forms show them. */
  items(): ProjectItems {
    return itemsIn({ completion: this.completion, stalls: stalls.view(this.state.stalls, this.on) });
  }

  /** What further facts would change, together; the last one is the one in question. */
  outlookOf(facts: readonly FactSaid[]): Outlook {
    const [fact] = facts.slice(-1);
    const madeAt = `${this.on}T00:00:00.000Z`;
    const events = facts.flatMap((one, index) =>
      eventsOf({ id: `${candidate} ${index}`, fact: one, madeAt }, this.position + 2 * index, this.on),
    );
    const state = events.map(this.read).reduce(applyToProject, this.state);
    const after = completion.view(state.completion, this.on);
    const known = new Set(this.open.map(({ id }) => id));
    const opened = contradictions.view(state.contradictions, this.on).open.filter(({ id }) => !known.has(id));
    const { item } = (fact ?? {}) as { item?: string };
    const before = this.completion.items.find((one) => one.item === item);
    const fell = opened.some(({ rule }) => rule === 'progress-fell' || rule === 'below-its-parts');
    const floor = before?.floorBasisPoints ?? this.completion.floorBasisPoints;
    const stall = fact && isProgress(fact) ? this.stallOf(item) : undefined;
    return {
      effect: {
        fromBasisPoints: this.completion.percentBasisPoints,
        toBasisPoints: after.percentBasisPoints,
        isEstimate: true,
        contradictions: opened.map(({ words }) => words),
      },
      ...(fell ? { lowerThan: floor } : {}),
      implied: impliedBetween(this.completion, after, item),
      ...(stall ? { stall } : {}),
    };
  }

  /** The open contradictions, the latest first. */
  openContradictions(): OpenContradiction[] {
    const places = new Map(this.events.map(({ id }, place) => [id, place]));
    return this.open.map((contradiction) => {
      const found = contradiction.entries.flatMap((id) => places.get(id) ?? []);
      return {
        contradiction,
        last: this.events[Math.max(...found)],
        isSent: found.every((place) => place < this.sent),
      };
    });
  }

  private get open(): readonly Contradiction[] {
    this.knownOpen ??= contradictions.view(this.state.contradictions, this.on).open;
    return this.knownOpen;
  }

  /** The open stall of the works of an item: its own, that of a group around it, or that of the project. */
  private stallOf(item: string | undefined): OpenStall | undefined {
    const around = new Set<string | undefined>([undefined]);
    for (let id = item; id !== undefined; id = this.parentOf(id)) around.add(id);
    return this.items().stalls.find(({ item: stalled, blocks }) => {
      return around.has(stalled) && blocks?.includes('works');
    });
  }

  private parentOf(item: string): string | undefined {
    return this.completion.items.find((one) => one.item === item)?.parent;
  }
}

/** What an entry changed as it was recorded; undefined while it is not among the known ones. */
export function recordedEffect({ entries, lexicon }: KnownProject, id: string, on: Day): Effect | undefined {
  const at = entries.findIndex((entry) => entry.id === id);
  if (at === -1) return undefined;
  const read = readBy(lexicon);
  const before = foldProject(entries.slice(0, at).map(read));
  const after = applyToProject(before, read(entries[at] as RecordedEvent));
  const known = new Set(contradictions.view(before.contradictions, on).open.map((one) => one.id));
  const { open } = contradictions.view(after.contradictions, on);
  return {
    fromBasisPoints: completion.view(before.completion, on).percentBasisPoints,
    toBasisPoints: completion.view(after.completion, on).percentBasisPoints,
    isEstimate: false,
    contradictions: open.filter((one) => !known.has(one.id)).map(({ words }) => words),
  };
}

/** The entries of a project on the phone that the known ones lack, in their order. */
export function pendingOf(project: string, entries: readonly Entry[], known: KnownProject): Entry[] {
  const ids = new Set(known.entries.map(({ id }) => id));
  const last = known.entries.at(-1)?.position ?? 0;
  return entries.filter((entry) => {
    const { state } = entry;
    if (entry.project !== project || ids.has(entry.id) || state.is === 'refused') return false;
    return state.is === 'waiting' || (!state.alreadySaid && state.position > last);
  });
}

function isProgress({ type }: FactSaid): boolean {
  return type === 'MilestoneReached' || type === 'ProgressMeasured';
}

/** The items other than one, and what lies in it, that are further along without a report of their own. */
function impliedBetween(
  before: CompletionView,
  after: CompletionView,
  item: string | undefined,
): Outlook['implied'] {
  const known = new Map(before.items.map((one) => [one.item, one]));
  const isInside = (id: string | undefined): boolean =>
    id !== undefined && (id === item || isInside(known.get(id)?.parent));
  return after.items
    .filter(({ item: id, isGroup, status }) => !isGroup && status === 'implied' && !isInside(id))
    .map(({ item: id, name, percentBasisPoints, shareBasisPoints }) => {
      const rise = percentBasisPoints - (known.get(id)?.percentBasisPoints ?? 0);
      return { names: name, basisPoints: Math.round((rise * shareBasisPoints) / wholeBasisPoints) };
    })
    .filter(({ basisPoints }) => basisPoints > 0);
}

const folds = new WeakMap<readonly RecordedEvent[], ProjectState>();

/** The fold of the known entries, which stay the same while entries are added on the phone. */
function foldOf(
  entries: readonly RecordedEvent[],
  read: (event: RecordedEvent) => RecordedEvent,
): ProjectState {
  const known = folds.get(entries) ?? foldProject(entries.map(read));
  folds.set(entries, known);
  return known;
}
