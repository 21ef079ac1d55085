import { Alert, Anchor, Button, Loader, NativeSelect, Table, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import type { LexiconSet } from '../../../../domain/governance/lexicons.js';
import { isSame } from '../../../../domain/values/equal.js';
import type { LexiconTest } from '../../../../projections/lexicon/lexicon-test.js';
import type { Localised } from '../../../../src/http/answers/language.js';
import { queryOf, tell } from '../../../shared/ask.js';
import { dayWords, percentWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { projectsQuery, valuesOf } from '../../use/projects-query.js';
import { Refused } from '../refused.js';
import styles from '../rules/rules.module.css';
import { useLexiconTexts } from './texts.js';

type Tested = Localised<LexiconTest>;

/** Compares the figures of a day by a draft and by the lexicon in force. */
export function LexiconTestView({ draft, today }: { draft: LexiconSet; today: string }) {
  const say = useLexiconTexts();
  const language = useLanguage();
  const { data: rows = [] } = useQuery(projectsQuery(language));
  const [asOf, setAsOf] = useState(today);
  const [district, setDistrict] = useState('');
  const test = useMutation({
    mutationFn: async (lexicon: LexiconSet) => {
      const path = `/lexicon/test${queryOf({ asOf, district })}`;
      // A comparison does not need an author of the lexicon yet.
      return (await tell<Tested>('POST', path, { ...lexicon, basis: lexicon.basis || '-' })).answer;
    },
  });
  const found = test.data;
  const isOutdated = found !== undefined && !isSame(test.variables?.words, draft.words);
  return (
    <>
      <Text size="sm" mb="xs">
        {say('testHint')}
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
            label={say('testDay')}
            max={today}
            value={asOf}
            onChange={(event) => setAsOf(event.currentTarget.value)}
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

function Found({ found: { asOf, projects, adopted, moved } }: { found: Tested }) {
  const say = useLexiconTexts();
  const language = useLanguage();
  const percent = (basisPoints: number) => percentWords(basisPoints, language);
  const figures = (of: Tested['moved'][number]['adopted']) =>
    say('figures', {
      percent: percent(of.percentBasisPoints),
      floor: percent(of.floorBasisPoints),
      ceiling: percent(of.ceilingBasisPoints),
    });
  const lines = moved.flatMap(({ project, name, items, ...whole }) => [
    { key: project, project, name, item: say('whole'), ...whole },
    ...items.map(({ item, name: itemName, ...compared }) => ({
      key: `${project}/${item}`,
      project: undefined,
      name: '',
      item: itemName,
      ...compared,
    })),
  ]);
  return (
    <>
      <Text size="sm" my="xs" role="status">
        {say('tested', { moved: moved.length, count: projects, day: dayWords(asOf, language) })}{' '}
        {moved.length === 0 && say('noneMoves')}
      </Text>
      {lines.length > 0 && (
        <Table.ScrollContainer minWidth={480} type="native" tabIndex={0} aria-label={say('test')}>
          <Table verticalSpacing={3} fz="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{say('project')}</Table.Th>
                <Table.Td />
                <Table.Th>{say('byAdopted', { version: adopted.version })}</Table.Th>
                <Table.Th>{say('byCandidate')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {lines.map((line) => (
                <Table.Tr key={line.key}>
                  <Table.Th scope="row" fw={600}>
                    {line.project && (
                      <Anchor component={Link} size="sm" href={`/projects/${line.project}?asOf=${asOf}`}>
                        {line.name}
                      </Anchor>
                    )}
                  </Table.Th>
                  <Table.Td>{line.item}</Table.Td>
                  <Table.Td>{figures(line.adopted)}</Table.Td>
                  <Table.Td fw={700}>{figures(line.candidate)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </>
  );
}
