import { Button, Fieldset, Loader, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { nameWords } from '../../../../domain/values/words.js';
import type { ProjectInWords } from '../../../shared/answers.js';
import { ask, tell } from '../../../shared/ask.js';
import { useLanguage } from '../../../shared/language.js';
import { Problem } from '../../../shared/problem.js';
import { asReported } from '../../../shared/reported.js';
import { Failure } from '../../parts/failure.js';
import { useToday } from '../../use/today.js';
import { Head } from '../head.js';
import { Refused, useFaultAt } from '../refused.js';
import { sayingOf } from '../saying.js';
import { SayingFields, sayingMembers } from '../saying-fields.js';
import styles from '../setup.module.css';
import { DetailsFields, detailsMembers } from './details-fields.js';
import { changedDetails, formOf, type Registration } from './registration.js';
import { useRegisterTexts } from './texts.js';

const fields = ['name', ...detailsMembers, ...sayingMembers];

/** Changes the details of a project. */
export function Describe({ project }: { project: string }) {
  const say = useRegisterTexts();
  const language = useLanguage();
  const { data, error, refetch } = useQuery({
    queryKey: ['details', project],
    queryFn: ({ signal }) => ask<ProjectInWords>(`/projects/${project}`, {}, signal),
  });
  if (error) return <Failure error={error} onAgain={() => void refetch()} />;
  if (!data) return <Loader />;
  return (
    <>
      <Head title={say('describeTitle', { name: nameWords(data.details.names, project)[language] })} />
      <DescribeForm project={project} answer={data} onStale={() => void refetch()} />
    </>
  );
}

function DescribeForm({
  project,
  answer,
  onStale,
}: {
  project: string;
  answer: ProjectInWords;
  onStale: () => void;
}) {
  const say = useRegisterTexts();
  const queries = useQueryClient();
  const today = useToday();
  const { names, ...others } = asReported(answer.details);
  const before = { ...others, name: names };
  const [form, setForm] = useState(() => formOf(before));
  const changes = changedDetails(form, before);
  const hasChanges = Object.keys(changes).length > 0;
  const describe = useMutation({
    mutationFn: () =>
      tell(
        'PATCH',
        `/projects/${project}`,
        { ...changes, ...sayingOf(form.saying) },
        { revision: `"${answer.revision}"` },
      ),
    // Somebody else was faster: reload their change, keep the typed text.
    onError: (problem) => {
      if (problem instanceof Problem && problem.kind === 'revision-stale') onStale();
    },
    onSuccess: () => {
      for (const key of [['details', project], ['entries', project], ['all projects']])
        void queries.invalidateQueries({ queryKey: key });
    },
  });
  const faultAt = useFaultAt(describe.error);
  const change = (part: Partial<Registration>) => setForm({ ...form, ...part });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (hasChanges) describe.mutate();
      }}
    >
      <Stack gap="md">
        <Fieldset legend={say('who')}>
          <div className={styles.fields}>
            <TextInput
              label={say('nameZh')}
              lang="zh-CN"
              value={form.zh}
              onChange={(event) => change({ zh: event.currentTarget.value })}
              error={faultAt('name.zh')}
            />
            <TextInput
              label={say('nameEn')}
              lang="en"
              value={form.en}
              onChange={(event) => change({ en: event.currentTarget.value })}
              error={faultAt('name.en', 'name')}
            />
          </div>
        </Fieldset>
        <Fieldset legend={say('where')}>
          <DetailsFields form={form} change={change} faultAt={faultAt} />
        </Fieldset>
        <Fieldset legend={say('saying')}>
          <SayingFields
            saying={form.saying}
            today={today}
            onChange={(saying) => change({ saying })}
            faultAt={faultAt}
          />
        </Fieldset>
        <Refused error={describe.error} fields={fields} />
        {!hasChanges && (
          <Text size="sm" role="status">
            {say('nothingChanged')}
          </Text>
        )}
        <div>
          <Button type="submit" loading={describe.isPending} disabled={!hasChanges}>
            {say('describe')}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
