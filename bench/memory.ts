import { setTimeout } from 'node:timers/promises';
import { addDays } from '../domain/values/days/calendar.js';
import { diceOf, uuidOf } from '../test/support/dice.js';
import { type Bench, figureOf } from './figures.js';
import { projectName } from './generate.js';
import { logOf } from './logs.js';
import { type ServedLog, serveLog, untilLive } from './served-log.js';
import { dayCount, firstDay, lastDay } from './site-life.js';

/** An hour's load of a busy district, sent as fast as it is answered. */
const hour = { facts: 36_000, projects: 7_200, lists: 720, portfolios: 360, journals: 720 };
/** Concurrent requests. */
const atOnce = 32;

/**
 * The service's memory in megabytes: when it is ready, and the maximum while an hour's load of facts is logged, and
 * projects, journals, lists and portfolios are read at any point of both clocks.
 */
export const memory: Bench = async function* ({ isSmall, runs, events = isSmall ? 10_000 : 100_000 }) {
  const log = await logOf({ events, shape: 'short' });
  const what = (figure: string) => ({
    bench: 'memory',
    figure: `${figure}, ${log.events} events of ${log.projects} projects`,
    unit: 'MB',
  });
  try {
    const making = await serveLog(log);
    await untilLive(making);
    await making.stop();
    const held = { ready: [] as number[], most: [] as number[], after: [] as number[] };
    for (let run = 0; run < Math.min(runs, 3); run++) {
      const service = await serveLog(log);
      held.ready.push(service.residentMB());
      const { most } = await hourOn(service, log, run, isSmall ? 0.02 : 1);
      held.most.push(most);
      held.after.push(service.residentMB());
      await service.stop();
    }
    yield figureOf(what('resident when ready'), held.ready);
    yield figureOf(what('resident at most during an hour of work'), held.most);
    yield figureOf(what('resident after it'), held.after);
  } finally {
    log.remove();
  }
};

async function hourOn(
  service: ServedLog,
  log: { projects: number; events: number },
  run: number,
  share: number,
): Promise<{ most: number }> {
  const dice = diceOf(run + 1);
  const project = () => projectName(dice.int(0, log.projects - 1));
  const point = () =>
    `asOf=${addDays(firstDay, dice.int(0, dayCount - 1))}&knownAt=${dice.int(Math.ceil(log.events / 2), log.events)}`;
  const acts: ((number: number) => Promise<Response>)[] = [];
  const add = (count: number, act: (number: number) => Promise<Response>) => {
    for (let index = 0; index < count * share; index++) acts.push(act);
  };
  add(hour.facts, (number) => logFact(service, project(), `${run} ${number}`, number));
  add(hour.projects, () => service.get(`/projects/${project()}?${point()}`));
  add(hour.journals, () => service.get(`/projects/${project()}/journal`));
  add(hour.lists, () => service.get(`/projects?limit=100&district=district-${dice.int(0, 19)}`));
  add(hour.portfolios, () => service.get(`/portfolio?groupBy=district&${point()}`));
  const mixed = acts
    .map((act) => ({ act, order: dice.int(0, 2 ** 31) }))
    .sort((a, b) => a.order - b.order)
    .map(({ act }) => act);
  let most = 0;
  let next = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < mixed.length) {
        const number = next++;
        let answer = await mixed[number]?.(number);
        // When asked to retry later, the client does.
        for (; answer?.status === 503; answer = await mixed[number]?.(number))
          await setTimeout(Number(answer.headers.get('retry-after') ?? 1) * 1000);
        if (answer && answer.status >= 400 && answer.status !== 404)
          throw new Error(`${answer.url} answered ${answer.status}`);
        await answer?.arrayBuffer();
        if (number % 100 === 0) most = Math.max(most, service.residentMB());
      }
    }),
  );
  return { most };
}

function logFact({ url }: ServedLog, project: string, name: string, number: number): Promise<Response> {
  return fetch(`${url}/projects/${project}/entries`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': uuidOf(`memory ${name}`) },
    body: JSON.stringify({
      type: 'ProgressMeasured',
      asOf: lastDay,
      item: `item-${number % 12}`,
      measure: { kind: 'percent', percent: number % 100 },
    }),
  });
}
