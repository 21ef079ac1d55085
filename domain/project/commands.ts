import type { EntryMetadata, EventData, Plan, ProjectDetails } from './events.js';
import type { StallSaid } from './stall-said.js';

/** A fact that an inspector or an import says about a project. */
export type FactCommand = { entry: EntryMetadata } & (
  | { type: 'ReachMilestone'; data: EventData['MilestoneReached'] }
  | { type: 'MeasureProgress'; data: EventData['ProgressMeasured'] }
  | { type: 'ReportInvestment'; data: EventData['InvestmentReported'] }
  | { type: 'DeclareStall'; data: StallSaid }
  | { type: 'ClearStall'; data: EventData['StallCleared'] }
  | { type: 'GiveForecast'; data: EventData['ForecastGiven'] }
  | { type: 'EnterStage'; data: EventData['StageEntered'] }
  | { type: 'ReportNoChange'; data: EventData['NoChangeReported'] }
);

/** Everything that can be asked of one project. */
export type Command =
  | FactCommand
  | { type: 'RegisterProject'; entry: EntryMetadata; data: ProjectDetails }
  | { type: 'DescribeProject'; entry: EntryMetadata; data: Partial<ProjectDetails> }
  | { type: 'AdoptPlan'; entry: EntryMetadata; data: Plan }
  /** `replacement` is recorded in the same commit and says what it corrects. */
  | {
      type: 'WithdrawEntry';
      entry: EntryMetadata;
      data: EventData['EntryWithdrawn'];
      replacement?: FactCommand;
    };
