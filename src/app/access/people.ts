/** What is known of a person outside the log. */
export interface PersonNamed {
  name: string;
  /** A mail address or a telephone number, as an administrator wrote it. */
  contact?: string;
}

/** The names and passwords of people, kept outside the log and the data folder, so that one can be forgotten. */
export interface People {
  named(person: string): PersonNamed | undefined;
  name(person: string, named: PersonNamed): void;
  /** Those with a name or a contact, however it is typed. */
  called(text: string): string[];
  /** What is stored of the password of a person; undefined if they set none. */
  passwordOf(person: string): string | undefined;
  setPassword(person: string, stored: string): void;
  /** What the person calls a device, by its public id; undefined if nothing is known here. */
  labelOf(credential: string): string | undefined;
  label(credential: string, person: string, label: string): void;
  /** Nothing of the person can be read again. */
  forget(person: string): void;
  close(): Promise<void>;
}

/** A name or contact as people type it on different keyboards. */
export function folded(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}
