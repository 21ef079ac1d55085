import {
  type EventType,
  type ProjectDetails,
  projectOf,
  type RecordedEvent,
} from '../../domain/project/events.js';
import type { LifeStage } from '../../domain/project/stages.js';
import { type Exactness, exactness, markedAs } from '../../domain/values/day-marks.js';
import type { Day, Instant } from '../../domain/values/days/calendar.js';
import type { Uuid } from '../../domain/values/uuid.js';
import { type Facts, keeping, ofType, upTo } from './facts.js';
import { type Place, type PlacedEvent, placed } from './places.js';
import { applyEvent, onEveryEvent, type Projection } from './projection.js';
import { SharedList, SharedLists } from './shared-list.js';
import {
  earliest,
  isReport,
  type Latest,
  latestWith,
  nothingSeen,
  type Sighting,
  sightingOf,
} from './sightings.js';
import { Stages } from './stages.js';

/** A project's identity and stage. */
export interface IdentityView {
  /** The id of the project; null before its first entry. */
  project: string | null;
  /** A registration counts for every day once it is known; a description from its day on. */
  details: ProjectDetails;
  /** The latest stage by (asOf, place); a pause does not hide it. */
  stage: ({ stage: LifeStage; since: Day; entry: Uuid } & Exactness) | null;
  /** True from the day it was suspended until the day it resumed. */
  isSuspended: boolean;
  /** The earliest day of any live entry; null before the first entry. */
  firstOn: Day | null;
  /** The latest day with a report; registration, descriptions and plans are not reports. */
  lastReportOn: Day | null;
  /** How exactly that day is known; absent if a report states it. */
  lastReportOnExactness?: Exactness;
  /** The entry recorded last, including withdrawals. */
  lastEntry: { id: Uuid; position: number; recordedAt: Instant } | null;
  entries: Uuid[];
}

type IdentityFact = 'ProjectRegistered' | 'ProjectDescribed' | 'StageEntered';

export interface Identity extends Facts<IdentityFact> {
  project: string | null;
  /** Of live entries and of withdrawals, in log order. */
  sightings: Sighting[];
  /** Of withdrawn entries: a correction takes the place of one of them. */
  withdrawn: Sighting[];
}

const sightingLists = new SharedLists<Identity, Sighting>(({ sightings }) => sightings);

/** The number of live entries and withdrawals. */
export function sightingCount(state: Identity): number {
  return sightingLists.of(state).length;
}

const identityFacts = keeping<IdentityFact>(['ProjectRegistered', 'ProjectDescribed', 'StageEntered']);
/** False for an entry after which the details of its project are what they were. */
export function mayChangeDetails(type: string): boolean {
  return type === 'ProjectRegistered' || type === 'ProjectDescribed' || type === 'EntryWithdrawn';
}

function seen(state: Identity, event: PlacedEvent): Identity {
  const sightings = [...state.sightings, sightingOf(event)];
  return { ...state, project: projectOf(event.stream), sightings };
}

function keptAndSeen(state: Identity, event: PlacedEvent): Identity {
  return { ...seen(state, event), ...applyEvent(identityFacts, { facts: state.facts }, event) };
}

/** A state whose sightings are made an array when they are read. */
function stateWith(
  facts: Identity['facts'],
  project: string,
  sightings: SharedList<Sighting>,
  withdrawn: Sighting[],
): Identity {
  const state = {
    facts,
    project,
    get sightings() {
      return sightings.array as Sighting[];
    },
    withdrawn,
  };
  return sightingLists.set(state, sightings);
}

/** Name, district, owner and stage of a project, and its known days. */
export const identity: Projection<Identity, IdentityView> = {
  name: 'identity',
  scope: 'project',
  init: () => ({ ...identityFacts.init(), project: null, sightings: [], withdrawn: [] }),
  on: {
    ...onEveryEvent(seen),
    ProjectRegistered: keptAndSeen,
    ProjectDescribed: keptAndSeen,
    StageEntered: keptAndSeen,
    EntryWithdrawn: (state, event) => {
      const isLeft = (sighting: Sighting) => sighting.id !== event.data.entry;
      const sightings = state.sightings.filter(isLeft);
      const withdrawn = [...state.withdrawn, ...state.sightings.filter((sighting) => !isLeft(sighting))];
      return keptAndSeen({ ...state, sightings, withdrawn }, event);
    },
  },
  gather: () => {
    const gathering = identityFacts.gather();
    const sightings = new Map<string, Sighting>();
    const withdrawn: Sighting[] = [];
    let project: string | null = null;
    return {
      add: (events) => {
        gathering.add(events);
        for (const event of events) {
          const gone = event.type === 'EntryWithdrawn' ? sightings.get(event.data.entry) : undefined;
          if (gone) withdrawn.push(gone);
          if (gone) sightings.delete(gone.id);
          sightings.set(event.id, sightingOf(event));
          project = projectOf(event.stream);
        }
      },
      state: () => ({ ...gathering.state(), project, sightings: [...sightings.values()], withdrawn }),
    };
  },
  and: (state, events) => {
    const last = events.at(-1);
    if (!last) return state;
    const list = sightingLists.of(state).and(events.map(sightingOf));
    const { facts } = identityFacts.and({ facts: state.facts }, events);
    const project = projectOf(last.stream);
    const gone = events.flatMap((event) => (event.type === 'EntryWithdrawn' ? [event.data.entry] : []));
    if (gone.length === 0) {
      const next = stateWith(facts, project, list, state.withdrawn);
      const more = list.slice(list.length - events.length);
      firstDays.set(next, earliest(firstDay(state), more));
      const known = latestKnown.get(state);
      if (known) latestKnown.set(next, latestWith(known, more));
      return next;
    }
    const all = list.array;
    const isGone = new Set(gone);
    const left = all.filter(({ id }) => isGone.has(id));
    const byId = new Map(left.map((sighting) => [sighting.id, sighting]));
    const sightings = all.filter(({ id }) => !isGone.has(id));
    const withdrawn = [...state.withdrawn, ...[...isGone].flatMap((id) => byId.get(id) ?? [])];
    return stateWith(facts, project, SharedList.owning(sightings), withdrawn);
  },
  view: (state, asOf) => {
    const describing = [
      ...ofType(state.facts, 'ProjectRegistered'),
      ...ofType(upTo(state.facts, asOf), 'ProjectDescribed'),
    ];
    const details: ProjectDetails = { name: {} };
    for (const fact of describing) Object.assign(details, fact.data);
    const stages = stagesUpTo(state, asOf);
    const { current, pause } = stages;
    const last = sightingLists.of(state).findLast((sighting) => sighting.asOf <= asOf);
    return {
      project: state.project,
      details,
      stage: current ? stageSince(current) : null,
      isSuspended: stages.isSuspended,
      firstOn: firstDay(state),
      ...lastReportIn(state, asOf),
      lastEntry: last ? { id: last.id, position: last.position, recordedAt: last.recordedAt } : null,
      entries: [...describing, ...(current ? [current.fact] : []), ...(pause ? [pause] : [])].map(
        (fact) => fact.id,
      ),
    };
  },
};

