import { contentOf, decide } from '../../../domain/governance/decide.js';
import type { GovernanceEvent } from '../../../domain/governance/events.js';
import { type RulesInTime, rulesInForce } from '../../../domain/governance/governance.js';
import { ruleFault } from '../../../domain/governance/rule-fault.js';
import type { AdoptedRules, RuleSet, Where } from '../../../domain/governance/rules.js';
import { dayWords } from '../../../domain/values/day-words.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import type { WorkCalendar } from '../../../domain/values/days/working-days.js';
import { afterWorkingDays, calendarFault } from '../../../domain/values/days/working-days.js';
import { isSame } from '../../../domain/values/equal.js';
import { CommandRejected, type Fault } from '../../../domain/values/rejections.js';
import { type BackTest, backTesting } from '../../../projections/alerts/back-test.js';
import type { EventStore } from '../../event-store/event-store.js';
import type { WriteRequest } from '../queries/asked.js';
import { Refused, requireRevision } from '../refusals.js';
import { EachProject, type EachProjectNeeds } from './each-project.js';
import type { Following, Governance, RulesVersion } from './governance.js';
import { GovernanceLog, withoutGaps } from './governance-log.js';
import type { Governed } from './governed.js';
import { Lexicons } from './lexicons.js';
import { Subscribers } from './subscriptions/subscribers.js';
import type { SubscribersNeed } from './subscriptions/subscribers-need.js';

/** The ports of the governance. */
export interface GovernNeeds extends Omit<SubscribersNeed, 'log'>, Omit<EachProjectNeeds, 'views' | 'world'> {
  store: EventStore;
  /** The business day in a time zone; by default in the installation's. */
  todayIn(timeZone?: string): Day;
}

/** Rules, lexicons, calendars and subscriptions: reads the views, writes the stream `governance`. */
export class Govern implements Governance {
  private readonly log: GovernanceLog;
  private readonly governed: Governed;
  private readonly subscribers: Subscribers;
  private readonly lexicons: Lexicons;
  private readonly eachProject: EachProject;

  constructor(private readonly needs: GovernNeeds) {
    const { store, views, world, governed } = needs;
    this.governed = governed;
    this.log = new GovernanceLog(store, views, world, () => needs.todayIn());
    this.eachProject = new EachProject(needs);
    this.lexicons = new Lexicons(this.log, governed, views, this.eachProject);
    this.subscribers = new Subscribers({ ...needs, log: this.log });
  }

  async rules(version?: number): Promise<RulesVersion> {
    const { rules } = this.governed.present();
    if (version === undefined) return rulesInForce(this.governed.present());
    const found = rules.find((adopted) => adopted.rules.version === version);
    if (found) return found;
    const known = rules.map((adopted) => adopted.rules.version).join(', ');
    throw new Refused('rules-unknown', {
      member: 'version',
      seen: String(version),
      expected: { en: `a version that was adopted: ${known}`, zh: `已启用的版本：${known}` },
    });
  }

  async rulesVersions(): Promise<RulesVersion[]> {
    return this.governed.present().rules.toReversed();
  }

  async adoptRules(rules: RuleSet, request: WriteRequest): ReturnType<Governance['adoptRules']> {
    this.check(rules);
    const { state, event, outcome } = await this.log.write(
      request,
      (event) => event.type === 'RulesAdopted' && isSame(contentOf(event.data), contentOf(rules)),
      (state) => {
        const { version } = rulesInForce(state).rules;
        requireRevision(request.expectedRevision, version, {
          en: 'the version of the rules in force',
          zh: '现行规则的版本',
        });
        return decide({ type: 'AdoptRules', rules }, state);
      },
    );
    return { ...(event ? versionOf(event) : rulesInForce(state)), outcome };
  }

  async testRules(
    candidate: RuleSet,
    period: { from: Day; to: Day },
    where: Where,
    following: Following = {},
  ): Promise<BackTest> {
    this.check(candidate);
    if (period.to < period.from) {
      const { en, zh } = dayWords(period.from);
      const expected = { en: `a day from ${en} on`, zh: `${zh}或以后的日期` };
      throw new CommandRejected('period-reversed', { member: 'to', seen: period.to, expected });
    }
    const adopted = this.governed.rules();
    const next = { ...contentOf(withoutGaps(candidate)), version: adopted.version + 1 };
    const testing = backTesting(next, adopted, period, (rules) => this.daysOf(rules));
    await this.eachProject.visit(where, period.to, following, (known) => testing.add(known));
    const tested = testing.answer();
    return { ...tested, candidate: { ...tested.candidate, version: null } };
  }

