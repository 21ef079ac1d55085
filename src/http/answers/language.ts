import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Names } from '../../../domain/project/events.js';
import { type ByLanguage, textByLanguage } from '../../../domain/values/by-language.js';
import type { Words } from '../../../domain/values/words.js';
import type { Reply, Request } from '../server/fastify-types.js';
import { isObject } from '../validation/rules.js';
import { type Language, preferredLanguage } from './accepted-language.js';

export { type Language, preferredLanguage } from './accepted-language.js';

/**
 * An answer in one language: `name` is in it, beside `names` with all given ones; words are in the language, and so is a
 * reported text, beside `inBoth` if it was given in both.
 *
 * Reported text is unchanged: the `data` of an entry.
 */
export type Localised<View> = View extends readonly (infer Item)[]
  ? Localised<Item>[]
  : View extends ByLanguage
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
          : unknown) &
          (Extract<keyof View, Reported> extends never
            ? unknown
            : { inBoth?: Partial<Record<Extract<keyof View, Reported>, Words>> })
      : View;

/** Texts that people give by language. */
const reported = ['owner', 'district', 'sector', 'phase'] as const;
type Reported = (typeof reported)[number];

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
  if (isByLanguage(value)) return textByLanguage(value, language);
  const answer: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    if (key === 'name' && isObject(member)) {
      answer.name = isByLanguage(member)
        ? textByLanguage(member, language)
        : (value.item ?? value.step ?? value.project ?? '');
      answer.names = member;
    } else {
      answer[key] = key === 'data' ? member : inLanguage(member, language);
    }
  }
  const inBoth = Object.fromEntries(
    reported.filter((name) => isWords(value[name])).map((name) => [name, value[name]]),
  );
  return Object.keys(inBoth).length > 0 ? { ...answer, inBoth } : answer;
}

function isByLanguage(value: unknown): value is ByLanguage {
  if (!isObject(value)) return false;
  const languages = Object.keys(value);
  return (
    languages.length > 0 &&
    languages.every((name) => (name === 'en' || name === 'zh') && typeof value[name] === 'string')
  );
}

function isWords(value: unknown): boolean {
  return isByLanguage(value) && value.en !== undefined && value.zh !== undefined;
}
