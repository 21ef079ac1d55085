import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AdoptedRules, defaultRules, type RuleKind, ruleKinds } from '../domain/governance/rules.js';
import { ofProjects } from '../domain/log/any-event.js';
import { projectOf, type RecordedEvent } from '../domain/project/events.js';
import { addDays, type Day } from '../domain/values/days/calendar.js';
import { type BackTest, backTesting, type WouldBe } from '../projections/alerts/back-test.js';
import { keyOf } from '../projections/alerts/life/raising.js';
import { foldProject } from '../projections/project/project.js';
import { compose } from '../src/composition/compose.js';
import { type ExampleName, exampleNames, onData, readConfig } from '../src/composition/settings/config.js';
import { loadExample } from '../src/maintenance/example.js';
import { randomHistory } from '../test/support/histories.js';

/** The rules that the default ones had no kind for before. */
const later: readonly RuleKind[] = ['forecast-missed', 'not-registered', 'due-soon'];
const before: AdoptedRules = {
  ...defaultRules,
  rules: defaultRules.rules.filter(({ rule }) => !later.includes(rule)),
};

/** Entries of a generated project; the days that a back-test goes on after the last entry. */
const entriesEach = 15;
const daysAfter = 180;

/** The alerts of the earlier and of the present default rules over one set of projects. */
export interface Compared {
  name: string;
  projects: number;
  /** By rule; 0 where there are none. */
  before: Record<RuleKind, number>;
  after: Record<RuleKind, number>;
  /** What only the present rules raise, that they took over from another rule, and what only the earlier ones raised. */
  added: WouldBe[];
  takenOver: WouldBe[];
  dropped: WouldBe[];
}

/** Both examples, then generated projects, each back-tested from its first entry until half a year after its last. */
export async function* comparedDefaults(generated: number): AsyncGenerator<Compared> {
  for (const name of exampleNames) yield compared(name, [...(await exampleHistories(name)).values()]);
  const histories = Array.from(
    { length: generated },
    (_, index) => randomHistory(index + 1, { entries: entriesEach }).events,
  );
  yield compared('generated', histories);
}

/** A row for each rule, with the alerts before and after in each set and the reasons of the difference. */
export function tableOfDefaults(sets: readonly Compared[]): string {
  const head = ['Rule', ...sets.map(({ name, projects }) => `${name} (${projects})`), 'Reason'];
  const rows = ruleKinds.map((kind) => [
    `\`${kind}\``,
    ...sets.map((set) => `${set.before[kind]} → ${set.after[kind]}`),
    reasonOf(kind, sets),
  ]);
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function reasonOf(kind: RuleKind, sets: readonly Compared[]): string {
  const count = (of: 'added' | 'takenOver' | 'dropped') =>
    sets.reduce((sum, set) => sum + set[of].filter(({ rule }) => rule === kind).length, 0);
  const [added, taken, dropped] = [count('added'), count('takenOver'), count('dropped')];
  if (kind === 'not-registered') return 'switched off';
  if (dropped > 0) return `${dropped} taken over by \`forecast-missed\``;
  if (taken > 0) return `new; ${taken} taken over from \`stage-late\`, ${added} of other targets`;
  return added > 0 ? 'new' : '';
}

function compared(name: string, histories: readonly (readonly RecordedEvent[])[]): Compared {
  const tests = histories.flatMap((events): BackTest[] => {
    const days = events.map(({ entry }) => entry.asOf).toSorted();
    const [from, to] = [days[0], days.at(-1)];
    if (from === undefined || to === undefined) return [];
    const testing = backTesting(defaultRules, before, { from, to: addDays(to, daysAfter) }, () => addDays);
    testing.add({ project: projectOf(events[0]?.stream ?? ''), state: foldProject(events) });
    return [testing.answer()];
  });
  const sum = (side: 'candidate' | 'adopted') =>
    Object.fromEntries(
      ruleKinds.map((kind) => [
        kind,
        tests.reduce((total, test) => total + (test[side].byRule[kind] ?? 0), 0),
      ]),
    ) as Record<RuleKind, number>;
  const dropped = tests.flatMap(({ missed }) => missed);
  const promised = new Set(
    dropped.map((row) => `${row.project} ${keyOf({ ...row, rule: 'forecast-missed' })}`),
  );
  const added = tests.flatMap(({ alerts }) => alerts.filter(({ adoptedOn }) => adoptedOn === null));
  const isTaken = (row: WouldBe) => promised.has(`${row.project} ${keyOf(row)}`);
  return {
    name,
    projects: histories.length,
    before: sum('adopted'),
    after: sum('candidate'),
    added: added.filter((row) => !isTaken(row)),
    takenOver: added.filter(isTaken),
    dropped,
  };
}

async function exampleHistories(example: ExampleName): Promise<Map<string, RecordedEvent[]>> {
  const dataPath = mkdtempSync(join(tmpdir(), 'topout-rules-'));
  const config = onData(readConfig({ TOPOUT_EXAMPLE: example }), dataPath);
  const composed = await compose(config);
  try {
    await loadExample(composed, config);
    const histories = new Map<string, RecordedEvent[]>();
    for await (const page of composed.store.readAll())
      for (const event of ofProjects(page)) {
        const project = projectOf(event.stream);
        histories.set(project, [...(histories.get(project) ?? []), event]);
      }
    return histories;
  } finally {
    await composed.close();
    rmSync(dataPath, { recursive: true });
  }
}

/** Twenty alerts of a rule, or fewer, spread over all, as sentences to read. */
export function toRead(
  rows: readonly WouldBe[],
  kind: RuleKind,
  most = 20,
): { on: Day; en: string; zh: string }[] {
  const own = rows.filter(({ rule }) => rule === kind);
  const step = Math.max(1, Math.floor(own.length / most));
  return own
    .filter((_, index) => index % step === 0)
    .slice(0, most)
    .map(({ project, raisedOn, reason }) => ({
      on: raisedOn,
      en: `${project}: ${reason.en}`,
      zh: reason.zh,
    }));
}
