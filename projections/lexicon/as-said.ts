import type { Measure } from '../../domain/project/facts/measure.js';

/** The data of an entry as they were recorded, without the meaning that a lexicon gave a word. */
export function asSaid<Data>(data: Data): Data {
  const { measure } = data as { measure?: Partial<Extract<Measure, { kind: 'word' }>> };
  if (measure?.meaning === undefined) return data;
  const { meaning: _, ...said } = measure;
  return { ...data, measure: said };
}
