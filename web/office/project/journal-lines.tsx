import { Anchor, Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import type { ByLanguage } from '../../../domain/values/by-language.js';
import { labelled } from '../../../domain/values/punctuation.js';
import type { GrownTotal } from '../../../projections/completion/grown.js';
import type { JournalEntry } from '../../../projections/project/journal.js';
import { containsText } from '../../../projections/project/journal-search.js';
import { isFact } from '../../forms/said/said-again.js';
import { useFormTexts } from '../../forms/texts.js';
import { useLanguage } from '../../shared/language.js';
import { usePlaceOf } from '../../shared/moment.js';
import { OneLine } from '../evidence/one-line.js';
import { Section } from '../parts/section.js';
import { TakeAlong } from '../take-along/take-along.js';
import { useAuthor } from '../use/authors.js';
import { useMay, useSelf } from '../use/self.js';
import { useIsPrinting } from '../use/use-is-printing.js';
import { type EntryKind, entryKind, entryKindIn, entryKinds } from './entry-kinds.js';
import { journalSheet } from './sheets.js';
import { useProjectTexts } from './texts.js';

/** Lines shown initially. */
const shownFirst = 20;

/** Lines when printed; a longer journal is exported as a file. */
const printedMost = 500;

/** Every entry in plain words, latest first, corrections beside what they correct. */
export function JournalLines({
  project,
  district,
  lines,
  name,
  grown = [],
  isReadOnly = false,
}: {
  project: string;
  /** Of the project. */
  district: ByLanguage | undefined;
  lines: readonly JournalEntry[];
  /** Of the exported file. */
  name: string;
  /** The totals that grew, shown with the entry by which they did. */
  grown?: readonly GrownTotal[];
  /** Of a project that was taken back nothing can be corrected. */
  isReadOnly?: boolean;
}) {
  const say = useProjectTexts();
  const language = useLanguage();
  const author = useAuthor();
  const may = useMay();
  const self = useSelf();
  // Entries of others are withdrawn by those who have a right of its own for that.
  const mayMend = ({ by }: JournalEntry) =>
    may('entry-withdraw-others', { project, district }) ||
    (may('entry-log', { project, district }) && (self?.mode === 'open' || self?.person === by));
  const [count, setCount] = useState(shownFirst);
  const isPrinting = useIsPrinting();
  const [wanted, setWanted] = useState('');
  const [kind, setKind] = useState<EntryKind>();
  const byId = new Map(lines.map((line) => [line.id, line]));
  const text = wanted.trim();
  const isBy = (line: JournalEntry) => author(line).toLowerCase().includes(text.toLowerCase());
  const isFiltered = text !== '' || kind !== undefined;
  const found = isFiltered
    ? lines.filter(
        (line) =>
          (kind === undefined || entryKind(line) === kind) &&
          (text === '' || containsText(line, text) || isBy(line)),
      )
    : lines;
  return (
    <Section
      title={say('journal')}
      aside={
        <Group gap={4} wrap="nowrap">
          {may('log-read', { project, district }) && (
            <Button
              component="a"
              href={`/projects/${project}/bundle`}
              download
              size="compact-xs"
              variant="default"
              className="not-printed"
              aria-label={say('bundleOf')}
            >
              {say('bundle')}
            </Button>
          )}
          {may('log-read', { project, district }) && (
            <Anchor href="/verify.html" target="_blank" size="xs" className="not-printed">
              {say('checkBundle')}
            </Anchor>
          )}
          <TakeAlong
            what={say('journal')}
            name={name}
            table={() => journalSheet(found, say, author, language)}
          />
        </Group>
      }
    >
      <Stack gap="xs">
        <Group gap="sm" align="flex-end" className="not-printed">
          <TextInput
            type="search"
            size="xs"
            flex="1 1 14rem"
            label={say('searchJournal')}
            description={say('searchJournalHint')}
            value={wanted}
            onChange={(event) => setWanted(event.currentTarget.value)}
          />
          <NativeSelect
            size="xs"
            label={say('entryKind')}
            value={kind ?? ''}
            onChange={(event) => setKind(entryKindIn(event.currentTarget.value))}
            data={[
              { value: '', label: say('allKinds') },
              ...entryKinds
                .filter((one) => lines.some((line) => entryKind(line) === one))
                .map((one) => ({ value: one, label: say(`kind.${one}`) })),
            ]}
          />
        </Group>
        {isFiltered && (
          <Text size="xs" role="status">
            {say('foundEntries', { count: found.length })}
          </Text>
        )}
        {found
          .toReversed()
          .slice(0, isPrinting ? printedMost : count)
          .map((line) => (
            <OneLine
              key={line.id}
              line={line}
              beside={byId.get(line.corrects ?? '') ?? byId.get(line.correctedBy ?? '')}
              grown={grown.filter(({ entries }) => entries.at(-1) === line.id)}
              action={
                !isReadOnly &&
                (isFact(line.type) || line.type === 'ProjectRegistered') &&
                !line.withdrawn &&
                mayMend(line) && <WrongLink project={project} line={line} />
              }
            />
          ))}
        {found.length > count && (
          <Button variant="default" className="not-printed" onClick={() => setCount(count * 5)}>
            {say('furtherEntries', { count: found.length - count })} …
          </Button>
        )}
      </Stack>
    </Section>
  );
}

/** To the form that mends an entry. It alone follows the slider: the lines around it are rendered with low priority. */
function WrongLink({ project, line }: { project: string; line: JournalEntry }) {
  const { t } = useFormTexts();
  const placeOf = usePlaceOf();
  const language = useLanguage();
  return (
    <Anchor
      component={Link}
      size="xs"
      className="not-printed"
      href={placeOf(`/projects/${project}/log/${line.id}`)}
      aria-label={labelled(t('wrong'), line.words[language], language)}
    >
      {t('wrong')}
    </Anchor>
  );
}
