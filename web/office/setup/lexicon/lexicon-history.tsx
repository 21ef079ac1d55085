import { Button, Table, Text } from '@mantine/core';
import type { LexiconVersion } from '../../../../src/app/governance/governance.js';
import { instantWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { Section } from '../../parts/section.js';
import { useAuthor } from '../../use/authors.js';
import { LexiconChanges } from './lexicon-changes.js';
import { useLexiconTexts } from './texts.js';

/** Every version of the lexicon with its changes; each can be the start of the next one. */
export function LexiconHistory({
  versions,
  onBegin,
}: {
  versions: readonly LexiconVersion[];
  onBegin: (lexicon: LexiconVersion['lexicon']) => void;
}) {
  const say = useLexiconTexts();
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
            {versions.map(({ lexicon, recordedAt, by }, at) => {
              const before = versions[at + 1]?.lexicon;
              return (
                <Table.Tr key={lexicon.version}>
                  <Table.Th scope="row">{lexicon.version}</Table.Th>
                  <Table.Td>{recordedAt ? instantWords(recordedAt, language) : say('default')}</Table.Td>
                  <Table.Td>{by === null ? '–' : author({ by })}</Table.Td>
                  <Table.Td>{recordedAt ? lexicon.basis : '–'}</Table.Td>
                  <Table.Td>
                    {before ? (
                      <LexiconChanges before={before} after={lexicon} />
                    ) : (
                      <Text size="sm">{say('wordsShown', { count: lexicon.words.length })}</Text>
                    )}
                  </Table.Td>
                  <Table.Td>
                    <Button size="compact-xs" variant="default" onClick={() => onBegin(lexicon)}>
                      {say('beginWith', { version: lexicon.version })}
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
