import { type Text, textIn, type Words } from './text.js';

/** The closed set of reasons for which the domain refuses a command. */
export type RejectionReason =
  | 'project-unknown'
  | 'project-exists'
  | 'project-taken-back'
  | 'day-not-begun'
  | 'period-reversed'
  | 'count-impossible'
  | 'money-unclear'
  | 'plan-invalid'
  | 'item-renamed'
  | 'stall-unknown'
  | 'stall-id-fixed'
  | 'stall-ends-twice'
  | 'entry-unknown'
  | 'entry-fixed'
  | 'contradiction-unknown'
  | 'contradiction-settled'
  | 'alert-unknown'
  | 'alert-cleared'
  | 'day-passed'
  | 'subscription-unknown'
  | 'subscription-ended'
  | 'person-unknown'
  | 'person-removed'
  | 'grant-unknown'
  | 'credential-unknown'
  | 'identity-taken'
  | 'link-ended'
  | 'duties-conflict'
  | 'keys-too-many'
  | 'limits-foreign'
  | 'expiry-impossible'
  | 'code-invalid'
  | 'administrator-last'
  | 'administrator-exists';

/** What was seen where, and what was expected, in words for the person who typed it. */
export interface Fault {
  /** The faulty member of the command, such as `measure.done`; absent for the command as a whole. */
  member?: string;
  seen: Text;
  expected: Text;
}

/** What was seen where there is nothing. */
export const nothing: Words = { en: 'nothing', zh: '无' };

/** What is expected where some values are possible only. */
export function oneOfThese(values: readonly string[]): Text {
  const [only] = values;
  if (values.length === 1 && only !== undefined) return `"${only}"`;
  return { en: `one of ${values.join(', ')}`, zh: `${values.join('、')} 之一` };
}

/** A fault as a sentence: `measure.percent: 110; expected a number from 0 to 100.` */
export function faultSentence({ member, seen, expected }: Fault, language: keyof Words): string {
  const [was, wanted] = [textIn(seen, language), textIn(expected, language)];
  if (language === 'zh') return `${member ? `${member}：` : ''}${was}；应为：${wanted}。`;
  return `${member ? `${member}: ` : ''}${was}; expected ${wanted}.`;
}

/** An invalid command; nothing is recorded. */
export class CommandRejected extends Error {
  constructor(
    readonly reason: RejectionReason,
    readonly fault: Fault,
  ) {
    super(faultSentence(fault, 'en'));
  }
}
