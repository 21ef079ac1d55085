import {
  Button,
  Checkbox,
  Group,
  MultiSelect,
  NativeSelect,
  Paper,
  Select,
  TextInput,
  Title,
} from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useRef, useState } from 'react';
import { ruleKinds, type Severity, severities } from '../../../../domain/governance/rules.js';
import { defaultTimeZone } from '../../../../domain/values/days/calendar.js';
import { ruleWords, severityWords } from '../../../../projections/alerts/happening-words.js';
import { tell } from '../../../shared/ask.js';
import { type Language, useLanguage } from '../../../shared/language.js';
import { todayQuery } from '../../use/today-query.js';
import type { SubscriptionShown } from '../alert-answers.js';
import styles from '../alerts.module.css';
import { type Option, useCalendars, useGroups, useProjects, useRoles } from '../choices.js';
import { SaidNo } from '../said-no.js';
import { useAlertTexts } from '../texts.js';
import { useChosenWords } from './chosen-words.js';
import { SubscriptionPreview } from './subscription-preview.js';
import { blankWishes, bodyOf, choiceOf, type SubscriptionWishes, wishesOf } from './subscription-wishes.js';

/** The answer to a write of a subscription. */
export type SubscriptionSaid = SubscriptionShown & { secret?: string };

interface Props {
  /** The subscription to change; absent for a new one. */
  changed?: SubscriptionShown;
  /** Called with the generated secret, which is shown only once. */
  onDone: (secret?: string) => void;
  onCancel: () => void;
}

/** Adds or changes a subscription: channel, selection and timing. */
export function SubscriptionForm({ changed, onDone, onCancel }: Props) {
  const say = useAlertTexts();
  const spoken = useLanguage();
  const queries = useQueryClient();
  const heading = useId();
  const today = useQuery(todayQuery);
  const [all, setWishes] = useState(() => (changed ? wishesOf(changed) : blankWishes(spoken, '')));
  // Until somebody chooses one, the time zone is that of the installation.
  const timeZone = all.timeZone || today.data?.today.timeZone || defaultTimeZone;
  const wishes = { ...all, timeZone };
  const chosen = useChosenWords(choiceOf(wishes));
  const suggested = [...chosen].slice(0, mostNameCharacters).join('');
  // A retry after a lost answer is the same write; edited content is a new one.
  const id = useRef(crypto.randomUUID());
  const set = (part: Partial<SubscriptionWishes>) => {
    id.current = crypto.randomUUID();
    setWishes((all) => ({ ...all, ...part }));
  };
  const write = useMutation({
    mutationFn: () => {
      const body = bodyOf(wishes, changed !== undefined, suggested);
      return changed
        ? tell<SubscriptionSaid>('PUT', `/subscriptions/${changed.subscription}`, body, { id: id.current })
        : tell<SubscriptionSaid>('POST', '/subscriptions', body, { id: id.current });
    },
    onSuccess: ({ answer }) => {
      void queries.invalidateQueries({ queryKey: ['subscriptions'] });
      // The user already knows a secret they chose.
      onDone(wishes.secret ? undefined : answer.secret);
    },
  });
  const title = changed ? say('changeOf', { name: changed.name }) : say('add');
  return (
    <Paper withBorder p="md" mb="md" component="section" aria-labelledby={heading}>
      <Title order={3} size="h5" mb="sm" id={heading}>
        {title}
      </Title>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          write.mutate();
        }}
      >
        <WhereFields wishes={wishes} set={set} changed={changed} />
        <WhichFields wishes={wishes} set={set} />
        <WhenFields wishes={wishes} set={set} />
        <div className={styles.fields}>
          <TextInput
            label={say('subscriptionName')}
            inputWrapperOrder={fieldOrder}
            description={say('subscriptionNameHint')}
            maxLength={mostNameCharacters}
            placeholder={suggested}
            value={wishes.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
        </div>
        <SubscriptionPreview wishes={wishes} />
        <SaidNo error={write.error} />
        <Group mt="md" gap="xs">
          <Button type="submit" loading={write.isPending}>
            {say(changed ? 'keep' : 'add')}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {say('cancel')}
          </Button>
        </Group>
      </form>
    </Paper>
  );
}

interface FieldsProps {
  wishes: SubscriptionWishes;
  set: (part: Partial<SubscriptionWishes>) => void;
}

function WhereFields({ wishes, set, changed }: FieldsProps & { changed: SubscriptionShown | undefined }) {
  const say = useAlertTexts();
  const isWebhook = wishes.kind === 'webhook';
  const channel = changed?.channel;
  const known = channel?.kind === 'email' ? channel.address : channel?.url;
  return (
    <fieldset className={styles.fields}>
      <legend>{say('where')}</legend>
      <TextInput
        label={say(isWebhook ? 'url' : 'address')}
        inputWrapperOrder={fieldOrder}
        description={[isWebhook && say('urlHint'), known && say('addressKept', { address: known })]
          .filter(Boolean)
          .join(' ')}
        type={isWebhook ? 'text' : 'email'}
        inputMode={isWebhook ? 'url' : 'email'}
        required={!changed}
        data-autofocus
        ref={focusOnce}
        autoComplete={isWebhook ? 'off' : 'email'}
        value={wishes.where}
        onChange={(event) => set({ where: event.currentTarget.value.trim() })}
      />
      {isWebhook && !changed && (
        <TextInput
          label={say('ownSecret')}
          inputWrapperOrder={fieldOrder}
          description={say('ownSecretHint')}
          autoComplete="off"
          value={wishes.secret}
          onChange={(event) => set({ secret: event.currentTarget.value.trim() })}
        />
      )}
      <NativeSelect
        label={say('noticeLanguage')}
        value={wishes.language}
        onChange={(event) => set({ language: event.currentTarget.value as Language })}
        data={(['zh', 'en'] as const).map((value) => ({ value, label: say(value) }))}
      />
      {!changed && (
        <Button
          className={styles.otherChannel}
          variant="subtle"
          size="compact-sm"
          onClick={() => set({ kind: isWebhook ? 'email' : 'webhook', where: '', secret: '' })}
        >
          {say(isWebhook ? 'byEmail' : 'byWebhook')}
        </Button>
      )}
    </fieldset>
  );
}

