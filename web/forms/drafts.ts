import { msPerDay } from '../../domain/values/days/durations.js';
import { personHere } from '../shared/self.js';

/** Unsaved text of a form; empty if there is none. */
export type Typed = Readonly<Record<string, string>>;

interface Draft {
  typed: Typed;
  typedAt: string;
}

const every = 'topout.log.draft.';
/** Those of the person who signed in: another one at this device does not see them. */
const own = (): string => {
  const { person } = personHere() ?? {};
  return person === undefined ? every : `${every}@${person}/`;
};
/** Drafts older than this are dropped. */
const keptDays = 30;

/** The name of a form's draft: one per item, and one per project-wide fact. */
export function draftName(project: string, what: string): string {
  return `${project}/${what}`;
}

/** A draft's fields, and when they were typed. */
export function draftOf(name: string): Draft | undefined {
  return draftAt(own() + name);
}

function draftAt(key: string): Draft | undefined {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

/** Saves typed text; an empty form is not a draft. Without storage space the form still works. */
export function keepDraft(name: string, typed: Typed, now = new Date()): void {
  if (Object.keys(typed).length === 0) {
    dropDraft(name);
    return;
  }
  try {
    localStorage.setItem(own() + name, JSON.stringify({ typed, typedAt: now.toISOString() } satisfies Draft));
  } catch {
    // The form still holds the text.
  }
}

export function dropDraft(name: string): void {
  localStorage.removeItem(own() + name);
}

/** Drops expired drafts; those of everybody at this device. */
export function dropOldDrafts(now = new Date()): void {
  const oldest = new Date(now.getTime() - keptDays * msPerDay).toISOString();
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(every) && (draftAt(key)?.typedAt ?? '') < oldest) localStorage.removeItem(key);
  }
}
