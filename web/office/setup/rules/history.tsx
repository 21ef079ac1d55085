import { Button, Table, Text } from '@mantine/core';
import type { RulesVersion } from '../../../../src/app/governance/governance.js';
import { instantWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { Section } from '../../parts/section.js';
import { useAuthor } from '../../use/authors.js';
import { ChangeLines } from './change-lines.js';
import { useRulesTexts } from './texts.js';

/** Every version of the rules with its changes; each can be the start of the next one. */
export function History({
  versions,
  onBegin,
}: {
  versions: readonly RulesVersion[];
  onBegin: (rules: RulesVersion['rules']) => void;
}) {
  const say = useRulesTexts();
  const language = useLanguage();
  const author = useAuthor();
  return (
    <Section title={say('history')}>
      <Table.ScrollContainer minWidth={560} type="native" tabIndex={0} aria-label={say('history')}>
        <Table verticalSpacing={4} fz="sm">
          <Table.Thead>
            <Table.Tr>
              {(['version', 'since', 'by', 'basis', 'changes'] as const).map((head) => (
                <Table.Th key={head}>{say(head)}</Table.Th>
              ))}
              <Table.Td />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {versions.map(({ rules, recordedAt, by }, at) => {
              const before = versions[at + 1]?.rules;
              return (
                <Table.Tr key={rules.version}>
                  <Table.Th scope="row">{rules.version}</Table.Th>
                  <Table.Td>{recordedAt ? instantWords(recordedAt, language) : say('default')}</Table.Td>
                  <Table.Td>{by === null ? '–' : author({ by })}</Table.Td>
                  <Table.Td>{rules.basis}</Table.Td>
                  <Table.Td>
                    {before ? <ChangeLines before={before} after={rules} /> : <Text size="xs">–</Text>}
                  </Table.Td>
                  <Table.Td>
                    <Button size="xs" variant="default" onClick={() => onBegin(rules)}>
                      {say('beginWith', { version: rules.version })}
                    </Button>
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Section>
  );
}
