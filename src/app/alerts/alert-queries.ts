import type { Reach } from '../../../domain/access/scope.js';
import type { Alert, AlertLife } from '../../../domain/alerts/alert.js';
import { type Answer, unknownAlert } from '../../../domain/alerts/answers.js';
import type { AlertEvent } from '../../../domain/alerts/events.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import { omitUndefined } from '../../../domain/values/omit-undefined.js';
import { ruleWords } from '../../../projections/alerts/happening-words.js';
import { identity } from '../../../projections/facts/identity.js';
import { foldProject } from '../../../projections/project/project.js';
import type { EventStore } from '../../event-store/event-store.js';
import { untilSeen } from '../commands/receipts.js';
import type { World } from '../ports.js';
import type { MomentAsked, Page, WriteRequest } from '../queries/asked.js';
import type { Views } from '../views/views.js';
import { AlertAnswers } from './alert-answers.js';
import { AlertList } from './alert-list.js';
import { AlertLives } from './alert-lives.js';
import { dueDaysOf, needsOf } from './alert-needs.js';
import type { AlertFilter, AlertReceipt, Alerts } from './alerts.js';
import {
  chosenOf,
  comparePlaces,
  cursorOf,
  dueOf,
  groupsOf,
  placeInCursor,
  sectionsOf,
} from './by-project/groups.js';
import { type OpenAlert, OpenAlerts } from './by-project/open-alerts.js';
import { Happenings } from './happenings.js';
import { noticeIn } from './notice-record.js';
import { asCursor, fits, placeOf } from './order.js';

type Known = Pick<MomentAsked, 'knownAt' | 'after' | 'within'>;

const noticesSql = `SELECT journal.event FROM alert_event JOIN journal USING (stream, revision)
  WHERE alert = ? AND alert_event.position <= ? AND type IN ('NoticeSent', 'NoticeFailed')
  ORDER BY alert_event.position`;

/** Alerts whose reason is read between two turns; each takes a look-up. */
const textBatch = 100;

/** Queries on the alerts in the views, and answers to them. */
export class AlertQueries implements Alerts {
  private readonly lives: AlertLives;
  private readonly listed: AlertList;
  private readonly happened: Happenings;
  private readonly answering: AlertAnswers;
  private readonly turn: () => Promise<void>;
  private readonly open: OpenAlerts;

  /**
   * @param todayIn the business day in a time zone; by default in the installation's
   * @param reached tells of projects whether they are within reach
   * @param eventsKept how many events of alerts are cached
   */
  constructor(
    store: EventStore,
    private readonly views: Views,
    world: World,
    private readonly todayIn: (timeZone?: string) => Day,
    private readonly reached: (reach: Reach) => Promise<(project: string) => boolean>,
    eventsKept?: number,
  ) {
    this.lives = new AlertLives(views, eventsKept);
    this.turn = () => new Promise<void>((resolve) => void world.after(0, resolve));
    this.listed = new AlertList(views, this.turn);
    this.open = new OpenAlerts({
      views,
      turn: this.turn,
      openAt: (position) =>
        this.listed.page(position, { status: 'open' }, { limit: Number.POSITIVE_INFINITY }, () => true),
      alertsAt: (position) => this.alertsAt(position),
    });
    this.happened = new Happenings(views, this.lives);
    this.answering = new AlertAnswers(store, world);
  }

  async list(asked: Known, filter: AlertFilter, page: Page): ReturnType<Alerts['list']> {
    const after = page.cursor === undefined ? undefined : placeOf(page.cursor);
    const position = await this.views.knownAt(asked);
    const isReached = await this.reachedBy(asked);
    const chosen = await this.listed.page(position, filter, { after, limit: page.limit + 1 }, isReached);
    const shown = chosen.slice(0, page.limit);
    const items = shown.map(this.alertsAt(position));
    const last = chosen[page.limit - 1];
    const next = chosen.length > page.limit && last ? { next: asCursor(last) } : {};
    return { knownAt: { position }, items, ...next };
  }

  async count(asked: Known, filter: AlertFilter): ReturnType<Alerts['count']> {
    const position = await this.views.knownAt(asked);
    const { bySeverity, byRule } = await this.listed.count(position, filter, await this.reachedBy(asked));
    const count = bySeverity.blue + bySeverity.yellow + bySeverity.red;
    return { knownAt: { position }, count, bySeverity, byRule };
  }

  async needs(asked: Known, filter: AlertFilter, limit: number): ReturnType<Alerts['needs']> {
    const position = await this.views.knownAt(asked);
    const isReached = await this.reachedBy(asked);
    const today = this.todayIn();
    const needs = needsOf(await this.open.at(position), today);
    const found = needs.filter(({ project, first }) => isReached(project) && fits(first, filter));
    const alertAt = this.alertsAt(position);
    const items = found.slice(0, limit).map(({ first, ...need }) => ({ ...need, first: alertAt(first) }));
    return { knownAt: { position }, today, projects: found.length, items, due: dueDaysOf(found) };
  }

