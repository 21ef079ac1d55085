/**
 * A text as one safe line: well-formed, without control characters, line breaks or bidirectional marks, truncated to a
 * maximum length with `…`.
 */
export function plain(text: string, mostCharacters: number): string {
  const line = text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\u{feff}]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  if (line.length <= mostCharacters) return line;
  const characters = [...line];
  return characters.length <= mostCharacters ? line : `${characters.slice(0, mostCharacters - 1).join('')}…`;
}

/** A text escaped for HTML, in an element or a quoted attribute. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
