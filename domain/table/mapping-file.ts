import type { FactTable } from '../project/facts/fact.js';
import { isKnown } from './mapping.js';
import type { Column, Mapping, Meaning } from './meaning.js';

/** The text of a file with what columns mean; `topout table --mapping` and the page take it. */
export function mappingText(columns: readonly Column[]): string {
  return `${JSON.stringify({ columns } satisfies Mapping, null, 2)}\n`;
}

/** The columns of such a file; undefined for another text, or one with a meaning that no fact has. */
export function columnsOfFile(text: string, facts: FactTable): Column[] | undefined {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { columns } = Object(read) as { columns?: unknown };
  if (!Array.isArray(columns)) return undefined;
  const found: Column[] = [];
  for (const one of columns) {
    const { heading, meaning } = Object(one) as { heading?: unknown; meaning?: unknown };
    if (typeof heading !== 'string' || heading === '') return undefined;
    if (meaning !== undefined && !isMeaning(meaning, facts)) return undefined;
    found.push({ heading, ...(meaning === undefined ? {} : { meaning }) });
  }
  return found;
}

function isMeaning(value: unknown, facts: FactTable): value is Meaning {
  const { use, type, gives, with: fixed = {}, words = {}, unit } = Object(value) as Record<string, unknown>;
  if (use === 'project' || use === 'nothing') return true;
  if (use !== 'fact' || typeof type !== 'string' || !Array.isArray(gives)) return false;
  if (![...gives, ...valuesOf(fixed), ...valuesOf(words)].every((text) => typeof text === 'string'))
    return false;
  if (unit !== undefined && typeof unit !== 'string') return false;
  return gives.length > 0 && isKnown({ use, type, gives, with: fixed as Record<string, string> }, facts);
}

function valuesOf(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value) : [undefined];
}
