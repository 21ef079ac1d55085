import type { RuleKind } from '../../domain/governance/rules.js';
import { wholeBasisPoints } from '../../domain/values/amounts/basis-points.js';
import type { PlanRow } from '../plan/plan-table.js';
import type { OpenStall, RuleInput } from './rules/rule-input.js';
import type { Watched } from './rules/watched.js';

/** The rules whose alerts only more work would end. */
const ofWorks: ReadonlySet<RuleKind> = new Set([
  'silent-stall',
  'behind-plan',
  'not-started',
  'item-overdue',
  'stage-late',
  'forecast-missed',
  'due-soon',
]);

/**
 * The stalls of works that explain each watched condition, by their ids.
 *
 * A stall explains what lies under its item; one of the whole project explains everything. A condition about several
 * items is explained if the stalls cover all of them that are not done: of a section that still may move, it is not.
 */
export class Explanations {
  private readonly stalls: readonly OpenStall[];

  constructor(private readonly input: RuleInput) {
    this.stalls = input.openStalls.filter(({ shown }) => shown.blocks.includes('works'));
  }

  /** Sets what explains each condition. */
  explain(watched: readonly Watched[]): void {
    if (this.stalls.length === 0) return;
    for (const one of watched) {
      const stalls = ofWorks.has(one.rule) ? this.of(one.subject) : [];
      if (stalls.length > 0) one.explainedBy = stalls;
    }
  }

  private of(subject: Watched['subject']): string[] {
    const whole = this.stalls.filter(({ shown }) => shown.item === undefined);
    if (whole.length > 0) return whole.map(idOf);
    const covering = new Set<string>();
    for (const row of this.unfinished(subject)) {
      const stall = this.stalls.find(({ shown }) => this.lies(row, shown.item));
      if (!stall) return [];
      covering.add(idOf(stall));
    }
    return [...covering];
  }

  private lies({ line }: PlanRow, item: string | undefined): boolean {
    const { rows } = this.input.table;
    return line.some((place) => rows[place]?.item.id === item);
  }

  /** The work item that a condition is about; the planned or forecast day of a stage is about all works. */
  private workOf(subject: Watched['subject']): PlanRow | undefined {
    if (subject.kind !== 'item' && subject.kind !== 'target') return undefined;
    const [id = ''] = subject.id.split(':');
    const row = this.input.table.row(id);
    return row?.item.stage === undefined ? row : undefined;
  }

  /** The unfinished works that a condition is about; those that a stage reaches come with the others. */
  private unfinished(subject: Watched['subject']): PlanRow[] {
    const { table } = this.input;
    const row = this.workOf(subject);
    const leaves = row ? table.leavesBelow(row) : table.leaves.filter(({ item }) => item.stage === undefined);
    const counting = leaves.filter(
      ({ isWeighted, place }) => isWeighted && this.input.percentOf(place) !== wholeBasisPoints,
    );
    return counting.length > 0 || !row ? counting : [row];
  }
}

function idOf({ shown }: OpenStall): string {
  return shown.stall;
}
