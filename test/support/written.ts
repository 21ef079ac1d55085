import { inspect } from 'node:util';
import { jest } from '@jest/globals';

/** Captures everything printed from now on, to check for secrets. */
export interface Written {
  note(...things: unknown[]): void;
  text(): string;
  end(): void;
}

const methods = ['debug', 'error', 'info', 'log', 'warn', 'trace'] as const;

/** Captures the output of the process and its console, which is not shown meanwhile, and what a test adds. */
export function takeDown(): Written {
  const parts: string[] = [];
  const note = (...things: unknown[]) => {
    for (const thing of things)
      parts.push(
        typeof thing === 'string'
          ? thing
          : inspect(thing, { depth: 12, showHidden: true, maxStringLength: null }),
      );
  };
  const spies = [
    ...methods.map((method) => jest.spyOn(console, method).mockImplementation(note)),
    ...[process.stdout, process.stderr].map((stream) =>
      jest.spyOn(stream, 'write').mockImplementation((chunk: unknown) => {
        note(String(chunk));
        return true;
      }),
    ),
  ];
  return {
    note,
    text: () => parts.join('\n'),
    end() {
      for (const spy of spies) spy.mockRestore();
    },
  };
}
