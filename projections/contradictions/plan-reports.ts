import type { WorkItem } from '../../domain/project/events.js';
import { itemOf } from '../../domain/project/facts/members.js';
import type { Fact } from '../facts/facts.js';
import type { ItemReport } from './fact-index.js';

type Plan = Fact<'PlanAdopted'>;
type Conflicts = (words: Words, item: WorkItem | undefined, isPlanned: boolean) => boolean;

/** The reports of one subject so far. */
interface Words {
  item: string;
  last: ItemReport;
  /** The first reported total. */
  total: number | undefined;
  conflicts: Conflicts;
  isOpen: boolean;
}

/**
 * The number of reports with another total than the plan or an earlier report, or with a step that the plan in force
 * does not name.
 */
export class PlanReports {
  private readonly subjects = new Map<string, Words>();
  private readonly namedBefore = new Set<string>();
  private plan: ReadonlyMap<string, WorkItem> | undefined;
  openContradictions = 0;

  say(word: ItemReport): void {
    const [item, { step }] = [itemOf(word.data), word.data];
    const measure = word.type === 'ProgressMeasured' ? word.data.measure : undefined;
    if (step !== undefined)
      this.note(JSON.stringify([item, step, measure?.kind ?? null]), word, isUnknownStep);
    else if (measure?.kind === 'count' || measure?.kind === 'storeys')
      this.note(JSON.stringify([item, measure.kind]), word, isOtherTotal);
  }

  /** A new plan settles what it agrees with; it opens nothing on an item that an earlier plan named. */
  adopt({ data }: Plan): void {
    for (const id of this.plan?.keys() ?? []) this.namedBefore.add(id);
    this.plan = new Map(data.items.map((item) => [item.id, item]));
    for (const words of this.subjects.values()) this.check(words, !this.namedBefore.has(words.item));
  }

  private note(key: string, word: ItemReport, conflicts: Conflicts): void {
    const known = this.subjects.get(key);
    const words = known ?? {
      item: itemOf(word.data),
      last: word,
      total: undefined,
      conflicts,
      isOpen: false,
    };
    if (!known) this.subjects.set(key, words);
    words.last = word;
    words.total ??= countOf(word)?.of;
    this.check(words, true);
  }

  private check(words: Words, mayOpen: boolean): void {
    const isOpen = words.conflicts(words, this.plan?.get(words.item), this.plan !== undefined);
    if (isOpen === words.isOpen || (isOpen && !mayOpen)) return;
    words.isOpen = isOpen;
    this.openContradictions += isOpen ? 1 : -1;
  }
}

function isUnknownStep({ last }: Words, item: WorkItem | undefined): boolean {
  return item !== undefined && !item.steps?.some(({ id }) => id === last.data.step);
}

function isOtherTotal({ last, total }: Words, item: WorkItem | undefined): boolean {
  const said = countOf(last);
  if (!said) return false;
  const differs = (from: number) => (said.of !== undefined && said.of !== from) || said.done > from;
  if (item?.of !== undefined && item.measure === said.kind) return differs(item.of);
  return total !== undefined && differs(total);
}

function countOf(word: ItemReport): { kind: string; done: number; of: number | undefined } | undefined {
  if (word.type !== 'ProgressMeasured') return undefined;
  const { measure } = word.data;
  if (measure.kind === 'count') return { kind: 'count', done: measure.done, of: measure.of };
  if (measure.kind === 'storeys') return { kind: 'storeys', done: measure.reached, of: measure.of };
  return undefined;
}
