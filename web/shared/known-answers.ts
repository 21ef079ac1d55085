import { clear, createStore, get, set } from 'idb-keyval';

const known = createStore('topout-known', 'answers');

let isForgotten = false;

/** Caches the last answer of the service for offline use. */
export const remembered = {
  get: <Answer>(name: string): Promise<Answer | undefined> => get<Answer>(name, known),
  set: async <Answer>(name: string, answer: Answer): Promise<void> => {
    if (!isForgotten) await set(name, answer, known);
  },
};

/** Forgets every answer of the service that this device keeps. */
export async function forgetAnswers(): Promise<void> {
  await clear(known).catch(() => undefined);
}

/** Forgets them, keeps none that is still on its way, and loads the page again. */
export async function beginWithoutAnswers(): Promise<void> {
  isForgotten = true;
  await forgetAnswers();
  location.reload();
}
