import { Alert, Button, Fieldset, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Link } from 'wouter';
import { stageWords } from '../../../../domain/project/facts/stage-entered.js';
import { tell } from '../../../shared/ask.js';
import { useLanguage } from '../../../shared/language.js';
import { goTo } from '../../../shared/place.js';
import { useMay } from '../../use/self.js';
import { useToday } from '../../use/today.js';
import { blank } from '../blank.js';
import { Head } from '../head.js';
import { keep, useKept } from '../kept.js';
import { MoneyField } from '../money-field.js';
import { Refused, useFaultAt } from '../refused.js';
import { sayingOf } from '../saying.js';
import { SayingFields, sayingMembers } from '../saying-fields.js';
import styles from '../setup.module.css';
import { DetailsFields, detailsMembers } from './details-fields.js';
import { IdField } from './id-field.js';
import {
  blankRegistration,
  firstStages,
  idMistake,
  idOf,
  newProjectOf,
  type Registration,
} from './registration.js';
import { useRegisterTexts } from './texts.js';

const fields = ['project', 'name', ...detailsMembers, ...sayingMembers];

/** Registers a project and its stage, then continues with its plan. Typed text is stored on the device until then. */
export function RegisterForm() {
  const say = useRegisterTexts();
  const language = useLanguage();
  const queries = useQueryClient();
  const today = useToday();
  // A stage is a fact, which who sets up projects may not log.
  const mayLog = useMay()('entry-log');
  const [form, setForm, forget] = useKept<Registration>('registration', blankRegistration);
  const [isTried, setTried] = useState(false);
  // A retry after a lost answer uses the same id; changed content gets a new one.
  const ids = useRef({ project: crypto.randomUUID(), stage: crypto.randomUUID() });
  const [registered, setRegistered] = useState<string>();
  const project = idOf(form);
  const change = (part: Partial<Registration>) => {
    ids.current = { project: crypto.randomUUID(), stage: crypto.randomUUID() };
    setForm({ ...form, ...part });
  };
  const goOn = () => {
    const { investment, start, finish, sector } = form;
    keep(`plan-seed.${project}`, { investment, start, finish, sector });
    forget();
    void queries.invalidateQueries({ queryKey: ['all projects'] });
    goTo(`/setup/plan/${project}`);
  };
  const register = useMutation({
    mutationFn: async () => {
      if (registered !== project) {
        await tell('POST', '/projects', newProjectOf(form), { id: ids.current.project });
        setRegistered(project);
      }
      if (form.stage === '' || !mayLog) return;
      const body = { type: 'StageEntered', stage: form.stage, asOf: today, ...sayingOf(form.saying) };
      await tell('POST', `/projects/${project}/entries`, body, { id: ids.current.stage });
    },
    onSuccess: goOn,
  });
  const faultAt = useFaultAt(register.error);
  const isNamed = form.en.trim() !== '' || form.zh.trim() !== '';
  const noName = isTried && !isNamed ? say('noName') : undefined;
  const noId = isTried && project === '' ? say('idNone') : undefined;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        const isFit = isNamed && project !== '' && !idMistake(project);
        if (isFit) register.mutate();
        else focusFirst(event.currentTarget);
      }}
    >
      <Head title={say('title')} />
      <Stack gap="md">
        <Fieldset legend={say('who')}>
          <div className={styles.fields}>
            <TextInput
              label={say('nameZh')}
              description={say('nameHint')}
              lang="zh-CN"
              value={form.zh}
              onChange={(event) => change({ zh: event.currentTarget.value })}
              error={faultAt('name.zh') ?? noName}
            />
            <TextInput
              label={say('nameEn')}
              description={blank}
              lang="en"
              value={form.en}
              onChange={(event) => change({ en: event.currentTarget.value })}
              error={faultAt('name.en', 'name')}
            />
            <IdField
              id={project}
              isProposed={form.project === ''}
              onChange={(id) => change({ project: id })}
              error={faultAt('project') ?? noId}
            />
          </div>
        </Fieldset>
        <Fieldset legend={say('where')}>
          <DetailsFields form={form} change={change} faultAt={faultAt} />
        </Fieldset>
        <Fieldset legend={say('stands')}>
          <div className={styles.fields}>
            {mayLog && (
              <NativeSelect
                label={say('stage')}
                description={say('stageHint')}
                value={form.stage}
                onChange={(event) => change({ stage: event.currentTarget.value as Registration['stage'] })}
                data={[
                  { value: '', label: say('noStage') },
                  ...firstStages.map((value) => ({ value, label: stageWords[value][language] })),
                ]}
              />
            )}
          </div>
          <Text size="sm" mt="sm" mb={4}>
            {say('plannedHint')}
          </Text>
          <div className={styles.fields}>
            <MoneyField
              label={say('investment')}
              value={form.investment}
              onChange={(investment) => change({ investment })}
            />
            <TextInput
              type="date"
              label={say('start')}
              value={form.start}
              onChange={(event) => change({ start: event.currentTarget.value })}
            />
            <TextInput
              type="date"
              label={say('finish')}
              value={form.finish}
              onChange={(event) => change({ finish: event.currentTarget.value })}
            />
          </div>
        </Fieldset>
        <Fieldset legend={say('saying')}>
          <SayingFields
            saying={form.saying}
            today={today}
            onChange={(saying) => change({ saying })}
            faultAt={faultAt}
          />
        </Fieldset>
        {register.error && registered === project && (
          <Alert color="var(--waits)" variant="outline">
            <Text size="sm" mb="xs">
              {say('stageLeft')}
            </Text>
            <Button
              size="xs"
              variant="default"
              onClick={goOn}
              component={Link}
              href={`/setup/plan/${project}`}
            >
              {say('goOn')}
            </Button>
          </Alert>
        )}
        <Refused error={register.error} fields={fields} />
        <Group>
          <Button type="submit" loading={register.isPending}>
            {say('register')}
          </Button>
          <Button
            variant="default"
            onClick={() => {
              setTried(false);
              register.reset();
              change(blankRegistration);
            }}
          >
            {say('reset')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Scrolls to and focuses the first faulty field once it is marked. */
function focusFirst(form: HTMLFormElement): void {
  requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
}
