import { Button, Group, NativeSelect, Paper, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ruleWords, severityWords } from '../../../projections/alerts/happening-words.js';
import { ruleKinds, severities } from '../../../src/domain/rules.js';
import { tell } from '../../shared/ask.js';
import { type Language, useLanguage } from '../../shared/language.js';
import { SaidNo } from './said-no.js';
import { useAlertTexts } from './texts.js';

const blank = {
  name: '',
  kind: 'webhook' as 'webhook' | 'email',
  where: '',
  secret: '',
  district: '',
  project: '',
  rule: '',
  atLeast: '',
  timing: 'at-once' as 'at-once' | 'daily' | 'weekly',
  at: '08:00',
};

/** Adds a subscription; the secret that was made for it is handed over once. */
export function SubscriptionForm({ onAdded }: { onAdded: (secret: string | undefined) => void }) {
  const say = useAlertTexts();
  const spoken = useLanguage();
  const queries = useQueryClient();
  const [asked, setAsked] = useState(blank);
  const [language, setLanguage] = useState<Language>(spoken);
  const set = (part: Partial<typeof blank>) => setAsked((all) => ({ ...all, ...part }));
  const add = useMutation({
    mutationFn: () => tell<{ secret?: string }>('POST', '/subscriptions', { ...bodyOf(asked), language }),
    onSuccess: ({ answer }) => {
      void queries.invalidateQueries({ queryKey: ['subscriptions'] });
      // A secret of one's own is known already.
      onAdded(asked.secret ? undefined : answer.secret);
      setAsked(blank);
    },
  });
  const isWebhook = asked.kind === 'webhook';
  const field = (name: 'name' | 'where' | 'secret' | 'district' | 'project' | 'at') => ({
    value: asked[name],
    onChange: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value }),
    maw: 320,
  });
  const all = { value: '', label: say('all') };
  return (
    <Paper withBorder p="md" mt="lg" component="section" aria-label={say('add')}>
      <Title order={3} size="h5" mb="sm">
        {say('add')}
      </Title>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate();
        }}
      >
        <Group align="flex-end" gap="sm">
          <TextInput label={say('subscriptionName')} required {...field('name')} />
          <NativeSelect
            label={say('channel')}
            value={asked.kind}
            onChange={(event) => set({ kind: event.currentTarget.value as 'webhook' | 'email' })}
            data={(['webhook', 'email'] as const).map((value) => ({ value, label: say(value) }))}
          />
          <TextInput
            label={say(isWebhook ? 'url' : 'address')}
            description={isWebhook ? say('urlHint') : undefined}
            required
            {...field('where')}
          />
          {isWebhook && (
            <TextInput
              label={say('ownSecret')}
              description={say('ownSecretHint')}
              autoComplete="off"
              {...field('secret')}
            />
          )}
        </Group>
        <Group align="flex-end" gap="sm" mt="sm">
          <TextInput label={say('district')} placeholder={say('all')} {...field('district')} />
          <TextInput label={say('project')} placeholder={say('all')} {...field('project')} />
          <NativeSelect
            label={say('rule')}
            value={asked.rule}
            onChange={(event) => set({ rule: event.currentTarget.value })}
            data={[all, ...ruleKinds.map((value) => ({ value, label: ruleWords[value][spoken] }))]}
          />
          <NativeSelect
            label={say('atLeast')}
            value={asked.atLeast}
            onChange={(event) => set({ atLeast: event.currentTarget.value })}
            data={[all, ...severities.map((value) => ({ value, label: severityWords[value][spoken] }))]}
          />
          <NativeSelect
            label={say('timing')}
            value={asked.timing}
            onChange={(event) => set({ timing: event.currentTarget.value as typeof blank.timing })}
            data={(['at-once', 'daily', 'weekly'] as const).map((value) => ({ value, label: say(value) }))}
          />
          {asked.timing !== 'at-once' && (
            <TextInput type="time" label={say('at')} required {...field('at')} />
          )}
          <NativeSelect
            label={say('noticeLanguage')}
            value={language}
            onChange={(event) => setLanguage(event.currentTarget.value as Language)}
            data={(['zh', 'en'] as const).map((value) => ({ value, label: say(value) }))}
          />
        </Group>
        <SaidNo error={add.error} />
        <Button type="submit" mt="md" loading={add.isPending}>
          {say('add')}
        </Button>
      </form>
    </Paper>
  );
}

function bodyOf({ name, kind, where, secret, district, project, rule, atLeast, timing, at }: typeof blank) {
  return {
    name,
    channel:
      kind === 'webhook' ? { kind, url: where, ...(secret ? { secret } : {}) } : { kind, address: where },
    choice: {
      ...(district ? { districts: [district] } : {}),
      ...(project ? { projects: [project] } : {}),
      ...(rule ? { rules: [rule] } : {}),
      ...(atLeast ? { atLeast } : {}),
    },
    timing:
      timing === 'at-once'
        ? { kind: timing }
        : { kind: timing, at, ...(timing === 'weekly' ? { weekday: 1 } : {}) },
  };
}
