import type { Names } from '../../domain/project/events.js';
import { dayWords } from '../../domain/values/day-words.js';
import type { Instant } from '../../domain/values/days/calendar.js';
import type { Uuid } from '../../domain/values/uuid.js';
import type { Words } from '../../domain/values/words.js';
import { isTakenBack } from '../facts/identity.js';
import { authorWords, type PeopleNames } from '../words/author-words.js';
import type { ProjectState } from './project.js';

/** How the registration of a project was taken back, because it was a mistake. */
export interface TakenBack {
  /** The withdrawal. */
  entry: Uuid;
  by: string;
  recordedAt: Instant;
  reason: string;
}

/** Why a project is registered no more; undefined for one that is. */
export function takenBack({
  identity,
  journal,
}: Pick<ProjectState, 'identity' | 'journal'>): TakenBack | undefined {
  if (!isTakenBack(identity)) return undefined;
  const { lines } = journal;
  const registrations = new Set(lines.flatMap(({ type, id }) => (type === 'ProjectRegistered' ? [id] : [])));
  for (const line of lines.toReversed()) {
    if (line.type !== 'EntryWithdrawn' || !registrations.has(line.data.entry)) continue;
    return { entry: line.id, by: line.by, recordedAt: line.recordedAt, reason: line.data.reason };
  }
  return undefined;
}

/** The last name of a project that was taken back, by its withdrawn registration and descriptions. */
export function nameBefore({ journal: { lines } }: Pick<ProjectState, 'journal'>): Names {
  for (const line of lines.toReversed())
    if ((line.type === 'ProjectRegistered' || line.type === 'ProjectDescribed') && line.data.name)
      return line.data.name;
  return {};
}

/**
 * By whom, when and why a registration was taken back.
 *
 * @param names of the people of whom the reader may know
 */
export function takenBackWords({ by, recordedAt, reason }: TakenBack, names: PeopleNames = new Map()): Words {
  const author = authorWords({ by }, names);
  const [on, time] = [dayWords(recordedAt.slice(0, 10)), recordedAt.slice(11, 16)];
  return {
    en: `its registration was taken back by ${author.en} on ${on.en} ${time} UTC: ${reason}`,
    zh: `登记已由 ${author.zh} 于 ${on.zh} ${time}（UTC）撤回：${reason}`,
  };
}