  phrasebook: Governance['phrasebook'] = () => this.lexicons.inForce();
  lexicon: Governance['lexicon'] = async (version) => this.lexicons.version(version);
  lexiconVersions: Governance['lexiconVersions'] = async () => this.lexicons.versions();
  adoptLexicon: Governance['adoptLexicon'] = (lexicon, request) => this.lexicons.adopt(lexicon, request);
  testLexicon: Governance['testLexicon'] = (candidate, on, where, following = {}) =>
    this.lexicons.test(candidate, on, where, following);

  async calendars(): Promise<WorkCalendar[]> {
    return this.governed.calendars();
  }

  async adoptCalendar(calendar: WorkCalendar, request: WriteRequest): Promise<WorkCalendar> {
    const fault = calendarFault(calendar);
    if (fault) throw new Refused('calendar-invalid', fault);
    const { name, freeWeekdays, holidays, workdays } = calendar;
    const said = { name, freeWeekdays, holidays, workdays };
    await this.log.write(
      request,
      (event) => event.type === 'CalendarAdopted' && isSame(event.data, said),
      (state) => decide({ type: 'AdoptCalendar', calendar: said }, state),
    );
    return said;
  }

  subscriptions: Governance['subscriptions'] = (page, owner) => this.subscribers.answers.page(page, owner);
  subscription: Governance['subscription'] = (id) => this.subscribers.answers.one(id);
  ownerOf: Governance['ownerOf'] = (id) => this.subscribers.answers.ownerOf(id);
  preview: Governance['preview'] = (terms, following) => this.subscribers.preview(terms, following);
  subscribe: Governance['subscribe'] = (asked, request) => this.subscribers.subscribe(asked, request);
  change: Governance['change'] = (id, asked, request) => this.subscribers.change(id, asked, request);
  rotateSecret: Governance['rotateSecret'] = (id, secret, request) =>
    this.subscribers.secrets.rotate(id, secret, request);
  notices: Governance['notices'] = (id, page, within) => this.subscribers.notices(id, page, within);
  pause: Governance['pause'] = (id, request) => this.subscribers.pause(id, request);
  resume: Governance['resume'] = (id, request) => this.subscribers.resume(id, request);
  end: Governance['end'] = (id, because, request) => this.subscribers.end(id, because, request);
  askToConfirm: Governance['askToConfirm'] = (id, request) =>
    this.subscribers.confirmations.askToConfirm(id, request);
  requireConfirmable: Governance['requireConfirmable'] = (id, token) =>
    this.subscribers.confirmations.requireConfirmable(id, token);
  confirm: Governance['confirm'] = (id, token, request) =>
    this.subscribers.confirmations.confirm(id, token, request);
  test: Governance['test'] = (id) => this.subscribers.test(id);
  mayUnsubscribe: Governance['mayUnsubscribe'] = (id, token) => this.subscribers.mayUnsubscribe(id, token);

  tidyKeys: Governance['tidyKeys'] = () => this.subscribers.secrets.tidyKeys();

  async verifyingKey(): Promise<string> {
    return `whpk_${this.needs.vault.signingKey().publicKey}`;
  }

  private check(rules: RuleSet): void {
    const names = this.governed.calendars().map(({ name }) => name);
    const found = ruleFault(rules, names);
    if (found) throw new Refused(found.reason, found.fault);
  }

  private daysOf({ calendar: name }: AdoptedRules): (day: Day, days: number) => Day {
    const calendar = this.governed.calendar(name);
    if (!calendar) throw new Refused('calendar-unknown', unknownCalendar('calendar', name));
    return (day, days) => afterWorkingDays(day, days, calendar);
  }
}

function unknownCalendar(member: string, name: string): Fault {
  return {
    member,
    seen: name,
    expected: {
      en: 'a calendar that was adopted or comes with the installation',
      zh: '已启用或系统自带的日历',
    },
  };
}

function versionOf(event: GovernanceEvent): RulesInTime {
  if (event.type !== 'RulesAdopted') throw new Error(`${event.type} adopts no rules.`);
  return {
    rules: event.data,
    entry: event.id,
    position: event.position,
    recordedAt: event.recordedAt,
    by: event.by,
  };
}
