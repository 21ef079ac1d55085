import { type Text, textIn, type Words } from '../../domain/values/text.js';

/** A text that is not in its format: its name, what was seen in it, and what was expected. */
export class Malformed extends Error {
  constructor(
    readonly subject: Words,
    readonly seen: Text,
    readonly expected: Text,
  ) {
    super(`${subject.en}: ${textIn(seen, 'en')}; expected ${textIn(expected, 'en')}.`);
  }

  /** The message in both languages. */
  get words(): Words {
    const { subject, seen, expected } = this;
    return {
      en: this.message,
      zh: `${subject.zh}：${textIn(seen, 'zh')}；应为${textIn(expected, 'zh')}。`,
    };
  }
}

/** A part of a text in quotes, at most 80 characters of it. */
export function quoted(text: string): Words {
  const part = text.length > 80 ? `${text.slice(0, 80)}…` : text;
  return { en: JSON.stringify(part), zh: `“${part.replaceAll('\n', '⏎')}”` };
}

/**
 * The bytes of standard base64 with padding (RFC 4648, section 4).
 *
 * @returns undefined for any other text, also for one with unused bits that are not zero
 */
export function base64Bytes(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

/**
 * A whole number in decimal digits without leading zeros.
 *
 * @returns undefined for any other text, and for more than 15 digits
 */
export function decimal(text: string): number | undefined {
  return /^(0|[1-9][0-9]{0,14})$/.test(text) ? Number(text) : undefined;
}
