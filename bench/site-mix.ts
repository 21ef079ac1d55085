import type { EventType, ProjectEvent, StallCause, WorkItem } from '../domain/project/events.js';
import { addDays, type Day } from '../domain/values/days/calendar.js';
import type { NewEvent } from '../src/event-store/event-store.js';
import { type Dice, diceOf, uuidOf } from '../test/support/dice.js';

const firstDay = '2016-01-01';
const groups = ['groundworks', 'structure', 'services', 'equipment', 'finishes'];

/** Thirty items in five sequential groups, with dates, costs, and equipment in steps. */
function planItems(version: number): WorkItem[] {
  return groups.flatMap((group, index): WorkItem[] => {
    const before = groups[index - 1];
    const parent: WorkItem = {
      id: group,
      name: { en: group },
      weight: 10 + index,
      measure: 'percent',
      ...(before === undefined ? {} : { after: [before] }),
    };
    const parts = Array.from({ length: 5 }, (_, part): WorkItem => {
      const start = addDays(firstDay, index * 150 + part * 20 + version * 15);
      const common = { id: `${group}-${part}`, name: { en: `${group} ${part}` }, parent: group };
      return {
        ...common,
        weight: 1 + part,
        ...(group === 'equipment' ? { measure: 'steps', steps } : { measure: 'percent' }),
        plannedStart: start,
        plannedFinish: addDays(start, 180),
        plannedCost: { amountMinor: 100_000_000, currency: 'CNY' },
      };
    });
    return [parent, ...parts];
  });
}

const steps = [
  { id: 'delivered', name: { en: 'delivered' }, weight: 40 },
  { id: 'installed', name: { en: 'installed' }, weight: 60 },
];

/**
 * A project with a number of entries as on real sites: works and money that mostly rise, stalls and their ends,
 * forecasts, a report of no change, a stage, an occasional new plan; one in ten about an earlier day, one in thirty
 * withdrawn. The same arguments give the same entries; a thousand of them span three years.
 */
export function siteMix(project: string, seed: number, count: number): NewEvent[] {
  const site = new Mix(project, diceOf(seed));
  while (site.events.length < count) site.next();
  return site.events.slice(0, count);
}

class Mix {
  readonly events: NewEvent[] = [];
  private day: Day = firstDay;
  private readonly done = new Map<string, number>();
  private money = 0;
  private version = 1;
  private openStall: string | undefined;

  constructor(
    private readonly project: string,
    private readonly dice: Dice,
  ) {
    const district = `district-${dice.int(0, 19)}`;
    this.say('ProjectRegistered', {
      name: { en: project },
      district: { en: district },
      sector: { en: dice.pick(['road', 'water']) },
    });
    this.say('PlanAdopted', this.plan());
    this.say('StageEntered', { stage: 'started' });
  }

  next(): void {
    const { dice } = this;
    this.day = addDays(this.day, dice.chance(70) ? 1 : dice.int(0, 2));
    const kind = dice.int(1, 1_000);
    if (kind <= 780) this.work();
    else if (kind <= 880) this.spend();
    else if (kind <= 910) this.stall();
    else if (kind <= 940) this.promise();
    else if (kind <= 962) this.say('NoChangeReported', { from: addDays(this.day, -7), to: this.day });
    else if (kind <= 965) {
      this.version += 1;
      this.say('PlanAdopted', this.plan());
    } else this.withdraw();
  }

  private plan() {
    const plannedInvestment = { amountMinor: 3_000_000_000, currency: 'CNY' };
    const { version } = this;
    return { version, basis: 'stated', items: planItems(version), plannedInvestment };
  }

  private work(): void {
    const { dice } = this;
    const group = dice.pick(['groundworks', 'structure', 'services', 'equipment', 'finishes']);
    const item = `${group}-${dice.int(0, 4)}`;
    const step = group === 'equipment' ? { step: dice.pick(['delivered', 'installed']) } : {};
    const rise = dice.chance(5) ? -dice.int(1, 500) : dice.int(0, 400);
    const basisPoints = Math.max(0, Math.min(10_000, (this.done.get(item) ?? 0) + rise));
    this.done.set(item, basisPoints);
    if (basisPoints === 10_000 && dice.chance(50)) this.say('MilestoneReached', { item, ...step });
    else this.say('ProgressMeasured', { item, ...step, measure: { kind: 'percent', basisPoints } });
  }

  private spend(): void {
    const { dice } = this;
    this.money += dice.int(0, 50_000_000);
    const amount = { amountMinor: this.money, currency: 'CNY' };
    this.say('InvestmentReported', { amount, span: 'since-start', basis: 'accounting' });
  }

  private stall(): void {
    const { dice, openStall } = this;
    if (openStall === undefined) {
      const cause = dice.pick<StallCause>(['financing', 'weather', 'licence']);
      const blocks = [dice.pick(['works' as const, 'production' as const])];
      this.openStall = `stall-${this.events.length}`;
      this.say('StallDeclared', { stall: this.openStall, cause, blocks, from: this.day });
    } else {
      this.openStall = undefined;
      this.say('StallCleared', { stall: openStall });
    }
  }

  private promise(): void {
    const { dice } = this;
    const target = dice.pick(['completion', 'production', 'structure']);
    const earliest = addDays(this.day, dice.int(60, 700));
    this.say('ForecastGiven', { target, earliest, latest: addDays(earliest, dice.int(0, 60)) });
  }

  private withdraw(): void {
    const entry = this.events.at(-this.dice.int(1, 8));
    if (!entry || entry.type === 'PlanAdopted' || entry.type === 'ProjectRegistered') return;
    if (entry.type === 'EntryWithdrawn') return;
    this.say('EntryWithdrawn', { entry: entry.id, reason: 'misread' });
  }

  private say<T extends EventType>(type: T, data: ProjectEvent<T>['data']): void {
    const { dice, events, project } = this;
    const isLate = events.length > 5 && type !== 'PlanAdopted' && dice.chance(10);
    const asOf = isLate ? addDays(this.day, -dice.int(1, 60)) : this.day;
    const entry = { asOf, precision: 'day', source: { kind: 'inspection' } };
    events.push({
      type,
      data,
      entry,
      id: uuidOf(`${project} ${events.length}`),
      by: 'inspector',
    } as NewEvent);
  }
}
