import type { Moment } from '../../app/queries/asked.js';
import type { MomentOptions } from '../input/options.js';
import type { Language } from '../terminal.js';

/** The moment that a table stands for: `As of 2018-06-30, known at position 78.`; says so when the day was not asked for. */
export function momentLine(
  { asOf, knownAt }: Moment,
  asked: Pick<MomentOptions, 'asOf'>,
  language: Language,
): string {
  const isBusinessDay = asked.asOf === undefined || asked.asOf === 'today';
  if (language === 'zh')
    return `截至 ${asOf}${isBusinessDay ? '（业务日）' : ''}，已知至位置 ${knownAt.position}。`;
  return `As of ${asOf}${isBusinessDay ? ' (the business day)' : ''}, known at position ${knownAt.position}.`;
}