function WhichFields({ wishes, set }: FieldsProps) {
  const say = useAlertTexts();
  const language = useLanguage();
  const [isOpened, setOpened] = useState(wishes.projects.length > 0);
  const options: Record<'projects' | 'districts' | 'sectors' | 'rules' | 'roles', Option[]> = {
    districts: useGroups('district').map(named),
    sectors: useGroups('sector').map(named),
    projects: useProjects(isOpened),
    rules: ruleKinds.map((value) => ({ value, label: ruleWords[value][language] })),
    roles: useRoles(),
  };
  return (
    <fieldset className={styles.fields}>
      <legend>{say('which')}</legend>
      {(['districts', 'sectors', 'projects', 'rules', 'roles'] as const).map((name) => (
        <MultiSelect
          key={name}
          label={say(name)}
          placeholder={wishes[name].length === 0 ? say('all') : undefined}
          data={withChosen(options[name], wishes[name])}
          value={wishes[name]}
          onChange={(values) => set({ [name]: values })}
          onFocus={() => setOpened(true)}
          searchable
          clearable
          hidePickedOptions
          limit={100}
          nothingFoundMessage={say('nothingFound')}
          clearButtonProps={{ 'aria-label': say('clearOf', { name: say(name) }) }}
        />
      ))}
      <NativeSelect
        label={say('atLeast')}
        value={wishes.atLeast}
        onChange={(event) => set({ atLeast: event.currentTarget.value as Severity | '' })}
        data={[
          { value: '', label: say('all') },
          ...severities.map((value) => ({ value, label: severityWords[value][language] })),
        ]}
      />
    </fieldset>
  );
}

function WhenFields({ wishes, set }: FieldsProps) {
  const say = useAlertTexts();
  const language = useLanguage();
  const calendars = useCalendars();
  const { timing, isInHours } = wishes;
  const time = (name: 'at' | 'from' | 'to') => (
    <TextInput
      type="time"
      label={say(name)}
      required
      value={wishes[name]}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
    />
  );
  return (
    <fieldset className={styles.fields}>
      <legend>{say('timing')}</legend>
      <NativeSelect
        label={say('howOften')}
        value={timing}
        onChange={(event) => set({ timing: event.currentTarget.value as SubscriptionWishes['timing'] })}
        data={(['at-once', 'daily', 'weekly'] as const).map((value) => ({ value, label: say(value) }))}
      />
      {timing === 'weekly' && (
        <NativeSelect
          label={say('weekday')}
          value={wishes.weekday}
          onChange={(event) => set({ weekday: event.currentTarget.value })}
          data={weekdays(language)}
        />
      )}
      {timing !== 'at-once' && time('at')}
      <Select
        label={say('timeZone')}
        data={zones(wishes.timeZone)}
        value={wishes.timeZone}
        onChange={(zone) => zone && set({ timeZone: zone })}
        searchable
        allowDeselect={false}
        limit={100}
        nothingFoundMessage={say('nothingFound')}
      />
      <Checkbox
        label={say('hoursOnly')}
        description={say('hoursHint')}
        checked={isInHours}
        onChange={(event) => set({ isInHours: event.currentTarget.checked })}
        className={styles.wide}
      />
      {isInHours && (
        <>
          {time('from')}
          {time('to')}
          <NativeSelect
            label={say('calendar')}
            value={wishes.calendar}
            onChange={(event) => set({ calendar: event.currentTarget.value })}
            data={withChosen(calendars.map(named), [wishes.calendar])}
          />
        </>
      )}
    </fieldset>
  );
}

/** As many characters as the service takes in the name of a subscription. */
const mostNameCharacters = 100;

/** Hints are below the fields, so that fields in a row are aligned. */
const fieldOrder: ('label' | 'input' | 'description' | 'error')[] = [
  'label',
  'input',
  'description',
  'error',
];

/** The first field has the focus when the form opens. */
function focusOnce(field: HTMLInputElement | null): void {
  field?.focus();
}

const named = (value: string): Option => ({ value, label: value });

/** The options plus the selected values, which may name a project or rule that no longer exists. */
function withChosen(options: readonly Option[], chosen: readonly string[]): Option[] {
  const missing = chosen.filter((value) => !options.some((option) => option.value === value));
  return [...options, ...missing.map(named)];
}

function zones(chosen: string): string[] {
  const all = new Set([defaultTimeZone, ...Intl.supportedValuesOf('timeZone'), chosen]);
  return [...all];
}

/** Weekdays from Monday; 7 January 2018 was a Sunday. */
export function weekdays(language: Language): Option[] {
  const words = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    weekday: 'long',
    timeZone: 'UTC',
  });
  return [1, 2, 3, 4, 5, 6, 0].map((day) => ({
    value: String(day),
    label: words.format(Date.UTC(2018, 0, 7 + day)),
  }));
}
