import type { LogPage, Portfolio } from '../client/answers.js';
import { momentQuery } from '../input/options.js';
import { type Replaying, type Shown, showSteps, within } from './run.js';
import { districtStepText } from './step-text.js';
import { pointBefore, pointOf, type Replayed, type Step, stepsOf } from './steps.js';

/** Replays the totals of all projects, by the entries of the log and the totals at each point. */
export async function replayDistrict({ client, pace, terminal, options }: Replaying): Promise<void> {
  const asked = await momentQuery(client, options);
  const { body: now } = await client.get<Portfolio>('portfolio', asked);
  const entries: (Replayed & { project: string })[] = [];
  for (let after = 0, isLast = false; !isLast; ) {
    const { body } = await client.get<LogPage>('entries', { after: String(after), limit: '500' });
    entries.push(...body.items);
    isLast = body.upTo >= body.head || body.upTo >= now.knownAt.position;
    after = body.upTo;
  }
  const known = entries.filter(({ position, asOf }) => position <= now.knownAt.position && asOf <= now.asOf);
  const steps = within(stepsOf(known, pace), options);
  const other = pace.clock === 'asOf' ? String(now.knownAt.position) : now.asOf;
  const show = async (step: Step<Replayed & { project: string }>, place: number): Promise<Shown> => {
    const [from, to] = await Promise.all(
      [pointBefore(step, pace, other), pointOf(step, pace, other)].map(
        async (point) => (await client.get<Portfolio>('portfolio', point)).body,
      ),
    );
    const totals = { from: from as Portfolio, to: to as Portfolio };
    const at = { place, of: steps.length };
    return {
      text: districtStepText(step, at, totals, options.lang),
      line: {
        step: place + 1,
        of: steps.length,
        day: step.day,
        entries: step.entries.map(({ id, project }) => ({ id, project })),
        from: totals.from.total,
        to: totals.to.total,
      },
    };
  };
  await showSteps(steps, show, terminal, options);
}
