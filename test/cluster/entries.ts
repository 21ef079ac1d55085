import { setTimeout as pause } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { uuidOf } from '../support/dice.js';

/** A password in no dictionary, with characters that must be encoded in an address. */
export const canary = 'Kanarienvogel/7@Käfig';

/** An address with an account whose password is the canary, unless it has its own. */
export const withAccount = (url: string, password = canary): string =>
  url.includes('@') ? url : url.replace('://', `://topout:${encodeURIComponent(password)}@`);

/** The password must not appear anywhere, in any encoding. */
export function expectNoCanary(text: string): void {
  const account = Buffer.from(`topout:${canary}`).toString('base64');
  for (const secret of [canary, encodeURIComponent(canary), 'Kanarienvogel', account, account.slice(0, 20)])
    expect(text.includes(secret) ? `${secret} was written` : '').toBe('');
}

export const register = {
  project: 'huaao-2',
  name: { en: 'Huaao', zh: '华奥' },
  district: 'East',
  asOf: '2018-01-01',
};

/** A stall that began on a given day of June; each is another fact. */
export const stalls = (day: number, project?: string) => ({
  ...(project === undefined ? {} : { project }),
  type: 'StallDeclared',
  asOf: `2018-06-${String(day).padStart(2, '0')}`,
  stall: `stall-${day}`,
  cause: 'financing',
  blocks: ['works'],
});

export const keyOf = (name: string): { 'idempotency-key': string } => ({ 'idempotency-key': uuidOf(name) });

/** Retries, as clients do, while the store is not writable. */
export async function untilTaken<Answer extends { status: number }>(
  ask: () => Promise<Answer>,
): Promise<Answer> {
  for (;;) {
    const answer = await ask();
    if (answer.status !== 503) return answer;
    await pause(200);
  }
}
