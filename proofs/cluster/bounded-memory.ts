import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { newPrefix } from '../../test/support/event-store-cluster.js';
import type { Finding, Proof } from '../proof.js';

const mostMB = 150;
const flags = ['--expose-gc', '--disable-warning=ExperimentalWarning'];
const few = 1_000;
/** All notes together, so that a reader that keeps everything is detected at the small size too, in bytes. */
const notesBytes = 160e6;
const leastNoteBytes = 100;

interface Read {
  read: number;
  followed: number;
  /** Maximum live heap right after garbage collection, and memory from the operating system; in bytes. */
  held: number;
  rss: number;
}

/**
 * Reading a million events needs less than 150 MB more than reading a thousand, even with a slow subscriber.
 *
 * The memory right after garbage collection counts: the engine's young generation (`rssDeltaMB`) does not grow with the
 * log, and is up to three times its `--max-semi-space-size`.
 *
 * A round is one event. The server, which generates its events on reading, and the reader are separate processes.
 *
 * Broken, the reader keeps every page.
 */
export const boundedMemory: Proof = {
  rounds: { small: 20_000, full: 1_000_000 },
  async run({ rounds, isBroken }): Promise<Finding> {
    const noteBytes = Math.max(leastNoteBytes, Math.round(notesBytes / rounds));
    const how = isBroken ? 'keeps' : 'reads';
    const short = await read(Math.min(few, rounds), noteBytes, how);
    const long = await read(rounds, noteBytes, how);
    const heldDeltaMB = Math.round((long.held - short.held) / 1e6);
    const isWhole = long.read === rounds && long.followed === rounds;
    return {
      figures: {
        server: 'stand-in',
        events: long.read,
        followed: long.followed,
        noteBytes,
        heldDeltaMB,
        rssDeltaMB: Math.round((long.rss - short.rss) / 1e6),
      },
      pass: isWhole && heldDeltaMB < mostMB,
    };
  },
};

/** Starts a server with a number of events, and a reader; returns the reader's report. */
async function read(events: number, noteBytes: number, how: string): Promise<Read> {
  const prefix = newPrefix();
  const server = start('memory-server', prefix, String(events), String(noteBytes));
  try {
    const url = await firstLineOf(server.stdout);
    const reader = start('memory-reader', url, prefix, how);
    const line = await firstLineOf(reader.stdout);
    return JSON.parse(line) as Read;
  } finally {
    server.stdin.end();
    if (server.exitCode === null) await once(server, 'exit');
  }
}

function start(name: string, ...args: string[]) {
  const file = fileURLToPath(new URL(`./${name}.js`, import.meta.url));
  return spawn(process.execPath, [...flags, file, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}

async function firstLineOf(stream: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: stream })) return line;
  throw new Error('the process ended without a word');
}
