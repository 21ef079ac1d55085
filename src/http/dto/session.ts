import { nothing } from '../../../domain/values/rejections.js';
import type { Text } from '../../../domain/values/words.js';
import { type PageName, pages } from '../access/provider-flow.js';
import { refuse } from '../problems/faults.js';
import { Member, Optional } from '../validation/member.js';
import { oneOf, type Rule, typeFinding } from '../validation/rules.js';

/** A text that is kept as it was typed, and shown to nobody: also not in a problem. */
function secret(most: number): Rule {
  const expected = { en: `a text of 1 to ${most} characters`, zh: `1 至 ${most} 个字的文本` };
  return {
    schema: { type: 'string', minLength: 1, maxLength: most },
    check(value) {
      if (typeof value !== 'string') return typeFinding(undefined, false, expected);
      const isFit = value.length >= 1 && value.length <= most && !/[\p{Cs}\p{Cc}]/u.test(value);
      const seen = {
        en: `a text of ${value.length} characters, not shown here`,
        zh: `${value.length} 个字的文本，此处不显示`,
      };
      return isFit ? undefined : { type: 'text-invalid', seen, expected };
    },
  };
}

/** Who signs in: by a name and a password, by a key, or by a one-time link that sets the password. */
export class SessionSaid {
  @Optional(secret(200), 'The id, the contact or the name of a person.')
  who?: string;

  @Optional(secret(200), 'The password, or the new one of a link; at least 12 characters then.')
  password?: string;

  @Optional(secret(200), 'A key, in place of a name and a password.')
  key?: string;

  @Optional(secret(200), 'The text of a one-time link, by which a password is set.')
  link?: string;
}

/** A new password, by the one before it. */
export class PasswordSaid {
  @Member(secret(200), 'The present password.')
  old!: string;

  @Member(secret(200), 'The new one, of at least 12 characters.')
  password!: string;
}

/** A sign-in at the provider of identities. */
export class ProviderQuery {
  @Optional(
    oneOf(Object.keys(pages) as PageName[]),
    'The page to which the browser returns; "office" when absent.',
  )
  page?: PageName;
}

/** A sign-in by one of the ways. */
export type SignInSaid =
  | { by: 'password'; who: string; password: string }
  | { by: 'key'; key: string }
  | { by: 'link'; link: string; password: string };

const ways: Text = {
  en: 'who and password, or key, or link and password',
  zh: 'who 与 password，或 key，或 link 与 password',
};

/** The one way that a body names. @throws RequestRefused `member-missing` it is none of them, or several */
export function signInOf({ who, password, key, link }: SessionSaid): SignInSaid {
  const named = [who, key, link].filter((one) => one !== undefined).length;
  if (named === 1) {
    if (key !== undefined && password === undefined) return { by: 'key', key };
    if (who !== undefined && password !== undefined) return { by: 'password', who, password };
    if (link !== undefined && password !== undefined) return { by: 'link', link, password };
  }
  return refuse('member-missing', 'body', nothing, ways);
}
