import { randomBytes } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { v5 } from 'uuid';
import { type Reading, readingOf } from '../../domain/log/upcasting.js';
import type { FactTable } from '../../domain/project/facts/fact.js';
import { facts as knownFacts } from '../../domain/project/facts/facts.js';
import { type Day, dayIn, latestDayOnEarth } from '../../domain/values/days/calendar.js';
import { omitUndefined } from '../../domain/values/omit-undefined.js';
import { isUuid } from '../../domain/values/uuid.js';
import { AccessControl } from '../app/access/access-control.js';
import { AccessLog } from '../app/access/access-log.js';
import type { People } from '../app/access/people.js';
import { personalTexts } from '../app/access/personal-texts.js';
import { Roster } from '../app/access/roster.js';
import type { PasswordCost } from '../app/access/sign-in/passwords.js';
import { cacheLimits } from '../app/cache-limits.js';
import { Execute } from '../app/commands/execute.js';
import { KnownProjects } from '../app/commands/known-projects.js';
import { registeredBy } from '../app/commands/registered.js';
import { RulesAt } from '../app/governance/rules-at.js';
import { ledgerKeyRing } from '../app/ledger/key-ring.js';
import { Ledger } from '../app/ledger/ledger.js';
import type { LedgerQueries } from '../app/ledger/ledger-answers.js';
import { LedgerQuery } from '../app/ledger/ledger-query.js';
import { LongWork } from '../app/long-work.js';
import { Measures } from '../app/measures.js';
import { PortfolioRows } from '../app/portfolio/portfolio-rows.js';
import type { Vault, World } from '../app/ports.js';
import { Read } from '../app/queries/read.js';
import { States } from '../app/queries/states.js';
import { readSettings } from '../app/settings.js';
import type { Health, Topout } from '../app/topout.js';
import { Turns } from '../app/turns.js';
import type { OnProgress } from '../app/views/make-views.js';
import type { Views } from '../app/views/views.js';
import type { EventStore } from '../event-store/event-store.js';
import type { ClusterStore } from '../event-store/eventstoredb/eventstoredb.js';
import { keepingRoom } from '../event-store/sqlite/disk/kept-room.js';
import { networkFileSystem } from '../event-store/sqlite/disk/network-files.js';
import { freeBytes } from '../event-store/sqlite/disk/room.js';
import { openSqliteStore } from '../event-store/sqlite/sqlite.js';
import { CheckpointFile, checkpointBeside } from '../vault/checkpoint-file.js';
import { ReadsFile } from '../vault/reads-file.js';
import { openVault } from '../vault/vault.js';
import { composeAlerts } from './compose-alerts.js';
import { composePeople } from './compose-people.js';
import { DataFolderUnusable } from './data-folder-unusable.js';
import { Erasures } from './erasures.js';
import { ageOf, healthOf, parkedIn } from './health.js';
import { measureAppends } from './measured-store.js';
import { newIdAt } from './new-id.js';
import { pendingIn } from './pending-figures.js';
import { keepPrivate } from './private-files.js';
import { rowThreads } from './row-threads.js';
import { type Config, usualReadsKeptDays } from './settings/config.js';
import { statusTeller } from './store-status.js';
import { openViews } from './view-list.js';

