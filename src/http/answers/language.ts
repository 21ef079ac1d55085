import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Names } from '../../../domain/project/events.js';
import type { Words } from '../../../domain/values/words.js';
import type { Reply, Request } from '../server/fastify-types.js';
import { isObject } from '../validation/rules.js';
import { type Language, preferredLanguage } from './accepted-language.js';

export { type Language, preferredLanguage } from './accepted-language.js';

/**
 * An answer in one language: `name` is in it, beside `names` with all given ones; words are in the language.
 *
 * Reported text is unchanged: the `data` of an entry.
 */
export type Localised<View> = View extends readonly (infer Item)[]
  ? Localised<Item>[]
  : View extends Words
    ? string
    : View extends object
      ? {
          [Key in keyof View]: Key extends 'name'
            ? string
            : Key extends 'data'
              ? View[Key]
              : Localised<View[Key]>;
        } & (View extends {
          name: Names;
        }
          ? { names: Names }
          : unknown)
      : View;

/** The language of the answer, also set in its headers. */
export const Spoken = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const http = context.switchToHttp();
  const language = preferredLanguage(http.getRequest<Request>().headers['accept-language']);
  http.getResponse<Reply>().header('content-language', language);
  return language;
});

/** The answer in a language; the view itself is not changed. */
export function localised<View>(view: View, language: Language): Localised<View> {
  return inLanguage(view, language) as Localised<View>;
}

function inLanguage(value: unknown, language: Language): unknown {
  if (Array.isArray(value)) return value.map((element) => inLanguage(element, language));
  if (!isObject(value)) return value;
  if (isWords(value)) return value[language];
  const answer: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    if (key === 'name' && isObject(member)) {
      answer.name = nameIn(member, language) ?? value.item ?? value.step ?? value.project ?? '';
      answer.names = member;
    } else {
      answer[key] = key === 'data' ? member : inLanguage(member, language);
    }
  }
  return answer;
}

function nameIn({ en, zh }: Names, language: Language): string | undefined {
  return language === 'zh' ? (zh ?? en) : (en ?? zh);
}

function isWords(value: Record<string, unknown>): value is Words & Record<string, unknown> {
  return typeof value.en === 'string' && typeof value.zh === 'string' && Object.keys(value).length === 2;
}
