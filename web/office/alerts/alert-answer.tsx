import { Button, Group, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Place } from '../../../domain/access/scope.js';
import { tell } from '../../shared/ask.js';
import { caller } from '../../shared/caller.js';
import { personHere } from '../../shared/self.js';
import { useMay } from '../use/self.js';
import { SaidNo } from './said-no.js';
import { useAlertTexts } from './texts.js';

/** What somebody says about an alert. */
export type AnswerWay = 'acknowledge' | 'silence';

/** Acknowledges an alert, or silences it for a time. */
export function AlertAnswer({
  alert,
  place,
  today,
  dueOn,
}: {
  alert: string;
  place: Place;
  today: string;
  /** Until when it is to be answered: the first choice of who takes it on. */
  dueOn?: string | undefined;
}) {
  const say = useAlertTexts();
  const may = useMay();
  const [way, setWay] = useState<AnswerWay>();
  if (way)
    return (
      <AnswerForm
        key={way}
        alert={alert}
        way={way}
        day={dueOn !== undefined && dueOn > today ? dueOn : today}
        onEnd={() => setWay(undefined)}
      />
    );
  return (
    <Group mt="sm" gap="xs">
      {may('alerts-answer', place) && (
        <Button size="xs" onClick={() => setWay('acknowledge')}>
          {say('acknowledge')}
        </Button>
      )}
      {may('alerts-silence', place) && (
        <Button size="xs" variant="default" onClick={() => setWay('silence')}>
          {say('silence')}
        </Button>
      )}
    </Group>
  );
}

/** Asks by whom and by when an alert is answered, or until when and why it is silent. */
export function AnswerForm(props: { alert: string; way: AnswerWay; day: string; onEnd: () => void }) {
  const { alert, way, onEnd } = props;
  const say = useAlertTexts();
  const queries = useQueryClient();
  const [name, setName] = useState(personHere()?.name ?? caller().name ?? '');
  const [day, setDay] = useState(props.day);
  const [words, setWords] = useState('');
  // A retry after a lost answer uses the same id; an edited answer gets a new one.
  const id = useRef(crypto.randomUUID());
  const isTaking = way === 'acknowledge';
  const send = useMutation({
    mutationFn: () =>
      isTaking
        ? tell(
            'POST',
            `/alerts/${alert}/acknowledgement`,
            { name, dueOn: day, ...(words ? { note: words } : {}) },
            { id: id.current },
          )
        : tell('POST', `/alerts/${alert}/silence`, { until: day, reason: words }, { id: id.current }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['alerts'] });
      void queries.invalidateQueries({ queryKey: ['alerts-by-project'] });
      onEnd();
    },
  });
  const change = (set: (value: string) => void) => (value: string) => {
    id.current = crypto.randomUUID();
    set(value);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate();
      }}
    >
      {isTaking && (
        <TextInput
          label={say('name')}
          description={say('nameHint')}
          value={name}
          onChange={(event) => change(setName)(event.currentTarget.value)}
          required
          maw={420}
          mt="sm"
          data-autofocus
        />
      )}
      <TextInput
        type="date"
        label={say(isTaking ? 'day' : 'until')}
        value={day}
        onChange={(event) => change(setDay)(event.currentTarget.value)}
        required
        maw={220}
        mt="sm"
      />
      <Textarea
        label={say(isTaking ? 'note' : 'reason')}
        description={isTaking ? say('noteHint') : undefined}
        value={words}
        onChange={(event) => change(setWords)(event.currentTarget.value)}
        required={!isTaking}
        autosize
        maw={600}
        mt="sm"
      />
      <SaidNo error={send.error} />
      <Group mt="sm" gap="xs">
        <Button type="submit" size="xs" loading={send.isPending}>
          {say('send')}
        </Button>
        <Button size="xs" variant="default" onClick={onEnd}>
          {say('cancel')}
        </Button>
      </Group>
    </form>
  );
}
