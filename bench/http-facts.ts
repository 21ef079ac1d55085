import { addDays } from '../domain/values/days/calendar.js';
import { uuidOf } from '../test/support/dice.js';

const firstDay = '2018-01-01';

/** Projects that a measurement over HTTP writes to. */
const benchProjects = 1000;

/** The id of a project. */
export const projectName = (number: number): string => `works-${number % benchProjects}`;

/** The id that a client proposes for a fact. */
export const factId = (number: number): string => uuidOf(`fact ${number}`);

/** Registrations of all projects, as lines of an import. */
export function registrations(): string {
  return Array.from({ length: benchProjects }, (_, number) => {
    const name = { en: `Works ${number}`, zh: `项目${number}` };
    const district = `district-${number % 20}`;
    return `${JSON.stringify({ project: projectName(number), type: 'ProjectRegistered', asOf: firstDay, name, district })}\n`;
  }).join('');
}

/** A fact as sent by an inspector's phone, about 200 bytes; all facts of a project differ. */
export function factSaid(number: number): Record<string, unknown> {
  const round = Math.floor(number / benchProjects);
  const asOf = addDays(firstDay, round % 180);
  const item = `item-${round % 12}`;
  const source = { kind: 'report', document: '2018 half-year report', paragraph: String(round) };
  switch (round % 10) {
    case 8:
      return {
        type: 'MilestoneReached',
        asOf,
        item,
        step: `step-${round}`,
        note: `第${round}次检查，现场已确认`,
      };
    case 9: {
      const amount = { amount: String(round + 1), unit: '万元' };
      return { type: 'InvestmentReported', asOf, amount, span: 'since-start', source };
    }
    default: {
      const measure = { kind: 'percent', percent: round % 101 };
      return { type: 'ProgressMeasured', asOf, item, measure, source };
    }
  }
}
