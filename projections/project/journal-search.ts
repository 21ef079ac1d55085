import type { EntryMetadata } from '../../domain/project/events.js';
import type { Words } from '../../domain/values/words.js';
import { sourceWords } from '../words/source-words.js';

/** The parts of an entry in which a journal is searched. */
type Searched = { words: Words; by: string } & Pick<EntryMetadata, 'place' | 'onBehalfOf' | 'source'>;

/** True for an entry whose words, place, source, quote, remark, author or the one entered for contain a text; capitals do not count. */
export function containsText(
  { words, by, place = '', onBehalfOf = '', source }: Searched,
  text: string,
): boolean {
  const from = sourceWords(source);
  const quote = source.kind === 'report' ? (source.quote ?? '') : '';
  const note = source.kind === 'system' ? '' : (source.note ?? '');
  const wanted = text.toLowerCase();
  return [words.en, words.zh, place, from.en, from.zh, quote, note, by, onBehalfOf].some((part) =>
    part.toLowerCase().includes(wanted),
  );
}
