/** What is known of a person outside the log. */
export interface PersonNamed {
  name: string;
  /** A mail address or a telephone number, as an administrator wrote it. */
  contact?: string;
}

/** The names of people, kept outside the log and the data folder, so that one can be forgotten. */
export interface People {
  named(person: string): PersonNamed | undefined;
  name(person: string, named: PersonNamed): void;
  /** Nothing of the person can be read again. */
  forget(person: string): void;
  close(): Promise<void>;
}
