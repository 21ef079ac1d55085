import { isChinese, type Words } from './words.js';

/** A text as it was given: in one language, or in both. */
export type ByLanguage = Words | { en: string; zh?: never } | { zh: string; en?: never };

/** A plain text by its language: with a Chinese character it is Chinese. */
export function plainByLanguage(text: string): ByLanguage {
  return isChinese(text) ? { zh: text } : { en: text };
}

/** What a request or an older event says: a plain text, or its languages. */
export function byLanguage(said: string | { en?: string; zh?: string }): ByLanguage {
  if (typeof said === 'string') return plainByLanguage(said);
  const { en, zh } = said;
  if (en === undefined) return { zh: zh ?? '' };
  return zh === undefined ? { en } : { en, zh };
}

/**
 * A text as it is typed in one field: `新城区 | Xincheng` is in both languages, in either order; any other text is plain.
 */
export function typedByLanguage(text: string): ByLanguage {
  const [one = '', other = '', ...more] = text.split('|').map((part) => part.trim());
  if (one === '' || other === '' || more.length > 0 || isChinese(one) === isChinese(other))
    return plainByLanguage(text.trim());
  return isChinese(one) ? { en: other, zh: one } : { en: one, zh: other };
}

/** A text typed in one field as a request takes it: by language where it is in both, else plain. */
export function typedForRequest(text: string): string | ByLanguage {
  const typed = typedByLanguage(text);
  return typed.en !== undefined && typed.zh !== undefined ? typed : text;
}

/** The text as it would be typed in one field. */
export function typedText({ en, zh }: ByLanguage): string {
  return [zh, en].filter((text) => text !== undefined).join(' | ');
}

/** The text in a language; in the other one where it was not given. */
export function textByLanguage(text: ByLanguage, language: keyof Words): string {
  return (language === 'zh' ? (text.zh ?? text.en) : (text.en ?? text.zh)) ?? '';
}

/** The text in both languages; one that was not given is that of the other. */
export function wordsByLanguage(text: ByLanguage): Words {
  return { en: textByLanguage(text, 'en'), zh: textByLanguage(text, 'zh') };
}

/** The text of a member of an answer, which has it in one language, and beside it in both if it was given so. */
export function textOfAnswer<Name extends string>(
  answer: { readonly [Member in Name]?: string } & { inBoth?: { readonly [Member in Name]?: Words } },
  name: Name,
): ByLanguage | undefined {
  const text = answer[name];
  return answer.inBoth?.[name] ?? (text === undefined ? undefined : plainByLanguage(text));
}

/** True if it is so called in one of the languages. */
export function isCalled(text: ByLanguage | undefined, said: string): boolean {
  return text !== undefined && (text.en === said || text.zh === said);
}

/** True for two texts that are the same in both languages. */
export function isSameText(
  one: ByLanguage | null | undefined,
  other: ByLanguage | null | undefined,
): boolean {
  return one === other || (one?.en === other?.en && one?.zh === other?.zh);
}

/** One identity for all texts that are the same in a language, directly or by a text that was given in both. */
export class CalledTheSame {
  private readonly parents = new Map<string, string>();
  private readonly called = new Map<string, { en?: string; zh?: string }>();

  constructor(texts: Iterable<ByLanguage>) {
    const all = [...texts];
    for (const { en, zh } of all) if (en !== undefined && zh !== undefined) this.join(zh, en);
    for (const text of all) {
      const root = this.rootOf(text.zh ?? text.en ?? '');
      const known = this.called.get(root) ?? {};
      this.called.set(root, known);
      if (text.en !== undefined && !(known.en !== undefined && known.en <= text.en)) known.en = text.en;
      if (text.zh !== undefined && !(known.zh !== undefined && known.zh <= text.zh)) known.zh = text.zh;
    }
  }

  /** The identity of one of the texts: the same object for all that are called the same. */
  of({ en, zh }: ByLanguage): ByLanguage {
    const own = zh ?? en ?? '';
    return (this.called.get(this.rootOf(own)) ?? plainByLanguage(own)) as ByLanguage;
  }

  /** True if a text is called so, or called the same as one that is. */
  isCalled(text: ByLanguage | null | undefined, said: string): boolean {
    if (!text) return false;
    const root = this.rootOf(said);
    return isCalled(text, said) || this.rootOf(text.zh ?? text.en ?? '') === root;
  }

  private join(one: string, other: string): void {
    const [first, second] = [this.rootOf(one), this.rootOf(other)];
    if (first !== second) this.parents.set(first < second ? second : first, first < second ? first : second);
  }

  private rootOf(text: string): string {
    let root = text;
    for (let parent = this.parents.get(root); parent !== undefined; parent = this.parents.get(root))
      root = parent;
    return root;
  }
}
