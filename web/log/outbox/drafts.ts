/** What is typed in a form and not saved yet; empty where nothing is. */
export type Typed = Readonly<Record<string, string>>;

interface Draft {
  typed: Typed;
  typedAt: string;
}

const prefix = 'topout.log.draft.';
/** A draft that nobody came back to for so long is dropped. */
const keptDays = 30;

/** Names the draft of a form: each item and each project-wide fact of a project has its own. */
export function draftName(project: string, what: string): string {
  return `${project}/${what}`;
}

/** What was typed under a name, and when. */
export function draftOf(name: string): Draft | undefined {
  try {
    return JSON.parse(localStorage.getItem(prefix + name) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps what is typed; what says nothing is no draft. A device without space goes on without. */
export function keepDraft(name: string, typed: Typed, now = new Date()): void {
  if (Object.keys(typed).length === 0) {
    dropDraft(name);
    return;
  }
  try {
    localStorage.setItem(
      prefix + name,
      JSON.stringify({ typed, typedAt: now.toISOString() } satisfies Draft),
    );
  } catch {
    // The form has it all the same.
  }
}

export function dropDraft(name: string): void {
  localStorage.removeItem(prefix + name);
}

/** The names of drafts that begin so. */
export function draftsUnder(project: string): string[] {
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(`${prefix}${project}/`))
    .map((key) => key.slice(prefix.length));
}

/** Drops what nobody came back to. */
export function dropOldDrafts(now = new Date()): void {
  const oldest = new Date(now.getTime() - keptDays * 86_400_000).toISOString();
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(prefix)) continue;
    const name = key.slice(prefix.length);
    if ((draftOf(name)?.typedAt ?? '') < oldest) dropDraft(name);
  }
}
