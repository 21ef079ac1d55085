import type { Command, FactCommand } from '../../domain/project/commands.js';
import type { EventData, Plan, ProjectDetails, ProjectEvent } from '../../domain/project/events.js';
import { givenId, seenOn } from '../support/given.js';

export const june = seenOn('2018-06-30');
export const july = seenOn('2018-07-01');
export const tomorrow = seenOn('2018-07-11');

export const works: ProjectDetails = {
  name: { en: 'Car works, phase II', zh: '汽车二期' },
  owner: { en: 'Car Ltd' },
};
export const register: Extract<Command, { type: 'RegisterProject' }> = {
  type: 'RegisterProject',
  entry: seenOn('2018-01-01'),
  data: works,
};
export const registered: ProjectEvent = {
  type: 'ProjectRegistered',
  data: works,
  entry: seenOn('2018-01-01'),
};

export const plan: Plan = {
  items: [
    { id: 'hall', name: { en: 'hall' }, weight: 60, measure: 'percent' },
    { id: 'roof', name: { en: 'roof' }, parent: 'hall', weight: 10, measure: 'done' },
  ],
  basis: 'stated',
};
export const adoptPlan: Extract<Command, { type: 'AdoptPlan' }> = {
  type: 'AdoptPlan',
  entry: june,
  data: plan,
};
export const planAdopted: ProjectEvent = { type: 'PlanAdopted', data: { ...plan, version: 1 }, entry: june };

export const roofCapped: ProjectEvent<'MilestoneReached'> = {
  type: 'MilestoneReached',
  data: { item: 'roof' },
  entry: june,
};
export const capRoof: FactCommand = { type: 'MilestoneReached', data: { item: 'roof' }, entry: june };
export const stallData: EventData['StallDeclared'] = {
  stall: 'june-financing',
  cause: 'financing',
  blocks: ['works'],
  from: '2018-06-01',
  to: '2018-06-30',
};
export const stalled: ProjectEvent = { type: 'StallDeclared', data: stallData, entry: june };
export const described = (data: Partial<ProjectDetails>, asOf: string): ProjectEvent => ({
  type: 'ProjectDescribed',
  data,
  entry: seenOn(asOf),
});
export const describeAs = (data: Partial<ProjectDetails>, asOf: string): Command => ({
  type: 'DescribeProject',
  data,
  entry: seenOn(asOf),
});
export const withdraw = (index: number, replacement?: FactCommand): Command => ({
  type: 'WithdrawEntry',
  entry: july,
  data: { entry: givenId(index), reason: 'misread' },
  ...(replacement ? { replacement } : {}),
});
export const withdrawn = (index: number): ProjectEvent => ({
  type: 'EntryWithdrawn',
  entry: july,
  data: { entry: givenId(index), reason: 'misread' },
});
