/** The start and end of a request, on one clock, in milliseconds. */
interface Timed {
  begun: number;
  ended: number;
}

/** One sending of a fact; the same id may be sent again. */
export interface Append extends Timed {
  kind: 'append';
  project: string;
  id: string;
  outcome: 'ok' | 'fail' | 'unknown';
  /** The place in the answer. */
  position?: number;
  revision?: number;
}

/** One read of a project: the number of entries and, of a journal, their ids. */
export interface Look extends Timed {
  kind: 'look';
  project: string;
  count: number;
  ids?: readonly string[];
  /** The position that was requested as `after` and as `knownAt`: no more, no less. */
  at?: number;
}

/** The events one reader of the stream received over all its connections, from a position on. */
interface ReaderLog {
  from: number;
  positions: readonly number[];
}

export interface History {
  operations: readonly (Append | Look)[];
  readers: readonly ReaderLog[];
}

/** An entry or an alert as finally stored, in order of position. */
export interface Kept {
  kind: 'entry' | 'alert' | 'system';
  project: string;
  id: string;
  position: number;
  revision: number;
  recordedAt: string;
}

/** Violations in a history; each count is 0 if every promise is kept. */
export interface Verdict {
  /** Answered with "recorded", and missing. */
  lost: number;
  /** Stored or shown, but never sent, or refused, or duplicated. */
  phantom: number;
  /** Not in the one order that all must agree on. */
  reordered: number;
  /** Seen before, or known to be recorded, and not shown. */
  unSeen: number;
  firstFault?: string;
}

/** Checks the observations of concurrent clients against the final content of the store. */
export function check({ operations, readers }: History, kept: readonly Kept[]): Verdict {
  const verdict: Verdict = { lost: 0, phantom: 0, reordered: 0, unSeen: 0 };
  const fault = (kind: 'lost' | 'phantom' | 'reordered' | 'unSeen', what: string) => {
    verdict[kind] += 1;
    verdict.firstFault ??= `${kind}: ${what}`;
  };
  const appends = operations.filter((operation) => operation.kind === 'append');
  const looks = operations.filter((operation) => operation.kind === 'look');
  const entries = kept.filter(({ kind }) => kind === 'entry');
  const byProject = Map.groupBy(entries, ({ project }) => project);
  checkAppends(appends, entries, fault);
  checkOrder(appends, kept, fault);
  for (const look of looks) checkLook(look, byProject.get(look.project) ?? [], fault);
  for (const ofOne of Map.groupBy(looks, ({ project }) => project).values()) checkShrinking(ofOne, fault);
  const alerts = kept.filter(({ kind }) => kind === 'alert').map(({ position }) => position);
  for (const reader of readers) checkReader(reader, alerts, fault);
  return verdict;
}

type Fault = (kind: 'lost' | 'phantom' | 'reordered' | 'unSeen', what: string) => void;

/** Acknowledged events are stored once, in their place; refused or unsent ones are not. */
function checkAppends(appends: readonly Append[], entries: readonly Kept[], fault: Fault): void {
  const places = Map.groupBy(entries, ({ id }) => id);
  const sendings = Map.groupBy(appends, ({ id }) => id);
  for (const { id, outcome, position, revision } of appends) {
    if (outcome !== 'ok') continue;
    const isThere = places
      .get(id)
      ?.some((entry) => entry.position === position && entry.revision === revision);
    if (!isThere) fault('lost', `${id} was recorded at ${position}`);
  }
  for (const [id, found] of places) {
    if (found.length > 1) fault('phantom', `${id} is there ${found.length} times`);
    const sent = sendings.get(id);
    if (!sent) fault('phantom', `${id} was never sent`);
    else if (sent.every(({ outcome }) => outcome === 'fail')) fault('phantom', `${id} was refused`);
  }
}

/** Positions are dense, instants never decrease, and an event sent after an answer is behind it. */
function checkOrder(appends: readonly Append[], kept: readonly Kept[], fault: Fault): void {
  kept.forEach(({ position, recordedAt }, index) => {
    if (position !== index + 1) fault('reordered', `position ${position} in the place of ${index + 1}`);
    if (recordedAt < (kept[index - 1]?.recordedAt ?? ''))
      fault('reordered', `position ${position} goes back to ${recordedAt}`);
  });
  // A retry of a recorded event returns its original place.
  const firsts = [...Map.groupBy(appends, ({ id }) => id).values()].flatMap(([first]) =>
    first?.outcome === 'ok' ? [first] : [],
  );
  const ended = firsts.toSorted((a, b) => a.ended - b.ended);
  let behind = 0;
  let last = 0;
  for (const { id, begun, position = 0 } of firsts.toSorted((a, b) => a.begun - b.begun)) {
    for (let other = ended[behind]; other && other.ended < begun; other = ended[behind]) {
      last = Math.max(last, other.position ?? 0);
      behind += 1;
    }
    if (position < last) fault('reordered', `${id} at ${position} was sent after ${last} was answered`);
  }
}

/** A read shows a prefix of its project, and with a position all entries up to it. */
function checkLook({ project, count, ids, at }: Look, entries: readonly Kept[], fault: Fault): void {
  const known = at === undefined ? undefined : entries.filter(({ position }) => position <= at).length;
  if (count > entries.length) fault('phantom', `${project} showed ${count} of ${entries.length} entries`);
  if (known !== undefined && count < known)
    fault('unSeen', `${project} at ${at}: ${count} of ${known} entries`);
  if (known !== undefined && count > known) fault('reordered', `${project} at ${at} showed later entries`);
  if (!ids) return;
  const all = new Set(entries.map(({ id }) => id));
  const other = ids.findIndex((id, index) => id !== entries[index]?.id);
  if (other === -1) return;
  const id = ids[other] ?? '';
  fault(all.has(id) ? 'reordered' : 'phantom', `${project} showed ${id} as entry ${other}`);
}

/** A later read never misses what an earlier one has seen. */
function checkShrinking(looks: readonly Look[], fault: Fault): void {
  const free = looks.filter(({ at }) => at === undefined);
  const ended = free.toSorted((a, b) => a.ended - b.ended);
  let behind = 0;
  let seen = 0;
  for (const { project, begun, count } of free.toSorted((a, b) => a.begun - b.begun)) {
    for (let other = ended[behind]; other && other.ended < begun; other = ended[behind]) {
      seen = Math.max(seen, other.count);
      behind += 1;
    }
    if (count < seen) fault('unSeen', `${project} showed ${count} entries after ${seen}`);
  }
}

/** A reader receives every alert after its place once and in order. */
function checkReader({ from, positions }: ReaderLog, alerts: readonly number[], fault: Fault): void {
  const real = new Set(alerts);
  const got = new Set(positions);
  positions.forEach((position, index) => {
    if (!real.has(position)) fault('phantom', `a reader received ${position}`);
    if (position <= (positions[index - 1] ?? from))
      fault('reordered', `a reader received ${position} again or late`);
  });
  for (const position of alerts)
    if (position > from && !got.has(position)) fault('unSeen', `a reader did not receive ${position}`);
}
