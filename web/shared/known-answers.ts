import { clear, createStore, get, set } from 'idb-keyval';

const known = createStore('topout-known', 'answers');

/** Caches the last answer of the service for offline use. */
export const remembered = {
  get: <Answer>(name: string): Promise<Answer | undefined> => get<Answer>(name, known),
  set: <Answer>(name: string, answer: Answer): Promise<void> => set(name, answer, known),
};

/** Forgets every answer of the service that this device keeps. */
export async function forgetAnswers(): Promise<void> {
  await clear(known).catch(() => undefined);
}
