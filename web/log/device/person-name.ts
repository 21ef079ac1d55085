import type { Owner } from '../outbox/entry.js';

/** What a person is called; the end of their id where no name is known. */
export function personName(
  { person, name }: Owner,
  t: (name: 'person', values: { id: string }) => string,
): string {
  return name ?? t('person', { id: person.slice(-8) });
}
