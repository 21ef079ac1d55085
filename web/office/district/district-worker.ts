import type { ProjectRow } from '../../../projections/project/project.js';
import type { LogPage } from '../../../src/app/queries/log-page.js';
import { DistrictReplay } from '../../shared/replay/district-replay.js';
import { Film } from '../../shared/replay/film.js';
import type { MomentShown } from '../../shared/replay/timeline.js';
import type { FromWorker, ShownRow, ToWorker } from './district-messages.js';

/** Longest log that is folded here; more would take too much time and memory. */
const foldedMost = 60_000;
/** Delay after a failure, in milliseconds. */
const patienceMs = 2_000;

let replay = new DistrictReplay();
let film = new Film(replay);
let headers: Record<string, string> = {};
let today = '';
let moment: MomentShown = {};
let isLoaded = false;
let isShowing = false;
let tickingSent = 0;
/** The last posted rows by project; equal rows are the same object. */
const last = new Map<string, { row: ProjectRow | null; now?: ProjectRow | null }>();
let changed: Set<string> = new Set();
/** Aborted once the page asks for the whole log. */
const wanted = new AbortController();

const tell = (message: FromWorker) => postMessage(message);

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.type === 'who') {
    headers = data.headers;
    return;
  }
  if (data.type === 'frames') {
    const { request, from, to, asOf } = data;
    tell({ type: 'frames', request, frames: film.frames(from, to, asOf, true) });
    return;
  }
  if (data.type === 'load') {
    wanted.abort();
    return;
  }
  today = data.today;
  if (data.type === 'begin') {
    headers = data.headers;
    void follow(data.after);
    return;
  }
  moment = data.moment;
  if (isLoaded) showSoon();
});

/**
 * Follows the log, and loads all of it once something is recorded or the page asks for it.
 *
 * @param after the position up to which the page knows the log already; undefined if it is to be loaded immediately
 */
async function follow(after: number | undefined): Promise<void> {
  let known = after;
  for (let isNeeded = known === undefined; ; ) {
    try {
      if (!isNeeded) {
        const next = await nextAfter(known ?? 0);
        known = next.upTo;
        isNeeded = next.isNeeded;
        continue;
      }
      const { head } = await part(0, 1, false);
      // Entries that the page has not seen make it ask again.
      if (head > foldedMost) await followFar(Math.min(known ?? head, head));
      else await followNear();
      known = undefined;
    } catch {
      tell({ type: 'follows', isLive: false });
      await new Promise((resolve) => setTimeout(resolve, patienceMs));
    }
  }
}

/** Waits for what comes after a position; the log is needed for an entry of a project, an adoption, or another log. */
async function nextAfter(known: number): Promise<{ upTo: number; isNeeded: boolean }> {
  try {
    const { head, upTo, items, rules, lexicons } = await part(known, 500, true, wanted.signal);
    const isNeeded = items.length + rules.length + lexicons.length > 0 || head < known;
    for (const { project } of items) changed.add(project);
    return { upTo: isNeeded ? known : upTo, isNeeded };
  } catch (error) {
    if (wanted.signal.aborted) return { upTo: known, isNeeded: true };
    throw error;
  }
}

async function followNear(): Promise<void> {
  for (let isAtEnd = false; ; ) {
    const page = await part(replay.upTo, 500, isAtEnd);
    if (page.head < replay.upTo) return restart();
    for (const project of replay.take(page)) if (isLoaded) changed.add(project);
    isAtEnd = page.upTo === page.head;
    if (!isLoaded) tell({ type: 'progress', upTo: page.upTo, head: page.head });
    if (!isAtEnd) continue;
    if (tickingSent < replay.ticking.length) {
      tell({ type: 'ticking', ticking: replay.ticking.slice(tickingSent) });
      tickingSent = replay.ticking.length;
    }
    if (!isLoaded || changed.size > 0) {
      isLoaded = true;
      show();
    }
  }
}

/** Of a long log only new events are followed. */
async function followFar(from: number): Promise<void> {
  tell({ type: 'too-long' });
  for (let after = from; ; ) {
    const page = await part(after, 500, true);
    if (page.head < after) return;
    if (page.upTo > after) tell({ type: 'moved' });
    after = page.upTo;
  }
}

function restart(): void {
  replay = new DistrictReplay();
  film = new Film(replay);
  isLoaded = false;
  present = undefined;
  tickingSent = 0;
  last.clear();
  tell({ type: 'begun-anew' });
}

/** Many points may arrive during one computation; only the latest counts. */
function showSoon(): void {
  if (isShowing) return;
  isShowing = true;
  setTimeout(() => {
    isShowing = false;
    show();
  });
}

function show(): void {
  const began = performance.now();
  const { asOf = today, knownAt } = moment;
  const isPresent = moment.asOf === undefined && knownAt === undefined;
  const present = presentRows();
  const then = isPresent ? present : new Map(replay.rowsAt(asOf, knownAt).map((row) => [row.project, row]));
  const rows: ShownRow[] = [];
  for (const project of new Set([...present.keys(), ...then.keys(), ...last.keys()])) {
    const row = then.get(project) ?? null;
    const current = present.get(project) ?? null;
    const now = current === row ? undefined : current;
    const known = last.get(project);
    if (known && known.row === row && known.now === now) continue;
    last.set(project, { row, now });
    rows.push({ project, row, now });
  }
  tell({ type: 'rows', rows, changed: [...changed], moment, ms: performance.now() - began });
  changed = new Set();
}

let present: { on: string; upTo: number; rows: Map<string, ProjectRow> } | undefined;

/** The rows of the present, cached until the log or the day advances. */
function presentRows(): Map<string, ProjectRow> {
  const { upTo } = replay;
  if (present?.on !== today || present.upTo !== upTo)
    present = { on: today, upTo, rows: new Map(replay.rowsAt(today).map((row) => [row.project, row])) };
  return present.rows;
}

async function part(after: number, limit: number, waits: boolean, signal?: AbortSignal): Promise<LogPage> {
  const address = `/entries?after=${after}&limit=${limit}${waits ? '&wait=yes' : ''}`;
  const response = await fetch(address, {
    headers: { accept: 'application/json', ...headers },
    signal: signal ?? null,
  });
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  const page = (await response.json()) as LogPage;
  tell({ type: 'follows', isLive: true });
  return page;
}
