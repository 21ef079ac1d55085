import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { v5, v7 } from 'uuid';
import { Execute } from './app/execute.js';
import type { OnProgress } from './app/make-views.js';
import type { World } from './app/ports.js';
import { Read } from './app/read.js';
import { readSettings } from './app/settings.js';
import { States } from './app/states.js';
import type { Health, Topout } from './app/topout.js';
import { Views } from './app/views.js';
import { composeAlerts } from './compose-alerts.js';
import type { Config } from './config.js';
import { type Day, dayIn, latestDayOnEarth } from './domain/calendar.js';
import type { EventStore } from './event-store/event-store.js';
import { openSqliteStore, type SqliteStore } from './event-store/sqlite.js';

/** A whole Topout on the embedded store, without its HTTP side. */
export interface Composed {
  topout: Topout;
  store: EventStore;
  views: Views;
  /** Sets the business day that the data folder brings, unless the environment says another. */
  bringDay(day: Day): void;
  /** Begins to judge projects and to deliver what is to be told; resolves when all that was due is judged. */
  watch(): Promise<void>;
  /** Has a day as the business day, whatever else is set, until some work is done. */
  onDay(day: Day, work: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** The real clock, ids and timers. */
export const world: World = {
  now: () => new Date().toISOString(),
  newId: () => v7(),
  derivedId: (id, name) => v5(name, id),
  random: () => Math.random(),
  after(ms, call) {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

/** The data folder cannot be used; the sentence says what to do. */
export class DataFolderUnusable extends Error {}

export const storePath = (dataPath: string): string => join(dataPath, 'events.db');
export const viewsPath = (dataPath: string): string => join(dataPath, 'views.db');

/** Makes the data folder if it is missing, and sees that it can be written. */
export function prepareDataFolder(dataPath: string): void {
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
}

/**
 * Opens the store and its views, and puts the application on them.
 *
 * @param onFatal called once when the store can take no more writes and the process has to end
 * @param onViewsFailure called when the views stand still, once for failures of one kind; they are tried again
 * @param onAlertsFailure called when judging or delivering fails, once for failures of one kind; it is tried again
 * @throws DataFolderUnusable, SettingsDamaged, StoreInUse, StoreCorrupt
 */
export async function compose(
  config: Config,
  options: {
    world?: World;
    onFatal?: (error: Error) => void;
    onViewsFailure?: (error: Error) => void;
    onAlertsFailure?: (error: Error) => void;
    onProgress?: OnProgress;
  } = {},
): Promise<Composed> {
  const ports = options.world ?? world;
  prepareDataFolder(config.dataPath);
  const settings = readSettings(config.dataPath);
  const store = openSqliteStore(storePath(config.dataPath), {
    now: ports.now,
    newId: ports.newId,
    nextTurn: (call) => void setImmediate(call),
    onFatal: options.onFatal,
  });
  try {
    const views = await Views.open(
      { store, world: ports, storeName: store.installation, path: viewsPath(config.dataPath) },
      options.onProgress,
    );
    if (options.onViewsFailure) views.onFailure(options.onViewsFailure);
    const today = { ...config, broughtDay: settings.today };
    return { ...topoutOn(store, views, today, ports, options.onAlertsFailure), store, views };
  } catch (error) {
    await store.close();
    throw error;
  }
}

function topoutOn(
  store: SqliteStore,
  views: Views,
  config: Config & { broughtDay: Day | undefined },
  ports: World,
  onFailure: ((error: Error) => void) | undefined,
): Omit<Composed, 'store' | 'views'> {
  let { broughtDay } = config;
  let dayOfWork: Day | undefined;
  const setDay = () => dayOfWork ?? config.today ?? (config.usesRealDay ? undefined : broughtDay);
  const todayIn = (timeZone = config.timeZone) => setDay() ?? dayIn(timeZone, ports.now());
  const today = () => todayIn();
  const states = new States(views);
  const alerts = composeAlerts({
    config,
    store,
    storeName: store.installation,
    views,
    states,
    world: ports,
    todayIn,
    onFailure,
  });
  const execute = new Execute(store, ports, () => setDay() ?? latestDayOnEarth(ports.now()));
  const read = new Read(views, today, states);
  const topout: Topout = {
    today: () => ({ on: today(), isSet: setDay() !== undefined }),
    execute: (project, command, request) => execute.run(project, command, request),
    project: (project, asked) => read.project(project, asked),
    projects: (asked, filter, page) => read.projects(asked, filter, page),
    journal: (project, asked, page) => read.journal(project, asked, page),
    series: (project, asked) => read.series(project, asked),
    changes: (project, from, to) => read.changes(project, from, to),
    portfolio: (asked, groupBy, filter) => read.portfolio(asked, groupBy, filter),
    alerts: alerts.alerts,
    governance: alerts.governance,
    health: () => health(store, views),
  };
  return {
    topout,
    bringDay(day) {
      broughtDay = day;
      alerts.look();
    },
    async onDay(day, work) {
      dayOfWork = day;
      await work().finally(() => {
        dayOfWork = undefined;
      });
    },
    watch: () => alerts.watch().whenIdle(),
    async close() {
      await alerts.close();
      await views.close();
      await store.close();
    },
  };
}

async function health(store: EventStore, views: Views): Promise<Health> {
  const head = await store.head().catch(() => undefined);
  const lag = (position: number) => Math.max(0, (head ?? position) - position);
  return {
    store: { state: head === undefined ? 'down' : 'up', head: head ?? 0 },
    views: views.states().map((view) => ({ ...view, lag: lag(view.position), state: views.state })),
    isReady: head !== undefined && (views.state === 'live' || views.state === 'rebuilding'),
  };
}
