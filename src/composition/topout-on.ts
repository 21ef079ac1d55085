import type { FactTable } from '../../domain/project/facts/fact.js';
import { facts as knownFacts } from '../../domain/project/facts/facts.js';
import { type Day, dayIn, latestDayOnEarth } from '../../domain/values/days/calendar.js';
import { omitUndefined } from '../../domain/values/omit-undefined.js';
import { isUuid } from '../../domain/values/uuid.js';
import { AccessControl } from '../app/access/access-control.js';
import { AccessLog } from '../app/access/access-log.js';
import type { People } from '../app/access/people.js';
import { Roster } from '../app/access/roster.js';
import type { PasswordCost } from '../app/access/sign-in/passwords.js';
import { cacheLimits } from '../app/cache-limits.js';
import { Execute } from '../app/commands/execute.js';
import { KnownProjects } from '../app/commands/known-projects.js';
import { registeredBy } from '../app/commands/registered.js';
import { RulesAt } from '../app/governance/rules-at.js';
import { Ledger } from '../app/ledger/ledger.js';
import type { LedgerQueries } from '../app/ledger/ledger-answers.js';
import { LongWork } from '../app/long-work.js';
import { PortfolioRows } from '../app/portfolio/portfolio-rows.js';
import type { Vault, World } from '../app/ports.js';
import { Asking } from '../app/queries/asking.js';
import { ReadDistrict } from '../app/queries/read-district.js';
import { ReadProject } from '../app/queries/read-project.js';
import { States } from '../app/queries/states.js';
import type { Topout } from '../app/topout.js';
import { Turns } from '../app/turns.js';
import type { Views } from '../app/views/views.js';
import { ReadsFile } from '../vault/reads-file.js';
import { composeAlerts } from './compose-alerts.js';
import { composePeople } from './compose-people.js';
import type { Composed } from './composed.js';
import { Erasures } from './erasures.js';
import { erasuresPath, linesPath, readsPath } from './folder/data-paths.js';
import { ageOf, healthOf, parkedIn } from './health.js';
import type { Opened } from './opened.js';
import { pendingIn } from './pending-figures.js';
import { rowThreads } from './row-threads.js';
import type { Config } from './settings/config.js';
import { usualReadsKeptDays } from './settings/numbers.js';
import type { OpenStore } from './store/open-store.js';
import { newSecret, nextTurn } from './world.js';

/** The application on an open store, with its views, caches and people. */
export async function topoutOn(
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
  const asking = new Asking(views, todayIn, { states, rules, lines, turns, long, facts });
  const [ofProject, ofDistrict] = [new ReadProject(asking), new ReadDistrict(asking)];
  const held = new Set<{ reason: string }>();
  const topout: Topout = {
    facts,
    today: () => ({ on: today(), isSet: setDay() !== undefined, timeZone: config.timeZone }),
    todayOf: (project, timeZone) => asking.todayOf(project, timeZone),
    execute: (project, command, request) => execute.run(project, command, request),
    executeTogether: (project, steps, request) => execute.runTogether(project, steps, request),
    project: (project, asked) => ofProject.project(project, asked),
    projects: (asked, filter, page) => ofDistrict.projects(asked, filter, page),
    contradictions: (project, asked, page) => ofProject.contradictions(project, asked, page),
    journal: (project, asked, page) => ofProject.journal(project, asked, page),
    series: (project, asked) => ofProject.series(project, asked),
    log: (asked) => ofDistrict.log(asked),
    changes: (project, from, to) => ofProject.changes(project, from, to),
    explanation: (project, figure, asked) => ofProject.explanation(project, figure, asked),
    totalExplanation: (figure, asked, filter) => ofDistrict.totalExplanation(figure, asked, filter),
    totalChanges: (from, to, filter) => ofDistrict.totalChanges(from, to, filter),
    portfolio: (asked, groupBy, filter) => ofDistrict.portfolio(asked, groupBy, filter),
    weeklyLights: (asked, filter) => ofDistrict.weeklyLights(asked, filter),
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
