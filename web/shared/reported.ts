import { type ByLanguage, textOfAnswer } from '../../domain/values/by-language.js';
import { omitUndefined } from '../../domain/values/omit-undefined.js';
import type { Row } from './answers.js';

type Reported = 'owner' | 'district' | 'sector' | 'phase';

/** An answer with what it says of a project as it was given: in one language, or in both. */
export function asReported<Answer extends Pick<Row, Reported | 'inBoth'>>(
  answer: Answer,
): Omit<Answer, Reported | 'inBoth'> & Partial<Record<Reported, ByLanguage>> {
  const { owner, district, sector, phase, inBoth, ...others } = answer;
  const reported = omitUndefined({
    owner: textOfAnswer(answer, 'owner'),
    district: textOfAnswer(answer, 'district'),
    sector: textOfAnswer(answer, 'sector'),
    phase: textOfAnswer(answer, 'phase'),
  });
  return { ...others, ...reported };
}
