import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Day, Instant } from '../../src/domain/calendar.js';
import type { Command } from '../../src/domain/commands.js';
import {
  type EventType,
  type Names,
  type Precision,
  type RecordedEvent,
  type Source,
  schemas,
  streamOf,
} from '../../src/domain/events.js';
import { parseMoney } from '../../src/domain/money.js';
import { commandOfFact, decide, emptyProject, evolve } from '../../src/domain/project.js';
import { uuidOf } from '../support/dice.js';

const folder = join(import.meta.dirname, '../../examples/district-2018');

/** When the test records the example; the service uses the real time. */
export const recordedAt: Instant = '2018-07-10T01:00:00.000Z';

/** One line of the example as the import takes it; the members of the fact stand beside these. */
export interface Line {
  project: string;
  type: EventType;
  asOf: Day;
  precision: Precision;
  isInferred?: true;
  source: Source;
  [member: string]: unknown;
}

/** What `district.json` says. */
export const district = JSON.parse(readFileSync(join(folder, 'district.json'), 'utf8')) as {
  title: Names;
  businessDay: Day;
  files: string[];
};

/** Every line of the example, in the order in which it is loaded. */
export function districtLines(): Line[] {
  const texts = district.files.map((file) => readFileSync(join(folder, file), 'utf8'));
  return texts.flatMap((text) =>
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Line),
  );
}

/** The entries of each project of the example, as the domain records them one after the other. */
export function recordedDistrict(): ReadonlyMap<string, RecordedEvent[]> {
  const histories = new Map<string, RecordedEvent[]>();
  for (const [index, line] of districtLines().entries()) {
    const history = histories.get(line.project) ?? [];
    histories.set(line.project, history);
    const said = decide(commandOf(line), history.reduce(evolve, emptyProject), district.businessDay);
    for (const event of said) {
      history.push({
        ...event,
        id: uuidOf(`line ${index + 1}`),
        stream: streamOf(line.project),
        revision: history.length,
        position: index + 1,
        schema: schemas[event.type],
        recordedAt,
        by: 'example',
      });
    }
  }
  return histories;
}

/** Reads a line as the edge does: percent becomes basis points, and money said in a unit minor units. */
function commandOf(line: Line): Command {
  const { project: _, type, asOf, precision, isInferred, source, ...said } = line;
  const data: Record<string, unknown> = { ...said };
  const { measure, amount, shareOfPlan } = said;
  if (isPercent(measure)) data.measure = { kind: 'percent', basisPoints: measure.percent * 100 };
  if (isAmount(amount)) data.amount = parseMoney(amount.amount, amount.unit);
  if (typeof shareOfPlan === 'number') {
    data.shareOfPlanBasisPoints = shareOfPlan * 100;
    delete data.shareOfPlan;
  }
  const names: Partial<Record<EventType, Command['type']>> = {
    ...commandOfFact,
    ProjectRegistered: 'RegisterProject',
    PlanAdopted: 'AdoptPlan',
  };
  const entry = { asOf, precision, ...(isInferred ? { isInferred } : {}), source };
  return { type: names[type], entry, data } as unknown as Command;
}

function isPercent(measure: unknown): measure is { kind: 'percent'; percent: number } {
  return typeof measure === 'object' && measure !== null && 'percent' in measure;
}

function isAmount(amount: unknown): amount is { amount: string; unit: string } {
  return typeof amount === 'object' && amount !== null && 'unit' in amount;
}
