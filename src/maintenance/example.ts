import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Day, isDay } from '../../domain/values/calendar.js';
import { readSettings, writeSettings } from '../app/settings.js';
import type { Composed } from '../composition/compose.js';
import type { Config } from '../composition/config.js';
import { recordLine } from '../http/routes/import-lines.js';

/** The content of an example's `district.json`. */
interface District {
  businessDay: Day;
  files: string[];
}

/** The folder with the package file is one above `src`, and two above `dist/src`. */
const root = ['../..', '../../..']
  .map((up) => join(import.meta.dirname, up))
  .find((path) => existsSync(join(path, 'package.json')));
const examplePath = join(root ?? '.', 'examples', 'district-2018');

/**
 * Loads the example district into an empty store, or resumes an interrupted load.
 *
 * It sets its own business day, which stays with the data folder. Loading twice adds nothing twice. The service is not
 * ready until it is done.
 *
 * @returns the number of recorded entries; undefined if there was nothing to load
 */
export async function loadExample(composed: Composed, config: Config): Promise<number | undefined> {
  const settings = readSettings(config.dataPath);
  const isCutOff = settings.example === 'loading';
  if (!isCutOff && !config.loadsExample) return undefined;
  const ready = composed.holdReady('The example district is not loaded yet.');
  await composed.views.whenMade();
  const recorded = isCutOff || (await composed.store.head()) === 0 ? await load(composed, config) : undefined;
  ready();
  return recorded;
}

async function load(composed: Composed, config: Config): Promise<number> {
  const district = readDistrict();
  writeSettings(config.dataPath, { today: district.businessDay, example: 'loading' });
  composed.bringDay(district.businessDay);
  let recorded = 0;
  // Its own day, because an earlier configured day would refuse its entries.
  await composed.onDay(district.businessDay, async () => {
    for (const file of district.files) {
      for (const line of readFileSync(join(examplePath, file), 'utf8').split('\n')) {
        if (line.trim() === '') continue;
        const result = await recordLine(composed.topout, line, 'example');
        if (result.outcome === 'recorded') recorded++;
      }
    }
  });
  await composed.views.waitFor(await composed.store.head());
  writeSettings(config.dataPath, { today: district.businessDay, example: 'loaded' });
  return recorded;
}

function readDistrict(): District {
  const district = JSON.parse(readFileSync(join(examplePath, 'district.json'), 'utf8')) as District;
  if (!isDay(district.businessDay)) throw new Error(`${examplePath} has no business day.`);
  return district;
}
