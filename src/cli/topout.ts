#!/usr/bin/env node
import { exitCodes } from '../composition/exit-codes.js';
import { run } from './program.js';
import { processTerminal } from './terminal.js';

const args = process.argv.slice(2);
try {
  process.exitCode = await run(args, processTerminal());
} catch (error) {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const problem = { type: 'about:blank', title: 'A mistake of topout itself', detail: stack };
  console.error(
    args.includes('--json')
      ? JSON.stringify({ problem })
      : `${problem.title}; please report it with this:\n${stack}`,
  );
  process.exitCode = exitCodes.bug;
}
