import { faultSentence, nothing } from '../../../domain/values/rejections.js';
import type { Text } from '../../../domain/values/words.js';
import type { EdgeReason } from './problems.js';

/** One fault of a request: its place, its type, what was seen and what was expected. */
export interface RequestFault {
  /** Path of the member, such as `measure.percent` or `items[3].weight`, or the name of the header. */
  member: string;
  type: EdgeReason;
  seen: Text;
  expected: Text;
}

/** An invalid request; nothing of it is executed. */
export class RequestRefused extends Error {
  /** Whole seconds after which a retry makes sense, where the kind of problem does not say it. */
  readonly retryAfter?: number;
  /** Headers of the answer that say more. */
  readonly headers?: Readonly<Record<string, string>>;

  constructor(readonly faults: readonly [RequestFault, ...RequestFault[]]) {
    super(faultSentence(faults[0], 'en'));
  }
}

/** Refuses a request for one fault. */
export function refuse(type: EdgeReason, member: string, seen: Text, expected: Text): never {
  throw new RequestRefused([{ member, type, seen, expected }]);
}

/** Runs work for one member, whose path then prefixes every fault in it. */
export function inMember<Result>(member: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RequestRefused)) throw error;
    const [first, ...rest] = error.faults;
    const within = (fault: RequestFault) => ({ ...fault, member: `${member}.${fault.member}` });
    throw new RequestRefused([within(first), ...rest.map(within)]);
  }
}

/** A value in a few words, for its sender. */
export function seenAs(value: unknown): Text {
  switch (typeof value) {
    case 'undefined':
      return nothing;
    case 'string':
      return value.length <= 60
        ? quoted(value)
        : { en: `a text of ${value.length} characters`, zh: `${value.length} 个字的文本` };
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value)
        ? { en: `a list of ${value.length}`, zh: `${value.length} 项的列表` }
        : { en: 'an object', zh: '一个对象' };
    default:
      return String(value);
  }
}

/** A quoted text, with invisible and direction-changing characters by their number. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\p{Cf}\p{Zl}\p{Zp}\x7f-\x9f]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}
