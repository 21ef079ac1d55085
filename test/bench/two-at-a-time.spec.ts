import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { twoAtATime } from '../../proofs/two-at-a-time.js';

/** Proofs whose names say how they end; `one` and `two` wait until the other has begun. */
const source = `
import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
const [name, folder] = process.argv.slice(2);
appendFileSync(folder + '/order', '+' + name + ' ');
writeFileSync(folder + '/' + name, '');
const other = { one: 'two', two: 'one' }[name];
while (other && !existsSync(folder + '/' + other)) await pause(5);
console.error(name + ' begins');
console.log(name + ' is found');
appendFileSync(folder + '/order', '-' + name + ' ');
const outcome = { name, rounds: 1, figures: { seen: 7 }, isKept: name !== 'broken', isCaught: true, seconds: 0 };
if (name !== 'silent') process.send(outcome);
process.exitCode = name === 'broken' ? 1 : name === 'crashing' ? 7 : 0;
`;

let folder: string;
let printed: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'topout-two-'));
  writeFileSync(join(folder, 'program.mjs'), source);
  printed = [];
  const note = (text: unknown) => printed.push(String(text).trim()) > 0;
  jest.spyOn(console, 'error').mockImplementation((text) => void note(text));
  jest.spyOn(process.stdout, 'write').mockImplementation(note as never);
  jest.spyOn(process.stderr, 'write').mockImplementation(note as never);
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

const run = (names: string[], alone: string[] = []) =>
  twoAtATime(join(folder, 'program.mjs'), names, new Set(alone), [folder]);

test('two proofs run at a time, and the output of each is printed whole with its seconds', async () => {
  const outcomes = await run(['one', 'two']);
  expect(outcomes.map(({ name }) => name).sort()).toEqual(['one', 'two']);
  const [first, second] = outcomes.map(({ name, seconds }) => ({ name, seconds }));
  expect(printed).toEqual([
    `1/2 ${first?.name}: ${first?.seconds} s`,
    `${first?.name} begins`,
    `${first?.name} is found`,
    `2/2 ${second?.name}: ${second?.seconds} s`,
    `${second?.name} begins`,
    `${second?.name} is found`,
  ]);
});

test('a proof that must be alone begins after the others have ended', async () => {
  await run(['measured', 'one', 'two', 'timed'], ['measured', 'timed']);
  const order = readFileSync(join(folder, 'order'), 'utf8').trim().split(' ');
  expect(order.slice(4)).toEqual(['+measured', '-measured', '+timed', '-timed']);
  expect(existsSync(join(folder, 'timed'))).toBe(true);
});

test('a broken promise comes back with its figures, and a process without a result as failed', async () => {
  const [broken, crashing, silent] = await run(
    ['broken', 'crashing', 'silent'],
    ['broken', 'crashing', 'silent'],
  );
  expect(broken).toMatchObject({ name: 'broken', isKept: false, figures: { seen: 7 } });
  expect(broken).not.toHaveProperty('ended');
  expect(crashing).toMatchObject({ name: 'crashing', ended: 'its process ended with exit code 7' });
  expect(silent).toMatchObject({ name: 'silent', ended: 'its process ended with exit code 0' });
});
