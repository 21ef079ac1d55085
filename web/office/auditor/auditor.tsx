import { Loader, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useParams } from 'wouter';
import { journal } from '../../../projections/journal.js';
import type { ProjectsAnswer } from '../../shared/answers.js';
import { ask } from '../../shared/ask.js';
import { fetchEntries } from '../../shared/entries.js';
import { useLanguage } from '../../shared/language.js';
import { usePlaceOf } from '../../shared/moment.js';
import { goTo } from '../../shared/place.js';
import { Replay } from '../../shared/replay.js';
import { EvidenceOf } from '../evidence/evidence.js';
import { Failure } from '../failure.js';
import { useToday } from '../today.js';
import { Compare } from './compare.js';
import { ReplayTable } from './replay-table.js';
import { useAuditorTexts } from './texts.js';

/** Beyond the last day that an entry may be about. */
const allDays = '9999-12-31';

/** Two moments of a project beside each other, and the project entry by entry. */
export default function Auditor() {
  const say = useAuditorTexts();
  const language = useLanguage();
  const placeOf = usePlaceOf();
  const today = useToday();
  const { project } = useParams<{ project?: string }>();
  const projects = useQuery({
    queryKey: ['projects of the auditor', language],
    queryFn: async ({ signal }) => {
      const all: ProjectsAnswer['items'][number][] = [];
      for (let cursor: string | undefined, isFirst = true; isFirst || cursor; isFirst = false) {
        const page: ProjectsAnswer = await ask('/projects', { limit: 500, cursor }, signal);
        all.push(...page.items);
        cursor = page.next;
      }
      return all;
    },
  });
  const entries = useQuery({
    queryKey: ['entries', project],
    enabled: project !== undefined,
    queryFn: () => fetchEntries(project ?? '', ask),
  });
  const replay = useMemo(() => (entries.data ? new Replay(entries.data) : undefined), [entries.data]);
  const lines = useMemo(() => {
    const state = replay?.stateAt();
    return state ? journal.view(state.journal, allDays).entries : [];
  }, [replay]);
  const error = projects.error ?? entries.error;
  return (
    <Stack gap="md">
      <Title order={2} size="h4">
        {say('title')}
      </Title>
      {error && (
        <Failure
          error={error}
          onAgain={() => {
            void projects.refetch();
            void entries.refetch();
          }}
        />
      )}
      <NativeSelect
        label={say('pick')}
        description={project ? undefined : say('pickHint')}
        maw="30rem"
        value={project ?? ''}
        onChange={(event) => goTo(placeOf(`/auditor/${event.currentTarget.value}`))}
        data={[
          ...(project ? [] : [{ value: '', label: '' }]),
          ...(projects.data ?? []).map(({ project: value, name }) => ({ value, label: name })),
        ]}
      />
      {project && !replay && !error && <Loader />}
      {replay && today && (
        <EvidenceOf lines={lines}>
          <Compare replay={replay} today={today} lines={lines} />
          <ReplayTable replay={replay} today={today} lines={lines} />
        </EvidenceOf>
      )}
      {!project && projects.data?.length === 0 && <Text>{say('noEntries')}</Text>}
    </Stack>
  );
}
