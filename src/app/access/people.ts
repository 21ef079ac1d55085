import type { WriteRequest } from '../queries/asked.js';

/** What is known of a person outside the log. */
export interface PersonNamed {
  name: string;
  /** A mail address or a telephone number, as an administrator wrote it. */
  contact?: string;
}

/** Everything that is known of a person outside the clear text of the log. */
export interface PersonKept {
  person: string;
  named?: PersonNamed;
  /** What is stored of the password. */
  password?: string;
  /** What the person calls their devices, by public id. */
  labels: Record<string, string>;
}

/** Who records something about a person. */
export type Recorder = Pick<WriteRequest, 'by' | 'verification'>;

/**
 * The names and passwords of people, so that one can be forgotten: in a file outside the data folder, and on a cluster sealed in
 * the log.
 */
export interface People {
  /** Undefined for one without a name, and for one whose name cannot be read here. */
  named(person: string): PersonNamed | undefined;
  name(person: string, named: PersonNamed, by: Recorder): Promise<void>;
  /** Those with a name or a contact, however it is typed. */
  called(text: string): string[];
  /** What is stored of the password of a person; undefined if they set none. */
  passwordOf(person: string): string | undefined;
  setPassword(person: string, stored: string): Promise<void>;
  /** What the person calls a device, by its public id; undefined if nothing is known here. */
  labelOf(credential: string): string | undefined;
  label(credential: string, person: string, label: string): Promise<void>;
  /** Nothing of the person can be read again. */
  forget(person: string): Promise<void>;
  /** Everything that can be read here, of each person. */
  all(): PersonKept[];
  /** True if a name is recorded that cannot be read here. */
  isUnreadable(person: string): boolean;
  /** Why some of it cannot be read here, as a sentence without its end; undefined if all can. */
  whyUnreadable(): string | undefined;
  /** Refuses to write what the other replicas could not read. @throws Refused `people-unreadable` */
  requireWritable(): void;
  close(): Promise<void>;
}

/** Brings what is known of people who are there from one place to another, which keeps what it knows. @returns their ids */
export async function carryOver(
  from: People,
  to: People,
  isThere: (person: string) => boolean,
): Promise<string[]> {
  const carried: string[] = [];
  for (const { person, named, password, labels } of from.all()) {
    if (!isThere(person)) continue;
    if (named && !to.named(person)) await to.name(person, named, { by: 'topout' });
    if (password !== undefined && to.passwordOf(person) === undefined) await to.setPassword(person, password);
    for (const [credential, label] of Object.entries(labels))
      if (to.labelOf(credential) === undefined) await to.label(credential, person, label);
    carried.push(person);
  }
  return carried;
}

/** A name or contact as people type it on different keyboards. */
export function folded(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}