  async byProject(
    asked: Known,
    { find, severity, state, due, rule, role, ...filter }: Parameters<Alerts['byProject']>[1],
    page: Page,
  ): ReturnType<Alerts['byProject']> {
    const after = page.cursor === undefined ? undefined : placeInCursor(page.cursor);
    const position = await this.views.knownAt(asked);
    const isReached = await this.reachedBy(asked);
    const today = this.todayIn();
    const open = (await this.open.at(position)).filter(({ project }) => isReached(project));
    const isFound = find === undefined ? () => true : await this.aboutText(find, open, position);
    const chosen = omitUndefined({ state, due, severity, rule, role });
    const { alerts, facets } = chosenOf(
      open,
      chosen,
      today,
      (alert) => fits(alert, filter) && isFound(alert.alert),
    );
    const groups = groupsOf(alerts);
    const rest = after ? groups.filter((group) => comparePlaces(group, after) > 0) : groups;
    const shown = rest.slice(0, page.limit);
    const last = shown.at(-1);
    const alertAt = this.alertsAt(position);
    return {
      ...{ knownAt: { position }, today, alerts: alerts.length, projects: groups.length, facets },
      sections: sectionsOf(groups, today),
      items: shown.map(({ project, dueOn, alerts }) => ({
        ...{ project, of: (alerts[0] as OpenAlert).of, due: dueOf(dueOn, today), dueOn },
        alerts: alerts.map(alertAt),
      })),
      ...(rest.length > shown.length && last ? { next: cursorOf(last) } : {}),
    };
  }

  async alert(id: string, asked: Known): ReturnType<Alerts['alert']> {
    const position = await this.views.knownAt(asked);
    return { knownAt: { position }, ...this.known(id, position) };
  }

  projectOf(id: string): string | undefined {
    const [row] = this.views.rows('SELECT project FROM alert WHERE alert = ? LIMIT 1', id);
    return row && String(row.project);
  }

  async notices(id: string, asked: Known): ReturnType<Alerts['notices']> {
    const position = await this.views.knownAt(asked);
    this.known(id, position);
    const items = this.views
      .rows(noticesSql, id, position)
      .flatMap(({ event }) => noticeIn(JSON.parse(String(event)) as AlertEvent) ?? [])
      .map(({ alerts: _, project: __, ...notice }) => notice);
    return { knownAt: { position }, alert: id, items };
  }

  async acknowledge(
    id: string,
    said: { name: string; dueOn: Day; note?: string },
    request: WriteRequest,
  ): Promise<AlertReceipt> {
    const { name, dueOn, note } = said;
    expectText('name', name);
    const data = { alert: id, name, dueOn, ...(note === undefined ? {} : { note }) };
    return this.say({ type: 'AlertAcknowledged', data }, request);
  }

  async silence(
    id: string,
    said: { until: Day; reason: string },
    request: WriteRequest,
  ): Promise<AlertReceipt> {
    const { until, reason } = said;
    expectText('reason', reason);
    return this.say({ type: 'AlertSilenced', data: { alert: id, until, reason } }, request);
  }

  happenings(...asked: Parameters<Alerts['happenings']>): ReturnType<Alerts['happenings']> {
    return this.happened.between(...asked);
  }

  position(): number {
    return this.happened.position();
  }

  get news$(): Alerts['news$'] {
    return this.happened.news$;
  }

  private async say(answer: Answer, request: WriteRequest): Promise<AlertReceipt> {
    const project = this.knownProjectOf(answer.data.alert);
    const receipt = await this.answering.say(project, answer, this.todayOf(project), request);
    await untilSeen(this.views, receipt.position);
    return receipt;
  }

  /** Finds a text in the words about alerts; the reasons are read only of those that have it nowhere else. */
  private async aboutText(
    text: string,
    alerts: readonly OpenAlert[],
    position: number,
  ): Promise<(alert: string) => boolean> {
    const wanted = text.trim().toLowerCase();
    const has = (...words: (string | undefined)[]) =>
      words.some((one) => one?.toLowerCase().includes(wanted));
    const alertAt = this.alertsAt(position);
    const found = new Set<string>();
    let looked = 0;
    for (const alert of alerts) {
      const { of, project, rule, owner } = alert;
      const words = [...Object.values(of.name), ...Object.values(ruleWords[rule])];
      if (has(project, owner?.name, ...words)) found.add(alert.alert);
      else {
        if (has(...Object.values(alertAt(alert).reason))) found.add(alert.alert);
        looked += 1;
        if (looked % textBatch === 0) await this.turn();
      }
    }
    return (alert) => found.has(alert);
  }

  private async reachedBy({ within }: Known): Promise<(project: string) => boolean> {
    return within ? this.reached(within) : () => true;
  }

  private knownProjectOf(id: string): string {
    const project = this.projectOf(id);
    if (project === undefined) throw unknownAlert(id);
    return project;
  }

  private known(alert: string, position: number): Alert {
    return this.alertsAt(position)({ alert, project: this.knownProjectOf(alert) });
  }

  /** Finds alerts as they were at a position: in the view where nothing happened to them since, else in the folded streams. */
  private alertsAt(position: number): (of: Pick<Alert, 'alert' | 'project'>) => Alert {
    const lives = new Map<string, AlertLife>();
    return ({ alert: id, project }) => {
      const [row] = this.views.rows('SELECT state FROM alert WHERE alert = ? AND rank IS NOT NULL', id);
      const present = row && (JSON.parse(String(row.state)) as Alert);
      if (present && present.position <= position) return present;
      const life = lives.get(project) ?? this.lives.at(project, position);
      lives.set(project, life);
      const alert = life.alerts.find((known) => known.alert === id);
      if (!alert) throw unknownAlert(id);
      return alert;
    };
  }

  private todayOf(project: string): Day {
    const entries = this.views.entries(project, this.views.position);
    if (entries.length === 0) return this.todayIn();
    const today = this.todayIn();
    return this.todayIn(identity.view(foldProject(entries).identity, today).details.timeZone);
  }
}

/** The edge has looked at it: an empty one is a mistake of the caller. */
function expectText(member: string, text: string): void {
  if (text.trim() === '') throw new TypeError(`${member} is empty; expected who or why, in words.`);
}
