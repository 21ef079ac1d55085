import { type NaiveProgress, naiveProgress } from './naive/naive.js';
import type { ProgressFact } from './naive/progress-fact.js';

/** A way to compute the progress of a project on a day from the facts that were known. */
type Model = (facts: readonly ProgressFact[], asOf: string) => NaiveProgress;

export const models: Readonly<Record<string, Model>> = { 'by definition': naiveProgress };
