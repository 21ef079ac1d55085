import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Pool } from 'undici';
import type { Scope } from '../../domain/access/scope.js';
import { keyText } from '../../src/app/access/key-text.js';
import { uuidOf } from '../../test/support/dice.js';
import { percentile } from '../load/sse-crowd.js';
import type { Finding, Proof } from '../proof.js';
import { type ClosedAccess, closedInside, type Somebody } from './closed-service.js';

/** Wrong sign-ins and requests without one, of one address: together, and a second. */
const failures = { burst: 10, perSecond: 1 / 6 };
const strangers = { burst: 120, perSecond: 2 };
/** Writes of one key. */
const writes = { burst: 100, perSecond: 20 };

const installation: Scope = { kind: 'installation' };

/**
 * Wrong keys from one address are refused with 429 after ten a minute, whatever address they state; requests without a key after
 * 120; a program gets as many writes as its rate allows. Everybody else is answered meanwhile, also at the address of the wrong
 * keys.
 *
 * A round is one wrong key. The addresses are those of this machine: 127.0.0.1 and the next ones.
 *
 * Broken, nothing is limited.
 */
export const rate: Proof = {
  rounds: { small: 100, full: 10_000 },
  async run({ seed, rounds, isBroken }): Promise<Finding> {
    const folder = mkdtempSync(fileURLToPath(new URL('../../rate-', import.meta.url)));
    const service = await closedInside(join(folder, 'data'), { TOPOUT_LIMITS: isBroken ? 'off' : '' });
    try {
      const { key: planner } = await service.person('Zhao', ['planner', installation]);
      await service.send('POST', '/projects', planner, {
        project: 'site',
        name: { en: 'Site' },
        asOf: '2018-01-01',
      });
      const people = [];
      for (const name of ['Lin', 'Ma', 'Wu'])
        people.push(await service.person(name, ['inspector', installation]));
      const [lin, ma, program] = people as [Somebody, Somebody, Somebody];
      const attack = await attacked(service, rounds, [lin, ma], seed);
      const written = await hurried(service, program, seed);
      const overLimit =
        Math.max(0, attack.wrong401 - allowed(failures, attack.seconds)) +
        Math.max(0, attack.strangers401 - allowed(strangers, attack.seconds)) +
        Math.max(0, written.accepted - allowed(writes, written.seconds));
      const { goodMs, seconds, ...counted } = attack;
      return {
        figures: {
          rounds,
          ...counted,
          good: goodMs.length,
          goodP50Ms: Math.round(percentile(goodMs, 0.5)),
          goodP99Ms: Math.round(percentile(goodMs, 0.99)),
          writesAccepted: written.accepted,
          writesRefused: written.refused,
          overLimitAccepted: overLimit,
        },
        pass:
          overLimit === 0 &&
          attack.wrong429 > 0 &&
          attack.otherAnswers === 0 &&
          attack.strangers429 > 0 &&
          attack.goodFailed === 0 &&
          goodMs.length > 10 &&
          written.refused > 0,
      };
    } finally {
      await service.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** What a limit allows within some seconds; the clock of the service began a moment earlier. */
function allowed({ burst, perSecond }: { burst: number; perSecond: number }, seconds: number): number {
  return burst + Math.ceil((seconds + 1) * perSecond);
}

/** Wrong keys and requests without one, while others work. */
async function attacked(service: ClosedAccess, rounds: number, good: readonly Somebody[], seed: number) {
  const begunMs = performance.now();
  const found = {
    wrong401: 0,
    wrong429: 0,
    strangers401: 0,
    strangers429: 0,
    otherAnswers: 0,
    goodFailed: 0,
  };
  const goodMs: number[] = [];
  let isOver = false;
  // One of the good ones is at the address of the wrong keys.
  const work = good.map(async ({ key }, number) => {
    const client = from(service.at, number === 0 ? '127.0.0.2' : '127.0.0.1');
    while (!isOver) {
      const askedMs = performance.now();
      const status = await statusOf(client, 'GET', '/projects/site', { authorization: `Bearer ${key}` });
      goodMs.push(performance.now() - askedMs);
      if (status !== 200) found.goodFailed += 1;
      await pause(25);
    }
    await client.close();
  });
  const attacker = from(service.at, '127.0.0.2', 8);
  const wrongKey = (number: number) =>
    keyText({
      credential: `z${String(number % 10_000_000).padStart(7, '0')}`,
      secret: `${uuidOf(`rate ${seed} ${number}`).replaceAll('-', '')}AAAAAAAAAAA`,
    });
  const one = async (number: number) => {
    const status = await statusOf(attacker, 'GET', '/projects/site', {
      authorization: `Bearer ${wrongKey(number)}`,
      'x-forwarded-for': `198.51.100.${number % 250}`,
    });
    if (status === 401) found.wrong401 += 1;
    else if (status === 429) found.wrong429 += 1;
    else found.otherAnswers += 1;
  };
  for (let number = 0; number < rounds; number += 8)
    await Promise.all(
      Array.from({ length: Math.min(8, rounds - number) }, (_, index) => one(number + index)),
    );
  const stranger = from(service.at, '127.0.0.3');
  for (let number = 0; number < 200; number += 1) {
    const status = await statusOf(stranger, 'GET', '/projects', {
      'x-forwarded-for': `198.51.100.${number}`,
    });
    if (status === 401) found.strangers401 += 1;
    else if (status === 429) found.strangers429 += 1;
    else found.otherAnswers += 1;
  }
  while (goodMs.length < 20) await pause(20);
  isOver = true;
  await Promise.all(work);
  await Promise.all([attacker.close(), stranger.close()]);
  return { ...found, goodMs, seconds: (performance.now() - begunMs) / 1_000 };
}

/** A program that writes as fast as it can. */
async function hurried(service: ClosedAccess, { key }: Somebody, seed: number) {
  const client = from(service.at, '127.0.0.1', 16);
  const begunMs = performance.now();
  const statuses = await Promise.all(
    Array.from({ length: 150 }, (_, number) =>
      statusOf(
        client,
        'POST',
        '/projects/site/entries',
        {
          authorization: `Bearer ${key}`,
          'content-type': 'application/json',
          'idempotency-key': uuidOf(`rate program ${seed} ${number}`),
        },
        JSON.stringify({ type: 'MilestoneReached', item: `part-${number}`, asOf: '2018-06-30' }),
      ),
    ),
  );
  const seconds = (performance.now() - begunMs) / 1_000;
  await client.close();
  return {
    seconds,
    accepted: statuses.filter((status) => status === 201).length,
    refused: statuses.filter((status) => status === 429).length,
  };
}

function from(url: string, localAddress: string, connections = 1): Pool {
  return new Pool(url, { connections, pipelining: 1, localAddress });
}

async function statusOf(
  client: Pool,
  method: 'GET' | 'POST',
  path: string,
  headers: Record<string, string>,
  body?: string,
): Promise<number> {
  try {
    const answer = await client.request({ method, path, headers, ...(body === undefined ? {} : { body }) });
    await answer.body.text();
    return answer.statusCode;
  } catch {
    return 0;
  }
}
