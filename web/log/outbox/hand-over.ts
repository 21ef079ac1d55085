import type { Entry } from './entry.js';

/** Entries in the form that an import takes, one a line; each with its id, so that none is recorded twice. */
export function linesOf(entries: readonly Entry[]): string {
  return entries.map((entry) => `${JSON.stringify(lineOf(entry))}\n`).join('');
}

function lineOf({ id, project, fact, takesBack }: Entry): object {
  if (!takesBack) return { id, project, ...fact };
  const { entry, reason, isReplaced } = takesBack;
  const { asOf } = fact;
  return {
    id,
    project,
    type: 'EntryWithdrawn',
    asOf,
    entry,
    reason,
    ...(isReplaced ? { replacement: fact } : {}),
  };
}

/** The name of the file: who logged the entries, and the day. */
export function fileName(who: string, day: string): string {
  const safe = who.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '');
  return `topout-${safe || 'phone'}-${day}.ndjson`;
}
