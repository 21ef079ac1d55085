/** What a person asks of a replay. */
export type Wish = 'next' | 'back' | 'first' | 'last' | 'day' | 'quit';

/** A key as a terminal gives it. */
export interface Key {
  /** Its name, such as `right` or `n`. */
  name?: string | undefined;
  /** What it writes. */
  sequence?: string | undefined;
  ctrl?: boolean | undefined;
}

const wishes: Readonly<Record<string, Wish>> = {
  n: 'next',
  right: 'next',
  down: 'next',
  space: 'next',
  return: 'next',
  b: 'back',
  p: 'back',
  left: 'back',
  up: 'back',
  home: 'first',
  end: 'last',
  g: 'day',
  q: 'quit',
  escape: 'quit',
};

/** What a key asks for; undefined for one without a meaning. */
export function wishOf({ name = '', ctrl = false }: Key): Wish | undefined {
  if (ctrl) return name === 'c' || name === 'd' ? 'quit' : undefined;
  return Object.hasOwn(wishes, name) ? wishes[name] : undefined;
}

/**
 * A line typed key by key, to its end; undefined if it was given up by Escape or Ctrl-C.
 *
 * @param show called with what is typed so far
 */
export async function typedLine(
  keys: AsyncIterator<Key>,
  show: (text: string) => void,
): Promise<string | undefined> {
  let text = '';
  for (;;) {
    show(text);
    const { value, done } = await keys.next();
    if (done || wishOf(value) === 'quit' || value.name === 'escape') return undefined;
    const { name, sequence = '', ctrl } = value as Key;
    if (name === 'return' || name === 'enter') return text;
    if (name === 'backspace') text = text.slice(0, -1);
    else if (!ctrl && /^[\d-]$/.test(sequence)) text += sequence;
  }
}
