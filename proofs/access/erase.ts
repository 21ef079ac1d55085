import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { viewsPath } from '../../src/composition/folder/data-paths.js';
import { verifyLedger } from '../../src/maintenance/verify-ledger/verify-ledger.js';
import { uuidOf } from '../../test/support/dice.js';
import type { Finding, Proof } from '../proof.js';
import { type ClosedAccess, closedAccess, type Somebody } from './closed-service.js';
import { type ServiceInside, serviceInside } from './service-inside.js';

const everywhere = { kind: 'installation' } as const;
/** Entries of each person in a round. */
const entriesEach = 5;

const fresh = () => ({
  texts: 0,
  readBefore: 0,
  readAfter: 0,
  readAfterRestart: 0,
  othersLost: 0,
  filesScanned: 0,
  foundInEvents: 0,
  foundInFiles: 0,
  ledgerFaults: 0,
});
type Figures = ReturnType<typeof fresh> & { firstFound?: string };

/**
 * After a person is erased, no answer about any moment of either clock and no byte of any file holds a text of theirs, the texts of
 * others stay readable, and the ledger of the store verifies.
 *
 * A round is one service with two people, who log forecasts with remarks, reasons and names, withdraw an entry, and answer an
 * alert. One is erased; the files are scanned with the service stopped, and it starts again.
 *
 * Broken, the views that were built before the erasure stay in the folder.
 */
export const erase: Proof = {
  rounds: { small: 1, full: 10 },
  async run({ seed, rounds, isBroken }): Promise<Finding> {
    const figures: Figures = fresh();
    for (let round = 0; round < rounds; round += 1) await eraseOnce(`${seed} ${round}`, isBroken, figures);
    const {
      texts,
      readBefore,
      readAfter,
      readAfterRestart,
      othersLost,
      foundInEvents,
      foundInFiles,
      ledgerFaults,
    } = figures;
    const isGone = readAfter + readAfterRestart + foundInEvents + foundInFiles === 0;
    return {
      figures: { rounds, ...figures },
      pass: isGone && othersLost === 0 && ledgerFaults === 0 && readBefore === texts && texts > 0,
    };
  },
};

