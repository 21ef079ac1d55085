import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Day, isDay } from '../../domain/values/days/calendar.js';
import { readSettings, writeSettings } from '../app/settings.js';
import type { Composed } from '../composition/composed.js';
import { type Config, type ExampleName, exampleNames } from '../composition/settings/config.js';
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
const examplesPath = join(root ?? '.', 'examples');

/**
 * Loads an example into an empty store, or resumes an interrupted load.
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
  const asked = config.example ?? exampleNames[0];
  const begun = exampleNames.find((name) => readDistrict(name).businessDay === settings.today);
  const name = isCutOff ? (begun ?? asked) : asked;
  const isDue = isCutOff || (await composed.store.head()) === 0;
  const recorded = isDue ? await load(composed, config, name) : undefined;
  ready();
  return recorded;
}

async function load(composed: Composed, config: Config, name: ExampleName): Promise<number> {
  const district = readDistrict(name);
  writeSettings(config.dataPath, { today: district.businessDay, example: 'loading' });
  composed.bringDay(district.businessDay);
  let recorded = 0;
  // Its own day, because an earlier configured day would refuse its entries.
  await composed.onDay(district.businessDay, async () => {
    for (const file of district.files) {
      for (const line of readFileSync(join(examplesPath, name, file), 'utf8').split('\n')) {
        if (line.trim() === '') continue;
        const result = await recordLine(composed.topout, line, { by: 'example' });
        if (result.outcome === 'recorded') recorded++;
      }
    }
  });
  await composed.views.waitFor(await composed.store.head());
  writeSettings(config.dataPath, { today: district.businessDay, example: 'loaded' });
  return recorded;
}

function readDistrict(name: ExampleName): District {
  const path = join(examplesPath, name, 'district.json');
  const district = JSON.parse(readFileSync(path, 'utf8')) as District;
  if (!isDay(district.businessDay)) throw new Error(`${path} has no business day.`);
  return district;
}
