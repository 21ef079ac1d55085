import { exitCodes } from '../../composition/exit-codes.js';
import type { Changes, Entry, JournalPage, Project } from '../client/answers.js';
import { authorsOf } from '../client/authors.js';
import { Client } from '../client/client.js';
import { Failure } from '../client/failure.js';
import { askedOf } from '../input/near-projects.js';
import { momentQuery } from '../input/options.js';
import { type Replaying, type Shown, showSteps, within } from './run.js';
import { projectStepText } from './step-text.js';
import { pointBefore, pointOf, type Step, stepsOf } from './steps.js';

/** Replays a project, by its journal, its changes and its contradictions at each point. */
export async function replayProject(
  { client, pace, terminal, options }: Replaying,
  project: string,
): Promise<void> {
  const path = Client.path('projects', project);
  const asked = await momentQuery(client, options);
  const page = await askedOf(client, project, () => client.all<JournalPage>(`${path}/journal`, asked));
  const author = await authorsOf(client, options.lang);
  const steps = within(stepsOf(page.items.map(author), pace), options);
  const other = pace.clock === 'asOf' ? String(page.knownAt.position) : page.asOf;
  const known = new Map<string, Promise<Project['contradictions'] | undefined>>();
  const contradictions = (point: ReturnType<typeof pointOf>) => {
    const key = JSON.stringify(point);
    const found = known.get(key) ?? registerAt(client, path, point);
    known.set(key, found);
    return found;
  };
  const show = async (step: Step<Entry>, place: number): Promise<Shown> => {
    const { from, to } = step;
    const fixed = pace.clock === 'asOf' ? { knownAt: other } : { asOf: other };
    const [before, after, { body: changes }] = await Promise.all([
      contradictions(pointBefore(step, pace, other)),
      contradictions(pointOf(step, pace, other)),
      client.get<Changes>(`${path}/changes`, { from, to, clock: pace.clock, ...fixed }),
    ]);
    const open = (register: typeof before) => (register?.items ?? []).filter(({ state }) => state === 'open');
    const knownBefore = new Set(open(before).map(({ id }) => id));
    const opened = open(after).filter(({ id }) => !knownBefore.has(id));
    const found = { from: before?.open ?? 0, to: after?.open ?? 0, opened };
    const at = { place, of: steps.length };
    return {
      text: projectStepText(step, at, { changes, contradictions: found }, options.lang),
      line: {
        step: place + 1,
        of: steps.length,
        day: step.day,
        entries: step.entries,
        changes,
        contradictions: found,
      },
    };
  };
  await showSteps(steps, show, terminal, options);
}

/** The contradictions of a project at a point; undefined where it is not known yet. */
async function registerAt(
  client: Client,
  path: string,
  point: ReturnType<typeof pointOf>,
): Promise<Project['contradictions'] | undefined> {
  try {
    const asked = { ...point, limit: '500' };
    return (await client.get<Project['contradictions']>(`${path}/contradictions`, asked)).body;
  } catch (error) {
    if (error instanceof Failure && error.exitCode === exitCodes.notFound) return undefined;
    throw error;
  }
}
