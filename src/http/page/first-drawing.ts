import { existsSync, readFileSync } from 'node:fs';
import { createContext, Script } from 'node:vm';
import type { Language } from '../answers/language.js';
import type { FirstAnswers } from './first-answers.js';

/** The parts of the page that draw its first screen as HTML (`web/office/first/draw.tsx`). */
export interface FirstDrawing {
  /** How many projects that need action it lists. */
  needsListed: number;
  /** @param nonce of the answer, for the styles that the parts add */
  draw(answers: FirstAnswers, language: Language, nonce: string): string;
}

/** Stands for what a browser has and this process has not: a page that nobody looks at, with nothing stored. */
function nobodysBrowser() {
  const nothing = () => undefined;
  return {
    console,
    // What would come later is never drawn.
    setTimeout: nothing,
    clearTimeout: nothing,
    queueMicrotask,
    performance,
    AbortController,
    AbortSignal,
    // A real one would keep this process alive.
    MessageChannel: class {
      readonly port1 = {};
      readonly port2 = { postMessage: nothing };
    },
    TextEncoder,
    TransformStream,
    URL,
    URLSearchParams,
    EventTarget,
    document: { documentElement: { dataset: {} } },
    navigator: { languages: [] },
    location: { hash: '' },
    localStorage: { getItem: () => null, setItem: nothing },
    matchMedia: () => ({ matches: false, addEventListener: nothing }),
    addEventListener: nothing,
  };
}

/**
 * The drawing that was built with the page, in a context of its own, so that nothing of the page reaches the service.
 *
 * @returns undefined where it is not built
 */
export function firstDrawingIn(file: string): FirstDrawing | undefined {
  if (!existsSync(file)) return undefined;
  const context = createContext(nobodysBrowser());
  new Script(readFileSync(file, 'utf8'), { filename: file }).runInContext(context);
  return (context as { first?: FirstDrawing }).first;
}
