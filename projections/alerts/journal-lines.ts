import { applyToLife, emptyLife } from '../../domain/alerts/alert.js';
import type { AlertEvent, AlertEventData, AlertEventType } from '../../domain/alerts/events.js';
import type { EntryMetadata } from '../../domain/project/events.js';
import type { Day, Instant } from '../../domain/values/days/calendar.js';
import type { Uuid } from '../../domain/values/uuid.js';
import type { Words } from '../../domain/values/words.js';
import { happeningWords, type ItemNames } from './happening-words.js';

/** An event of a project's alerts, as its journal shows it. */
export type AlertLine = {
  [T in AlertEventType]: {
    id: Uuid;
    position: number;
    /** In the stream of the project's alerts. */
    revision: number;
    type: T;
    asOf: Day;
    precision: EntryMetadata['precision'];
    recordedAt: Instant;
    by: string;
    source: EntryMetadata['source'];
    words: Words;
    data: AlertEventData[T];
  };
}[AlertEventType];

/** The events of a project's alerts by the end of a day, including notices, in log order; `events` are its stream from the first. */
export function alertLines(
  project: string,
  events: readonly AlertEvent[],
  asOf: Day,
  names: ItemNames,
): AlertLine[] {
  let life = emptyLife(project);
  return events.flatMap((event) => {
    life = applyToLife(life, event);
    const { id, position, revision, type, recordedAt, by, entry, data } = event;
    const about = 'alert' in data ? data.alert : data.alerts[0];
    const alert = life.alerts.find((one) => one.alert === about);
    if (!alert || entry.asOf > asOf) return [];
    const words = happeningWords(event, alert, names);
    return [
      {
        id,
        position,
        revision,
        type,
        asOf: entry.asOf,
        precision: entry.precision,
        recordedAt,
        by,
        source: entry.source,
        words,
        data,
      } as AlertLine,
    ];
  });
}
