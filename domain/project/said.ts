import type { EventType, ProjectEvent } from './events.js';

/** One entry as the project remembers it: enough to recognise it when it is said again, and to withdraw it. */
export type Said<T extends EventType = EventType> = ProjectEvent<T> & {
  id: string;
  revision: number;
};

/** The topic of all words about one item. */
export function itemTopic(item: string): string {
  return `item ${item}`;
}

/** The topic of all stages. */
export const stageTopic = 'stage';

/** What an event speaks of, coarsely: two about one subject always have one topic. */
export function topicOf(event: ProjectEvent): string {
  switch (event.type) {
    case 'MilestoneReached':
    case 'ProgressMeasured':
      return itemTopic(event.data.item);
    case 'StallDeclared':
    case 'StallCleared':
      return `stall ${event.data.stall}`;
    case 'ForecastGiven':
      return `forecast ${event.data.target}`;
    case 'StageEntered':
      return stageTopic;
    case 'EntryWithdrawn':
      return `withdrawal ${event.data.entry}`;
    case 'InvestmentReported':
    case 'NoChangeReported':
    case 'ProjectRegistered':
    case 'ProjectDescribed':
    case 'PlanAdopted':
      return event.type;
  }
}