async function eraseOnce(seed: string, isBroken: boolean, figures: Figures): Promise<void> {
  const folder = mkdtempSync(fileURLToPath(new URL('../../erase-', import.meta.url)));
  const dataPath = join(folder, 'data');
  const vaultPath = join(folder, 'keys', 'vault.json');
  mkdirSync(join(folder, 'keys'));
  const mark = (who: string, what: string) =>
    `canary${uuidOf(`erase ${seed} ${who} ${what}`).replaceAll('-', '')}`;
  const running: ServiceInside[] = [];
  try {
    const first = await serviceInside(dataPath, vaultPath);
    running.push(first);
    const service = closedAccess(first.at, await first.composed.topout.access.found({ name: 'Ann' }));
    const planner = await service.person('Planner', ['planner', everywhere]);
    await service.send('POST', '/projects', planner.key, {
      project: 'site',
      asOf: '2018-01-01',
      name: { en: 'Site' },
    });
    const people = {
      li: await inspector(service, mark('li', 'name')),
      wang: await inspector(service, mark('wang', 'name')),
    };
    const written: Record<string, string[]> = {};
    for (const [who, somebody] of Object.entries(people))
      written[who] = await write(service, somebody, (what) => mark(who, what));
    const [gone = [], stays = []] = [written.li, written.wang];
    figures.texts += gone.length;
    const reader = planner.key;
    const before = await answers(service, reader, undefined);
    figures.readBefore += gone.filter((text) => before.text.includes(text)).length;
    const kept = isBroken ? viewsIn(dataPath) : [];
    await service.send('POST', `/people/${people.li.person}/erasure`, service.administrator.key);
    const after = await answers(service, reader, before.position);
    figures.readAfter += gone.filter((text) => after.text.includes(text)).length;
    figures.othersLost += stays.filter((text) => !after.text.includes(text)).length;
    await first.close();
    for (const [name, bytes] of kept) writeFileSync(join(dataPath, `before-${name}`), bytes);
    scan(folder, [...gone, mark('li', 'name')], stays, figures);
    figures.ledgerFaults += (await verifyLedger(dataPath, { checkpoints: [], keys: [] })).faults.length;
    const again = await serviceInside(dataPath, vaultPath);
    running.push(again);
    const restarted = await answers(again, reader, before.position);
    figures.readAfterRestart += gone.filter((text) => restarted.text.includes(text)).length;
    figures.othersLost += stays.filter((text) => !restarted.text.includes(text)).length;
  } finally {
    for (const one of running) await one.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function inspector(service: ClosedAccess, name: string): Promise<Somebody> {
  return service.person(name, ['inspector', everywhere]);
}

/** Everything that a person writes in their own words; returns the texts. */
async function write(
  { send }: ClosedAccess,
  { key }: Somebody,
  mark: (what: string) => string,
): Promise<string[]> {
  const texts: string[] = [];
  const text = (what: string) => {
    const made = mark(what);
    texts.push(made);
    return made;
  };
  for (let number = 1; number <= entriesEach; number += 1)
    await send('POST', '/projects/site/entries', key, {
      type: 'ForecastGiven',
      asOf: `2018-06-0${number}`,
      target: 'completion',
      latest: `2019-0${number}-01`,
      reason: text(`reason ${number}`),
      source: { kind: 'inspection', note: text(`note ${number}`) },
      onBehalfOf: text(`builder ${number}`),
    });
  const { id } = await send('POST', '/projects/site/entries', key, {
    type: 'StageEntered',
    asOf: '2018-06-09',
    stage: 'started',
  });
  await send('POST', `/projects/site/entries/${id}/withdrawal`, key, { reason: text('withdrawal') });
  const stall = {
    stall: mark('stall').slice(0, 20),
    cause: 'financing',
    blocks: ['works'],
    from: '2018-06-01',
  };
  await send('POST', '/projects/site/entries', key, { type: 'StallDeclared', asOf: '2018-06-30', ...stall });
  for (let tries = 0; tries < 200; tries += 1) {
    const { items } = (await send('GET', '/alerts?status=open', key)) as {
      items: { alert: string; acknowledged?: unknown }[];
    };
    const open = items.find(({ acknowledged }) => !acknowledged);
    if (open) {
      await send('POST', `/alerts/${open.alert}/acknowledgement`, key, {
        name: text('taken over by'),
        dueOn: '2018-07-20',
        note: text('acknowledgement'),
      });
      return texts;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('No alert was raised.');
}

/** What a reader is answered now, as known at a position, and about an earlier day. */
async function answers(
  { at }: Pick<ClosedAccess, 'at'>,
  key: string,
  position: number | undefined,
): Promise<{ text: string; position: number }> {
  const ask = async (path: string) => {
    const answer = await fetch(at + path, { headers: { authorization: `Bearer ${key}` } });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`GET ${path}: ${answer.status} ${text}`);
    return text;
  };
  const known = position === undefined ? [''] : ['', `&knownAt=${position}`];
  const texts: string[] = [];
  for (const moment of known)
    for (const path of ['journal?limit=100', 'journal?limit=100&order=newest', '?'])
      texts.push(await ask(`/projects/site${path.startsWith('?') ? '' : '/'}${path}${moment}`));
  texts.push(await ask('/projects/site?asOf=2018-06-05'), await ask('/alerts'), await ask('/people/names'));
  const { items } = JSON.parse(await ask('/alerts')) as { items: { alert: string }[] };
  for (const { alert } of items) texts.push(await ask(`/alerts/${alert}`));
  const { knownAt } = JSON.parse(texts[0] ?? '{}') as { knownAt: { position: number } };
  return { text: texts.join('\n'), position: knownAt.position };
}

/** The files of the views with what they hold, those that are written beside them included. */
function viewsIn(dataPath: string): [name: string, bytes: Buffer][] {
  const name = basename(viewsPath(dataPath));
  const files = readdirSync(dataPath).filter((file) => file.startsWith(name));
  return files.map((file) => [file, readFileSync(join(dataPath, file))]);
}

/** Scans every byte of every file; the texts of those who stay must not be in the store of events either. */
function scan(folder: string, gone: readonly string[], stays: readonly string[], figures: Figures): void {
  for (const one of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!one.isFile()) continue;
    const path = join(one.parentPath, one.name);
    const bytes = readFileSync(path);
    figures.filesScanned += 1;
    const found = gone.filter((text) => bytes.includes(text));
    figures.foundInFiles += found.length;
    if (found.length > 0) figures.firstFound ??= one.name;
    if (one.name.startsWith('events.db'))
      figures.foundInEvents += stays.filter((text) => bytes.includes(text)).length;
  }
}
