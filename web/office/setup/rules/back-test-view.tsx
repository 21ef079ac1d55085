import { Alert, Button, Group, Loader, NativeSelect, Table, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { RuleKind, RuleSet } from '../../../../domain/governance/rules.js';
import { addDays } from '../../../../domain/values/days/calendar.js';
import { isSame } from '../../../../domain/values/equal.js';
import { ruleWords } from '../../../../projections/alerts/happening-words.js';
import { queryOf, tell } from '../../../shared/ask.js';
import { dayWords, numberWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { projectsQuery, valuesOf } from '../../use/projects-query.js';
import { saveCsv, saveXlsx } from '../../use/sheet-files.js';
import { Refused } from '../refused.js';
import { Alerts } from './back-test-alerts.js';
import { type BackTestAnswer, backTestSheet } from './back-test-sheet.js';
import styles from './rules.module.css';
import { useRulesTexts } from './texts.js';

const daysBack = 365;

/** Back-tests rules on all history, against those in force. */
export function BackTestView({ draft, today }: { draft: RuleSet; today: string }) {
  const say = useRulesTexts();
  const language = useLanguage();
  const { data: rows = [] } = useQuery(projectsQuery(language));
  const [from, setFrom] = useState(addDays(today, -daysBack));
  const [to, setTo] = useState(today);
  const [district, setDistrict] = useState('');
  const test = useMutation({
    mutationFn: async (rules: RuleSet) => {
      const path = `/rules/test${queryOf({ from, to, district })}`;
      // A back-test does not need an author of the rules yet.
      const body = { ...rules, basis: rules.basis || '-' };
      return (await tell<BackTestAnswer>('POST', path, body)).answer;
    },
  });
  const found = test.data;
  const isOutdated =
    found !== undefined && !isSame({ ...test.variables, basis: '' }, { ...draft, basis: '' });
  return (
    <>
      <Text size="sm" mb="xs">
        {say('backTestHint')}
      </Text>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          test.mutate(draft);
        }}
      >
        <div className={styles.figures}>
          <TextInput
            size="xs"
            type="date"
            label={say('fromDay')}
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
          <TextInput
            size="xs"
            type="date"
            label={say('toDay')}
            value={to}
            onChange={(event) => setTo(event.currentTarget.value)}
          />
          <NativeSelect
            size="xs"
            label={say('district')}
            value={district}
            onChange={(event) => setDistrict(event.currentTarget.value)}
            data={[
              { value: '', label: say('all') },
              ...valuesOf(rows, 'district').map((value) => ({ value, label: value })),
            ]}
          />
          <Button type="submit" size="xs" loading={test.isPending}>
            {say('run')}
          </Button>
        </div>
      </form>
      <Refused error={test.error} fields={[]} />
      {test.isPending && <Loader size="sm" mt="sm" />}
      {isOutdated && (
        <Alert color="var(--waits)" variant="outline" my="xs" role="status">
          {say('outdated')}
        </Alert>
      )}
      {found && <Found found={found} />}
    </>
  );
}

function Found({ found }: { found: BackTestAnswer }) {
  const say = useRulesTexts();
  const language = useLanguage();
  const { candidate, adopted, projects, from, to } = found;
  const name = `topout-rules-${from}-${to}`;
  type Side = BackTestAnswer['candidate'];
  const kinds = [
    ...new Set([...Object.keys(candidate.byRule), ...Object.keys(adopted.byRule)]),
  ] as RuleKind[];
  const rows: [string, (side: Side) => string][] = [
    [say('count'), ({ alerts }) => String(alerts)],
    [say('bySeverity'), ({ bySeverity: { red, yellow, blue } }) => `${red}, ${yellow}, ${blue}`],
    [
      say('foreseen'),
      ({ stallsForeseen, stalls }) => say('foreseenOf', { foreseen: stallsForeseen, stalls }),
    ],
    [
      say('lead'),
      ({ medianLeadDays }) => (medianLeadDays === null ? '–' : numberWords(medianLeadDays, language, 1)),
    ],
    [say('without'), ({ withoutStall }) => String(withoutStall)],
    ...kinds.map((kind): [string, (side: Side) => string] => [
      ruleWords[kind][language],
      ({ byRule }) => String(byRule[kind] ?? 0),
    ]),
  ];
  return (
    <>
      <Text size="sm" my="xs" role="status">
        {say('tested', {
          count: projects,
          from: dayWords(from, language),
          to: dayWords(to, language),
        })}
      </Text>
      <Table.ScrollContainer minWidth={320} type="native" tabIndex={0} aria-label={say('backTest')}>
        <Table verticalSpacing={3} fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Td />
              <Table.Th>{say('candidate')}</Table.Th>
              <Table.Th>{say('adopted', { version: adopted.version ?? '' })}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(([head, cell]) => (
              <Table.Tr key={head}>
                <Table.Th scope="row" fw={400}>
                  {head}
                </Table.Th>
                <Table.Td fw={cell(candidate) === cell(adopted) ? 400 : 700}>{cell(candidate)}</Table.Td>
                <Table.Td>{cell(adopted)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Group gap="xs" my="xs">
        <Button
          size="xs"
          variant="default"
          onClick={() => saveCsv(backTestSheet(found, say, language), name)}
        >
          {say('csv')}
        </Button>
        <Button
          size="xs"
          variant="default"
          onClick={() => void saveXlsx(backTestSheet(found, say, language), name)}
        >
          {say('xlsx')}
        </Button>
      </Group>
      <Alerts found={found} />
    </>
  );
}