/** An event of the project with its place after the entries so far. */
export function placedIn<E extends RecordedEvent>({ sightings, withdrawn }: Identity, event: E): E & Place {
  const isOf = (id: string) => (sighting: Sighting) => sighting.id === id;
  return placed(event, (id) => withdrawn.findLast(isOf(id)) ?? sightings.findLast(isOf(id)));
}

/** Further events of the project, oldest first, each with its place. */
export function allPlacedIn(state: Identity, events: readonly RecordedEvent[]): readonly PlacedEvent[] {
  if (!events.some(({ entry }) => entry.corrects !== undefined)) return events;
  const known = new Map([...state.sightings, ...state.withdrawn].map((sighting) => [sighting.id, sighting]));
  return events.map((event) => {
    const one: PlacedEvent = placed(event, (id) => known.get(id));
    known.set(one.id, sightingOf(one));
    return one;
  });
}

/** By state: the earliest day of any live entry. */
const firstDays = new WeakMap<Identity, Day | null>();

/** The earliest day of any live entry; a withdrawal has no day of the project. */
export function firstDay(state: Identity): Day | null {
  const known = firstDays.get(state);
  if (known !== undefined) return known;
  const first = earliest(null, state.sightings);
  firstDays.set(state, first);
  return first;
}

/** True for a project that was registered and whose registration was withdrawn (docs/decisions/0073). */
export function isTakenBack({ facts, withdrawn }: Pick<Identity, 'facts' | 'withdrawn'>): boolean {
  const isRegistration = ({ type }: { type: EventType }) => type === 'ProjectRegistered';
  return !facts.some(isRegistration) && withdrawn.some(isRegistration);
}

/** By state: the last of all sightings. */
const latestKnown = new WeakMap<Identity, Latest>();

/** The last of the sightings up to a day; at the end of a project it is kept and continued with further entries. */
function latestUpTo(state: Identity, asOf: Day): Latest {
  let latest = latestKnown.get(state);
  if (!latest) {
    latest = latestWith(nothingSeen, state.sightings);
    latestKnown.set(state, latest);
  }
  if (latest.on === null || latest.on <= asOf) return latest;
  return latestWith(nothingSeen, state.sightings, asOf);
}

/** The latest day, up to a given one, with a live report; null if there is none. */
function lastReportIn(
  state: Identity,
  asOf: Day,
): Pick<IdentityView, 'lastReportOn' | 'lastReportOnExactness'> {
  const { report, exactness } = latestUpTo(state, asOf);
  return { lastReportOn: report?.asOf ?? null, ...markedAs('lastReportOnExactness', exactness) };
}

/** The stages entered up to a day. */
export function stagesUpTo({ facts }: Pick<Identity, 'facts'>, asOf: Day): Stages {
  return new Stages(ofType(upTo(facts, asOf), 'StageEntered'));
}

/** The live reports about a day, in log order. */
export function reportsOn({ sightings }: Identity, day: Day): Sighting[] {
  return sightings.filter((sighting) => sighting.asOf === day && isReport(sighting));
}

/** The last live report up to a day, in the order (asOf, place). */
export function lastReportUpTo(state: Identity, asOf: Day): Sighting | undefined {
  return latestUpTo(state, asOf).report;
}

/** The first day after the given one with a live entry; null if there is none. */
export function nextEntryOn(state: Identity, after: Day): Day | null {
  const latest = latestKnown.get(state)?.on;
  if (latest !== undefined && (latest === null || latest <= after)) return null;
  let next: Day | null = null;
  for (const { type, asOf } of state.sightings)
    if (asOf > after && (next === null || asOf < next) && type !== 'EntryWithdrawn') next = asOf;
  return next;
}

function stageSince({ stage, fact }: NonNullable<Stages['current']>): NonNullable<IdentityView['stage']> {
  return { stage, since: fact.asOf, ...exactness(fact.entry), entry: fact.id };
}