/** A whole Topout on its store, without HTTP. */
export interface Composed {
  topout: Topout;
  store: EventStore;
  views: Views;
  lines: PortfolioRows;
  measures: Measures;
  /** Sets the business day of the data folder, unless the environment sets one. */
  bringDay(day: Day): void;
  /** Makes the service not ready, for a reason given as a sentence, until the returned function is called. */
  holdReady(reason: string): () => void;
  /** Starts evaluation and delivery; resolves when everything due is evaluated. */
  watch(): Promise<void>;
  /** Overrides the business day while some work runs. */
  onDay(day: Day, work: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** The real clock, ids and timers. */
export const world: World = {
  now: () => new Date().toISOString(),
  newId: () => newIdAt(Date.now()),
  derivedId: (id, name) => v5(name, id),
  random: () => Math.random(),
  after(ms, call) {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

export const storePath = (dataPath: string): string => join(dataPath, 'events.db');
export const viewsPath = (dataPath: string): string => join(dataPath, 'views.db');
export const linesPath = (dataPath: string): string => join(dataPath, 'lines.db');
/** The tree of the log and its checkpoints. */
export const ledgerPath = (dataPath: string): string => join(dataPath, 'ledger.db');
/** The log of reads; each replica of a cluster has its own. */
const readsPath = (dataPath: string): string => join(dataPath, 'reads.db');
/** How many erasures the caches of the folder have followed. */
const erasuresPath = (dataPath: string): string => join(dataPath, 'erasures');
/** The file of a replica's index of the cluster's log. */
const indexPath = (dataPath: string): string => join(dataPath, 'index.db');

/** Random bytes for a new secret, in base64. */
export const newSecret = (bytes: number): string => randomBytes(bytes).toString('base64');

/** Calls back in the next turn of the event loop. */
export const nextTurn = (call: () => void): void => void setImmediate(call);

const elapsedMs = (): number => performance.now();

/** An open store, and the key for caches of its log. */
interface OpenStore {
  store: EventStore | ClusterStore;
  storeName: string;
}

/**
 * Creates the data folder if it is missing, and checks that only its owner can write it.
 *
 * @param tell called with a sentence for each permission that was removed
 * @throws DataFolderUnusable
 */
export function prepareDataFolder(
  dataPath: string,
  tell: (sentence: string) => void = () => undefined,
): void {
  try {
    mkdirSync(dataPath, { recursive: true, mode: 0o700 });
    accessSync(dataPath, constants.W_OK | constants.X_OK);
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? String(error);
    const isFile = why === 'EEXIST' || why === 'ENOTDIR';
    throw new DataFolderUnusable(
      isFile
        ? `The data folder ${dataPath} is a file; choose another with TOPOUT_DATA.`
        : `The data folder ${dataPath} cannot be written (${why}); give its owner the right to write, or choose another with TOPOUT_DATA.`,
      { cause: error },
    );
  }
  for (const sentence of keepPrivate(dataPath)) tell(sentence);
}

/** Refuses network file systems: two machines may open one file, and a flush may be a no-op. */
function requireOwnDisk(dataPath: string): void {
  const found = networkFileSystem(statfsSync(dataPath).type, process.platform);
  if (!found) return;
  throw new DataFolderUnusable(
    `The data folder ${dataPath} is on ${found}, where a lock and a flush cannot be relied on; choose a folder on a disk of this machine with TOPOUT_DATA, or set TOPOUT_NETWORK_DATA=on to use it all the same.`,
  );
}

/**
 * Opens the store and its views, and creates the application on them.
 *
 * @param onFatal called once when the store accepts no more writes and the process must end
 * @param onViewsFailure called when the views are stalled, once per kind of failure; they are retried
 * @param onAlertsFailure called when evaluation or delivery fails, once per kind of failure; it is retried
 * @throws DataFolderUnusable, SettingsDamaged, StoreInUse, StoreCorrupt
 */
export async function compose(
  config: Config,
  options: {
    world?: World;
    /** A monotonic clock in milliseconds for slicing long work; the process's clock by default. */
    elapsedMs?: () => number;
    onFatal?: (error: Error) => void;
    onViewsFailure?: (error: Error) => void;
    onAlertsFailure?: (error: Error) => void;
    /**
     * Called with a sentence when the state of a cluster changes, disk space runs low, or files were accessible to
     * others.
     */
    onStoreStatus?: (sentence: string) => void;
    onProgress?: OnProgress;
    /** Every fact that may be logged; those of the domain unless others are given. */
    facts?: FactTable;
    /** What the check of a password costs; that of `Passwords` unless another one is given. */
    passwordCost?: PasswordCost;
    /** Aborted to end the service during its start: everything opened is closed, and the reason is thrown. */
    ending?: AbortSignal;
  } = {},
): Promise<Composed> {
  const ports = options.world ?? world;
  const { facts = knownFacts } = options;
  const opened = new Opened();
  try {
    prepareDataFolder(config.dataPath, options.onStoreStatus);
    const settings = readSettings(config.dataPath);
    const measures = new Measures();
    const isNewVault = !existsSync(config.vaultPath);
    const vault = openVault(config.vaultPath);
    // Known once the log is read; texts are sealed from then on, and opened before.
    const known: { isPerson: (by: string) => boolean; people?: People } = { isPerson: () => false };
    const texts = personalTexts(
      vault,
      (by) => known.isPerson(by),
      () => known.people?.requireWritable(),
    );
    const reading = { ...readingOf(facts), texts };
    const onCommit = (count: number) => measures.committed(count);
    const { store, storeName } = await openStore(config, ports, { ...options, reading, onCommit });
    measureAppends(store, measures, options.elapsedMs ?? elapsedMs);
    opened.add(store);
    options.ending?.throwIfAborted();
    const ring = ledgerKeyRing(vault, ports);
    let whyNotHere = (): string | undefined => 'the service is starting';
    const ledger =
      config.keepsLedger === false
        ? undefined
        : opened.add(
            await Ledger.open({
              path: ledgerPath(config.dataPath),
              store,
              ring,
              world: ports,
              nextTurn,
              whyNotHere: () => whyNotHere(),
              remembered: config.cluster ? undefined : new CheckpointFile(checkpointBeside(config.vaultPath)),
              onFailure: options.onAlertsFailure,
            }),
          );
    const place = {
      store,
      world: ports,
      storeName,
      path: viewsPath(config.dataPath),
      ending: options.ending,
    };
    const onProgress: OnProgress = (done, of) => {
      options.ending?.throwIfAborted();
      options.onProgress?.(done, of);
    };
    const views = opened.add(await openViews(place, onProgress));
    options.ending?.throwIfAborted();
    if (options.onViewsFailure) views.failures$.subscribe(options.onViewsFailure);
    const today = { ...config, broughtDay: settings.today };
    const { passwordCost } = options;
    const on = {
      store,
      storeName,
      views,
      opened,
      vault,
      isNewVault,
      known,
      ledger: ledger && {
        query: new LedgerQuery(ledger.file, store.leaves, ring, config.witnesses ?? [], ports),
        kept: ledger,
      },
      facts,
      passwordCost,
      elapsedMs: options.elapsedMs ?? elapsedMs,
    };
    const topout = await topoutOn(on, today, ports, options.onAlertsFailure);
    options.ending?.throwIfAborted();
    whyNotHere = () => (config.cluster ? notSharing(topout.topout.health()) : undefined);
    ledger?.start();
    return { ...topout, store, views, measures, close: () => opened.close() };
  } catch (error) {
    await opened.close();
    throw isOfFile(error) ? new DataFolderUnusable(unusable(config, error), { cause: error }) : error;
  }
}

/** Why a replica does not sign the ledger; undefined for each one that has the keys of all replicas (record 0100). */
function notSharing({ deliveries, peopleUnreadable }: Health): string | undefined {
  return deliveries === undefined ? 'the service is starting' : (deliveries.whyNot ?? peopleUnreadable);
}

/** Everything opened so far, closed in reverse order at the end or after a failure. */
class Opened {
  private readonly opened: { close(): Promise<void> }[] = [];

  add<Closable extends { close(): Promise<void> }>(one: Closable): Closable {
    this.opened.push(one);
    return one;
  }

  async close(): Promise<void> {
    for (let one = this.opened.pop(); one; one = this.opened.pop()) await one.close();
  }
}

/** True if a file of the data folder, other than the store, could not be opened, created or replaced. */
function isOfFile(error: unknown): error is Error {
  const { code, syscall } = Object(error) as NodeJS.ErrnoException;
  return code === 'ERR_SQLITE_ERROR' || code === 'ERR_FS_EISDIR' || syscall !== undefined;
}

function unusable({ dataPath }: Config, { message }: Error): string {
  return `A file of the data folder ${dataPath} cannot be used (${message}); see that its files belong to the account of the service, or choose another folder with TOPOUT_DATA.`;
}

/**
 * Opens the store of a configuration.
 *
 * @throws DataFolderUnusable the folder has an embedded store beside the cluster, or is not on a local disk
 * @throws StoreInUse, StoreCorrupt
 */
export async function openStore(
  config: Config,
  ports: World,
  {
    onFatal,
    onStoreStatus,
    reading,
    onCommit,
  }: {
    onFatal?: (error: Error) => void;
    onStoreStatus?: (sentence: string) => void;
    /** How events are upcast when they are read; as this version does when absent. */
    reading?: Reading;
    /** Called after each commit of the embedded store with the number of its events. */
    onCommit?: (count: number) => void;
  } = {},
): Promise<OpenStore> {
  const { dataPath, cluster, keptFreeBytes } = config;
  const tellAll = onStoreStatus ?? (() => undefined);
  if (!cluster) {
    if (!config.allowsNetworkData) requireOwnDisk(dataPath);
    const store = openSqliteStore(storePath(dataPath), { ...ports, nextTurn, onFatal, reading, onCommit });
    const storeName = store.installation;
    if (!keptFreeBytes) return { store, storeName };
    const kept = { freeBytes: keptFreeBytes, reserveBytes: keptFreeBytes / 4 };
    return { store: keepingRoom(store, kept, { ...ports, freeBytes, tell: tellAll }), storeName };
  }
  if (existsSync(storePath(dataPath))) {
    throw new DataFolderUnusable(
      `The data folder ${dataPath} holds a store of its own, and EVENT_STORE_URL names a cluster; choose another folder with TOPOUT_DATA. "topout copy" moves a store.`,
    );
  }
  const tell = statusTeller(cluster.hosts, ports.now, tellAll);
  const place = { url: cluster.url, prefix: cluster.prefix, indexPath: indexPath(dataPath) };
  // Its client takes as long to load as an embedded store takes to open.
  const { openEventStoreDb } = await import('../event-store/eventstoredb/eventstoredb.js');
  const store = openEventStoreDb(place, {
    ...ports,
    nextTurn,
    onStatus: tell,
    ...(reading ? { reading } : {}),
  });
  return { store, storeName: `cluster ${cluster.prefix}` };
}

async function topoutOn(
  {
    store,
    storeName,
    views,
    opened,
    facts,
    passwordCost,
    elapsedMs,
    vault,
    isNewVault,
    known,
    ledger,
  }: OpenStore & {
    views: Views;
    opened: Opened;
    vault: Vault;
    isNewVault: boolean;
    known: { isPerson: (by: string) => boolean; people?: People };
    ledger: { query: LedgerQueries; kept: Ledger } | undefined;
    facts: FactTable;
    passwordCost: PasswordCost | undefined;
    elapsedMs: () => number;
  },
  config: Config & { broughtDay: Day | undefined },
  ports: World,
  onFailure: ((error: Error) => void) | undefined,
): Promise<Omit<Composed, 'store' | 'views' | 'measures' | 'close'>> {
  let { broughtDay } = config;
  let dayOfWork: Day | undefined;
  const setDay = () => dayOfWork ?? config.today ?? (config.usesRealDay ? undefined : broughtDay);
  const todayIn = (timeZone = config.timeZone) => setDay() ?? dayIn(timeZone, ports.now());
  const today = () => todayIn();
  const turns = new Turns({ elapsedMs, nextTurn });
  const rules = new RulesAt(views);
  const limits = cacheLimits(config.cacheMiB);
  const states = new States(views, turns, rules, limits.states);
  const place = { path: linesPath(config.dataPath), storeName, entriesKept: limits.rows };
  const paced = { ...ports, nextTurn, elapsedMs };
  // A thread reads the facts of this version; others are known to this thread alone.
  const threads = facts === knownFacts ? rowThreads() : undefined;
  const rowPorts = { ...paced, ...(threads ? { rowThreads: threads } : {}) };
  const lines = opened.add(PortfolioRows.open(views, rules, rowPorts, place));
  const roster = new Roster(views);
  const accessLog = new AccessLog(store, ports, today);
  const people = opened.add(
    composePeople({ config, vault, log: accessLog, roster, views, world: ports, onFailure }),
  );
  known.people = people.inUse;
  // Another replica may have recorded the person, whose id has this form.
  known.isPerson = (by) => isUuid(by) || Object.hasOwn(roster.present().people, by);
  const erasures = opened.add(
    new Erasures({
      path: erasuresPath(config.dataPath),
      vault,
      roster,
      store,
      views,
      world: ports,
      forget: () => execute.forgetAll(),
      onFailure,
    }),
  );
  const access = new AccessControl({
    log: accessLog,
    views,
    roster,
    people: people.inUse,
    erased: () => erasures.cleaned(),
    newSecret,
    ...(passwordCost ? { passwordCost } : {}),
    today,
    identityHash: (identity) => composedAlerts.identityHash(identity),
    markHash: (text) => composedAlerts.markHash(text),
    districtOf: (project) => lines.districtOf(project),
  });
  const reads = opened.add(
    new ReadsFile(readsPath(config.dataPath), {
      world: ports,
      keptDays: config.readsKeptDays ?? usualReadsKeptDays,
      onFailure,
    }),
  );
  const composedAlerts = await composeAlerts({
    config,
    vault,
    isNewVault,
    store,
    storeName,
    views,
    states,
    turns,
    world: ports,
    paced,
    todayIn,
    reached: (reach) => lines.reached(reach),
    owners: access,
    inBoth: (name, text) => lines.names.of(name, text),
    onFailure,
  });
  const alerts = opened.add(composedAlerts);
  const latestDay = () => setDay() ?? latestDayOnEarth(ports.now());
  const registered = registeredBy(turns, () => rules.lexiconAt(views.position));
  const said = new KnownProjects(limits.known);
  const execute = new Execute(store, ports, latestDay, facts, todayIn, said, registered, limits.commands);
  erasures.start();
  const long = new LongWork(paced);
  const read = new Read(views, todayIn, { states, rules, lines, turns, long, facts });
  const held = new Set<{ reason: string }>();
  const topout: Topout = {
    facts,
    today: () => ({ on: today(), isSet: setDay() !== undefined }),
    todayOf: (project, timeZone) => read.todayOf(project, timeZone),
    execute: (project, command, request) => execute.run(project, command, request),
    executeTogether: (project, steps, request) => execute.runTogether(project, steps, request),
    project: (project, asked) => read.project(project, asked),
    projects: (asked, filter, page) => read.projects(asked, filter, page),
    contradictions: (project, asked, page) => read.contradictions(project, asked, page),
    journal: (project, asked, page) => read.journal(project, asked, page),
    series: (project, asked) => read.series(project, asked),
    log: (asked) => read.log(asked),
    changes: (project, from, to) => read.changes(project, from, to),
    explanation: (project, figure, asked) => read.explanation(project, figure, asked),
    totalExplanation: (figure, asked, filter) => read.totalExplanation(figure, asked, filter),
    totalChanges: (from, to, filter) => read.totalChanges(from, to, filter),
    portfolio: (asked, groupBy, filter) => read.portfolio(asked, groupBy, filter),
    weeklyLights: (asked, filter) => read.weeklyLights(asked, filter),
    alerts: alerts.alerts,
    governance: alerts.governance,
    access,
    reads,
    ledger: ledger?.query,
    head: () => store.head().catch(() => undefined),
    standing: () => ({
      isMade: views.isMade,
      // Only on demand: it may read the log, and every request asks whether the views are made.
      get ageSeconds() {
        return ageOf(store, views, ports).ageSeconds;
      },
    }),
    health() {
      const deliveries = alerts.turn();
      const peopleUnreadable = people.inUse.whyUnreadable();
      const ledgerLate = ledger?.kept.late();
      const found = healthOf(store, views, lines, ports, held);
      return omitUndefined({ ...found, deliveries, peopleUnreadable, ledgerLate });
    },
    figures: () => ({
      ...topout.health(),
      restarts: 'restarts' in store ? store.restarts : { failed: 0, slow: 0 },
      projects: views.projectCount,
      ...pendingIn(views, ports.now()),
      evaluations: alerts.queued(),
      ...(ledger ? { ledger: ledger.kept.standing() } : {}),
    }),
    async retryParked() {
      await views.rebuild();
      await lines.retryParked();
      return parkedIn(views, lines).parked ?? [];
    },
  };
  return {
    topout,
    lines,
    bringDay(day) {
      broughtDay = day;
      alerts.look();
    },
    holdReady(reason) {
      const one = { reason };
      held.add(one);
      return () => void held.delete(one);
    },
    async onDay(day, work) {
      dayOfWork = day;
      await work().finally(() => {
        dayOfWork = undefined;
      });
    },
    async watch() {
      await views.whenMade();
      await people.carryOver();
      const process = await alerts.watch();
      await process?.whenIdle();
    },
  };
}
