import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { compose } from '../../src/composition/compose.js';
import type { Composed } from '../../src/composition/composed.js';
import { exitCodes } from '../../src/composition/exit-codes.js';
import { readConfig } from '../../src/composition/settings/config.js';
import { accessNotices } from '../../src/start/open-mode.js';
import { typed } from './typed.js';

let top: string;
let data: string;
let folder = 0;

beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'topout-admin-'));
});
beforeEach(() => {
  data = join(top, `data-${++folder}`);
});
afterAll(() => rmSync(top, { recursive: true, force: true }));

/** Looks into the stopped installation. */
async function inside<Found>(look: (composed: Composed) => Found | Promise<Found>): Promise<Found> {
  const composed = await compose({ ...readConfig({}), dataPath: data, vaultPath: `${data}.vault.json` });
  try {
    await composed.views.waitFor(await composed.store.head());
    return await look(composed);
  } finally {
    await composed.close();
  }
}

const init = (...options: string[]) => typed('admin', 'init', '--data', data, '--json', ...options);

describe('the first administrator, with the service stopped', () => {
  test('is made once, with a key and a name in any script', async () => {
    const { code, out } = await init('--name', '管理员 安');
    const made = JSON.parse(out);
    expect([code, made.key]).toEqual([0, expect.stringMatching(/^tpo_[a-z0-9]{8}_/)]);
    const found = await inside(({ topout }) => ({
      isFounded: topout.access.isFounded(),
      hasAdministrator: topout.access.hasAdministrator(),
      self: topout.access.self({ person: made.person } as never),
    }));
    expect([found.isFounded, found.hasAdministrator]).toEqual([true, true]);
    expect(found.self).toMatchObject({
      person: made.person,
      name: '管理员 安',
      grants: [{ role: 'administrator', scope: { kind: 'installation' }, granted: { by: 'machine' } }],
    });
  });

  test('is not made a second time', async () => {
    await init();
    const again = await init('--name', 'Eve');
    expect([again.code, again.out]).toEqual([exitCodes.conflict, '']);
    expect(again.err).toContain('There is an administrator already');
    expect((await init('--lang', 'zh')).err).toContain('已有管理员');
    await inside(async ({ topout }) => {
      const { items } = await topout.access.rightsOn({}, [[{ kind: 'installation' }]]);
      expect(items).toHaveLength(1);
    });
  });

  test('who is lost is replaced by another one, and both stay in the history', async () => {
    const lost = JSON.parse((await init('--name', 'Lost')).out);
    const { code, out } = await init('--replace', '--name', 'New');
    const next = JSON.parse(out);
    expect([code, next.person === lost.person, next.key === lost.key]).toEqual([0, false, false]);
    await inside(async ({ topout }) => {
      const { items } = await topout.access.rightsOn({}, [[{ kind: 'installation' }]]);
      expect(items.map(({ person }) => person).sort()).toEqual([lost.person, next.person].sort());
    });
  });

  test('leaves no key and no name in the data folder', async () => {
    const { key } = JSON.parse((await init('--name', 'Readable Name')).out);
    const events = readFileSync(join(data, 'events.db')).toString('latin1');
    expect([events.includes(key), events.includes('Readable Name')]).toEqual([false, false]);
  });
});

describe('the start of a service says', () => {
  const here = { host: '127.0.0.1' };
  const closed = { isOpen: false, hasAdministrator: true };

  test('that everybody may do everything, where it is open', () => {
    expect(accessNotices(here, { isOpen: true, hasAdministrator: false })).toEqual([
      expect.stringMatching(/^Open: /),
    ]);
  });

  test('that nobody can sign in, where there is no administrator any more', () => {
    expect(accessNotices(here, { ...closed, hasAdministrator: false })).toEqual([
      expect.stringMatching(/^Nobody can sign in: .*--replace/),
    ]);
  });

  test('nothing where an administrator signs in at this machine', () => {
    expect(accessNotices(here, closed)).toEqual([]);
  });

  test('that others cannot sign in over the network without a proxy', () => {
    expect(accessNotices({ host: '0.0.0.0' }, closed)).toEqual([
      expect.stringMatching(/^Sign-in works on this machine alone/),
    ]);
    expect(accessNotices({ host: '0.0.0.0', proxies: ['10.0.0.1'] }, closed)).toEqual([]);
  });
});
