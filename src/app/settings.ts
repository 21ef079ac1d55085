import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Day, isDay } from '../../domain/values/days/calendar.js';

/** The settings of a data folder: the business day of its example, and whether the example is loaded. */
export interface Settings {
  today?: Day;
  example?: 'loading' | 'loaded';
}

/** The settings file holds something else; the sentence says what to do. */
export class SettingsDamaged extends Error {}

const fileName = 'settings.json';

/**
 * Reads the settings of a data folder; empty without a settings file.
 *
 * @throws SettingsDamaged the file holds something else
 */
export function readSettings(dataPath: string): Settings {
  const path = join(dataPath, fileName);
  if (!existsSync(path)) return {};
  const settings = parsed(readFileSync(path, 'utf8'));
  if (!settings)
    throw new SettingsDamaged(
      `${path} does not hold the settings of a Topout store; put the file back, or remove it to use the real day.`,
    );
  return settings;
}

/** Writes the settings of a data folder atomically. */
export function writeSettings(dataPath: string, settings: Settings): void {
  const path = join(dataPath, fileName);
  // Flushed, because a name can survive a power cut that its content did not.
  rmSync(`${path}.next`, { force: true });
  writeFileSync(`${path}.next`, `${JSON.stringify(settings)}\n`, { flush: true, flag: 'wx', mode: 0o600 });
  renameSync(`${path}.next`, path);
}

function parsed(text: string): Settings | undefined {
  try {
    const said: unknown = JSON.parse(text);
    if (typeof said !== 'object' || said === null || Array.isArray(said)) return undefined;
    const { today, example, ...others } = said as Record<string, unknown>;
    const isKnownDay = today === undefined || (typeof today === 'string' && isDay(today));
    const isKnownExample = example === undefined || example === 'loading' || example === 'loaded';
    if (!isKnownDay || !isKnownExample || Object.keys(others).length > 0) return undefined;
    return { today: today as Day | undefined, example: example as Settings['example'] };
  } catch {
    return undefined;
  }
}
