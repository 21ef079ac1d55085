import { afterAll, beforeAll, describe } from '@jest/globals';
import { type StandIn, startStandIn } from '../stand-in/stand-in.js';
import type { BareLine } from './event-store-bare-answers.js';
import { type BareCalls, bareCalls } from './event-store-bare-calls.js';

/** A server under test, and its client. */
export interface Server {
  isReal: boolean;
  url: string;
  calls: BareCalls;
}

/**
 * Runs the same tests against the stand-in and against the server in EVENT_STORE_TEST_URL.
 *
 * Without it the second half is printed as skipped. Others may use that server too: streams need fresh names.
 */
export function eachServer(tests: (server: () => Server) => void): void {
  const realUrl = process.env.EVENT_STORE_TEST_URL;
  describe('the stand-in', () => {
    let standIn: StandIn;
    const start = async () => {
      standIn = await startStandIn();
      return standIn.url;
    };
    tests(connected(false, start, () => standIn.kill()));
  });
  (realUrl ? describe : describe.skip)('EventStoreDB', () => {
    tests(connected(true, async () => realUrl as string));
  });
}

function connected(isReal: boolean, start: () => Promise<string>, stop = async () => {}): () => Server {
  let server: Server;
  beforeAll(async () => {
    const url = await start();
    server = { isReal, url, calls: bareCalls(new URL(url).host) };
  });
  afterAll(async () => {
    server?.calls.close();
    await stop();
  });
  return () => server;
}

/** The places of the events of a read. */
export function positions(lines: readonly BareLine[]): number[] {
  return lines.flatMap((line) => ('at' in line ? [line.at] : []));
}

/** A read in short: `S@0` for an event of the test's own stream, other messages unchanged. */
export function shown(lines: readonly BareLine[]): unknown[] {
  return lines.map((line) => {
    if ('event' in line) return line.event.split(' ')[0]?.replace(/standin-[0-9a-f-]{36}/, 'S');
    return 'says' in line ? line.says : line;
  });
}
