import type { EntryMetadata, EventData, Plan, ProjectDetails } from './events.js';
import type { FactType, StatedData } from './facts/facts.js';
import type { PlanMoney } from './plan-money.js';

/** A fact as a caller states it, by the type under which it is stored. */
export type FactCommand = {
  [T in FactType]: { type: T; data: StatedData[T]; entry: EntryMetadata };
}[FactType];

/** Every command to one project. */
export type Command =
  | FactCommand
  | { type: 'RegisterProject'; entry: EntryMetadata; data: ProjectDetails }
  | { type: 'DescribeProject'; entry: EntryMetadata; data: Partial<ProjectDetails> }
  | { type: 'AdoptPlan'; entry: EntryMetadata; data: Plan }
  /** Adopts the plan in force again with other amounts. */
  | { type: 'StatePlanMoney'; entry: EntryMetadata; data: PlanMoney }
  /** Says why a contradiction stays, by its id in the register. */
  | {
      type: 'ExplainContradiction';
      entry: EntryMetadata;
      data: Pick<EventData['ContradictionExplained'], 'contradiction' | 'reason'>;
    }
  /** `replacement` is recorded in the same commit and names the entry it corrects. */
  | {
      type: 'WithdrawEntry';
      entry: EntryMetadata;
      data: EventData['EntryWithdrawn'];
      replacement?: FactCommand;
    };
