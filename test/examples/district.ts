import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ofProjects } from '../../domain/log/any-event.js';
import {
  type EventType,
  type Names,
  projectOf,
  type RecordedEvent,
  type Source,
} from '../../domain/project/events.js';
import type { Day } from '../../domain/values/days/calendar.js';
import { compose } from '../../src/composition/compose.js';
import { onData, readConfig } from '../../src/composition/settings/config.js';
import { recordLine } from '../../src/http/routes/import-lines.js';
import { loadExample } from '../../src/maintenance/example.js';

const folder = join(import.meta.dirname, '../../examples/district-2018');

/** One line of the example as the import reads it, including the members of the fact. */
interface Line {
  project: string;
  type: EventType;
  source: Source;
  [member: string]: unknown;
}

/** The content of `district.json`. */
export const district = JSON.parse(readFileSync(join(folder, 'district.json'), 'utf8')) as {
  title: Names;
  businessDay: Day;
  files: string[];
};

/** Every line of the example as text, in loading order. */
export const districtTexts: readonly string[] = district.files.flatMap((file) =>
  readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .filter((line) => line !== ''),
);

export const districtLines: readonly Line[] = districtTexts.map((text) => JSON.parse(text));

/** The content of a new store with the example, and the results of sending the same lines again. */
interface LoadedDistrict {
  /** The entries of each project, oldest first. */
  histories: ReadonlyMap<string, RecordedEvent[]>;
  recordedCount: number | undefined;
  today: { on: Day; isSet: boolean };
  outcomesAgain: string[];
  headBefore: number;
  headAfter: number;
}

/** Loads the example district into a new store, as the service does when it starts. */
export async function loadDistrict(): Promise<LoadedDistrict> {
  const dataPath = mkdtempSync(join(tmpdir(), 'topout-district-'));
  const config = onData(readConfig({}), dataPath);
  const composed = await compose(config);
  try {
    const recordedCount = await loadExample(composed, config);
    const histories = new Map<string, RecordedEvent[]>();
    for await (const page of composed.store.readAll()) {
      for (const event of ofProjects(page)) {
        const project = projectOf(event.stream);
        histories.set(project, [...(histories.get(project) ?? []), event]);
      }
    }
    const headBefore = await composed.store.head();
    const outcomesAgain: string[] = [];
    for (const text of districtTexts) {
      outcomesAgain.push((await recordLine(composed.topout, text, { by: 'example' })).outcome);
    }
    const headAfter = await composed.store.head();
    return { histories, recordedCount, today: composed.topout.today(), outcomesAgain, headBefore, headAfter };
  } finally {
    await composed.close();
    rmSync(dataPath, { recursive: true });
  }
}
