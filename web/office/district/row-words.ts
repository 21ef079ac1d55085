import { stageWords } from '../../../domain/project/facts/stage-entered.js';
import { nameWords } from '../../../domain/values/words.js';
import type { ProjectRow } from '../../../projections/project/project.js';
import { moneyShort, percentWords } from '../../shared/figures.js';
import type { Language } from '../../shared/language.js';
import type { useDistrictTexts } from './texts.js';

/** Translates the texts of the district. */
export type SayDistrict = ReturnType<typeof useDistrictTexts>;

/** The text of each column of a row, but those with days. */
export interface RowWords {
  name: string;
  stage: string;
  percent: string;
  range: string;
  money: string;
  share: string;
}

/** A row in words. */
export function rowWords(row: ProjectRow, say: SayDistrict, language: Language): RowWords {
  const { investment, completion } = row;
  const [floor, percent, ceiling] = (
    ['floorBasisPoints', 'percentBasisPoints', 'ceilingBasisPoints'] as const
  ).map((figure) => percentWords(completion[figure], language)) as [string, string, string];
  const share = investment?.shareOfPlanBasisPoints ?? null;
  return {
    name: nameWords(row.name, row.project)[language],
    stage: lifeWords(row, language) || '–',
    percent: row.hasPlan ? percent : say('noPlan'),
    range: say('completionRange', { percent, floor, ceiling }),
    money: investment
      ? moneyShort(investment.sinceStartMinor, investment.currency, language)
      : say('noMoney'),
    share: share === null ? '' : say('shareOf', { share: percentWords(share, language) }),
  };
}

function lifeWords({ stage, isSuspended }: ProjectRow, language: Language): string {
  const stages = [stage, isSuspended ? ('suspended' as const) : null].filter((one) => one !== null);
  return stages.map((one) => stageWords[one][language]).join(language === 'zh' ? '，' : ', ');
}
