import { refuse } from '../problems/faults.js';
import { refuseHidden } from './json-members.js';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Parses a JSON object as strictly as what is stored from it is written.
 *
 * Refused beside broken JSON: bytes that are no UTF-8, and what `refuseHidden` refuses.
 *
 * @throws RequestRefused
 */
export function readJson(said: Buffer | string): Record<string, unknown> {
  const text = typeof said === 'string' ? said : decoded(said);
  const value = parsed(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    refuse('type-wrong', 'body', Array.isArray(value) ? 'a list' : text.slice(0, 60), 'a JSON object');
  }
  refuseHidden(text);
  return value as Record<string, unknown>;
}

function decoded(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return refuse('body-invalid', 'body', 'bytes that are no UTF-8', 'JSON in UTF-8');
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (text.trim() === '') refuse('body-invalid', 'body', 'nothing', 'a JSON object');
    const where = (error as Error).message.replaceAll(/\s+/g, ' ').slice(0, 160);
    return refuse('body-invalid', 'body', `broken JSON (${where})`, 'a JSON object');
  }
}
