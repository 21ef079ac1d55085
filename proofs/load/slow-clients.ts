import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { uuidOf } from '../../test/support/dice.js';
import { type Finding, onOneWorld, type Proof } from '../proof.js';
import { started } from '../service/child-service.js';
import { SiteClient } from '../service/site-client.js';
import { percentile } from './sse-crowd.js';

/** Every request has to be there in 30 s; the check of that runs each second. */
const endMs = 35_000;
/** A size with more clients than this keeps the real times; a smaller one has a service that is faster by this factor. */
const hurry = { below: 2_000, times: 20 };
const goodWithinMs = 1_000;
/** What a busy machine may take beyond that, whatever the factor. */
const graceMs = 5_000;
/**
 * Between a hundred connections. Faster ones overflow the queue of the system, and clients then believe that they are
 * connected to a service that never gets to know of them.
 */
const pacedMs = 100;

/**
 * Clients that send nothing, or a request byte by byte and never to its end, do not stop others: these are answered within a
 * second, and no slow connection is left once a whole request has had its time.
 *
 * A round is one slow client; a fourth each connects and is silent, sends a header slowly, and sends a body or lines slowly.
 *
 * Broken, the same server gives every request all the time that it wants.
 */
export const slowClients: Proof = onOneWorld({
  rounds: { small: 150, full: 10_000 },
  async open({ seed, rounds }) {
    const times = rounds < hurry.below ? hurry.times : 1;
    const folder = mkdtempSync(fileURLToPath(new URL('../../slow-clients-', import.meta.url)));
    const service = await started(join(folder, 'data'), {
      env: { TOPOUT_PROOF_HURRY: String(times) },
      before: ['load/hurried-limits.js'],
    });
    const client = new SiteClient(service.at, 4);
    const close = async () => {
      await client.close();
      await service.kill();
      rmSync(folder, { recursive: true, force: true });
    };
    await client.register('site', uuidOf(`slow clients ${seed}`));
    // The first answers of a process compile it.
    for (let warm = 0; warm < 20; warm += 1) await client.get('/projects/site');
    return { service, client, times, close };
  },
  async run({ seed, rounds, isBroken }, { service, client, times }): Promise<Finding> {
    if (isBroken) service.child.send('never');
    const sockets: Socket[] = [];
    try {
      const { port } = new URL(service.at);
      const began = performance.now();
      for (let number = 0; number < rounds; number += 1) {
        sockets.push(slow(Number(port), number % kinds.length));
        if (number % 100 === 99) await pause(pacedMs);
      }
      const connectedMs = performance.now() - began;
      const good = { ms: [] as number[], failed: 0 };
      for (let number = 0; performance.now() - began < connectedMs + endMs / times; number += 1) {
        const begunMs = performance.now();
        const fact = { type: 'MilestoneReached', item: `part-${number}`, asOf: '2018-06-30' };
        const answers = await Promise.all([
          client.log('site', uuidOf(`slow clients ${seed} ${isBroken} ${number}`), fact),
          client.get('/projects/site'),
        ]);
        good.ms.push(performance.now() - begunMs);
        good.failed += answers.filter((answer) => !answer || answer.status >= 400).length;
        await pause(20);
      }
      const isAnyHeld = () => sockets.some((socket) => !socket.destroyed);
      const enoughMs = performance.now() + (isBroken ? 0 : graceMs);
      while (isAnyHeld() && performance.now() < enoughMs) await pause(20);
      const held = sockets.map((socket, number) =>
        socket.destroyed ? '' : (kinds[number % kinds.length] as string),
      );
      const heldSockets = held.filter(Boolean).length;
      const goodP99Ms = Math.round(percentile(good.ms, 0.99));
      return {
        figures: {
          rounds,
          times,
          good: good.ms.length,
          goodFailed: good.failed,
          goodP99Ms,
          heldSockets,
          heldKinds: [...new Set(held)].filter(Boolean).join(' '),
        },
        pass: good.ms.length > 10 && good.failed === 0 && goodP99Ms <= goodWithinMs && heldSockets === 0,
      };
    } finally {
      for (const socket of sockets) socket.destroy();
    }
  },
});

/** Between two bytes of a slow client. */
const byteEveryMs = 500;
const kinds = ['silent', 'header', 'body', 'lines'];
const beginnings = [
  '',
  'GET /projects HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ',
  'POST /projects/site/entries HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n{"',
  'POST /entries HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-ndjson\r\nContent-Length: 9000\r\n\r\n{"',
];

/** A client of one of these kinds, that goes on with a byte at a time. */
function slow(port: number, kind: number): Socket {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => socket.destroy());
  socket.on('data', () => undefined);
  const beginning = beginnings[kind] as string;
  void once(socket, 'connect').then(
    () => {
      if (beginning === '') return;
      socket.write(beginning);
      const going = setInterval(() => socket.write('a'), byteEveryMs);
      socket.once('close', () => clearInterval(going));
    },
    () => undefined,
  );
  return socket;
}
