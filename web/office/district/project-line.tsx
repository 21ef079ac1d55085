import { Table, Text } from '@mantine/core';
import { causeWords } from '../../../projections/words.js';
import type { Row } from '../../shared/answers.js';
import { dayWords, moneyShort, percentWords } from '../../shared/figures.js';
import { useLanguage } from '../../shared/language.js';
import { stageTerms } from '../../shared/terms.js';
import { Light } from '../light.js';
import { RangeBar } from '../range-bar.js';
import { useDistrictTexts } from './texts.js';

/** One project as a row of the district. */
export function ProjectLine({ row }: { row: Row }) {
  const say = useDistrictTexts();
  const language = useLanguage();
  const { floorBasisPoints: floor, percentBasisPoints, ceilingBasisPoints: ceiling } = row.completion;
  const percent = percentWords(percentBasisPoints, language);
  const range = say('completionRange', {
    percent,
    floor: percentWords(floor, language),
    ceiling: percentWords(ceiling, language),
  });
  const stages = [row.stage, row.isSuspended ? ('suspended' as const) : null].filter(
    (stage) => stage !== null,
  );
  const share = row.investment?.shareOfPlanBasisPoints ?? null;
  return (
    <Table.Tr>
      <Table.Th scope="row">{row.name}</Table.Th>
      <Table.Td>{stages.map((stage) => stageTerms[stage][language]).join(', ')}</Table.Td>
      <Table.Td>
        {row.hasPlan ? (
          <>
            {percent}
            <RangeBar range={row.completion} label={range} />
          </>
        ) : (
          <Text c="dimmed">{say('noPlan')}</Text>
        )}
      </Table.Td>
      <Table.Td>
        {row.investment
          ? moneyShort(row.investment.sinceStartMinor, row.investment.currency, language)
          : say('noMoney')}
        {share !== null && <Text size="xs">{say('share', { share: percentWords(share, language) })}</Text>}
      </Table.Td>
      <Table.Td>
        <Light light={row.light} none={say('noLight')} language={language} />
      </Table.Td>
      <Table.Td>
        {row.stalls.length === 0
          ? say('moves')
          : row.stalls
              .map(({ from, cause }) =>
                say('stalledBy', { day: dayWords(from, language), cause: causeWords[cause][language] }),
              )
              .join('; ')}
      </Table.Td>
      <Table.Td>{row.lastReportOn ? dayWords(row.lastReportOn, language) : say('noReport')}</Table.Td>
    </Table.Tr>
  );
}
