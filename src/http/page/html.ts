/** A piece of a page; made by `html` alone, so that every text in it is escaped. */
export class Html {
  constructor(readonly text: string) {}
}

/** What a piece is made of: texts are escaped, nothing stays nothing, and pieces follow each other. */
export type Content = string | number | false | undefined | Html | readonly Content[];

/** A piece of a page from a template. */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Html {
  return new Html(parts.map((part, index) => textOf(contents[index - 1]) + part).join(''));
}

/** Pieces with a text between them. */
export function joined(pieces: readonly Content[], between: string): Content {
  return pieces.map((piece, index) => (index === 0 ? piece : [between, piece]));
}

function textOf(content: Content): string {
  if (content instanceof Html) return content.text;
  if (typeof content === 'object') return content.map(textOf).join('');
  return content === undefined || content === false ? '' : escaped(String(content));
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => escapes[character] ?? character);
}
