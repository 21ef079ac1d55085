import { Anchor, Button, Group, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { v7 as newId } from 'uuid';
import { Link } from 'wouter';
import type { LifeStage } from '../../../../domain/project/stages.js';
import type { Day } from '../../../../domain/values/days/calendar.js';
import type { FactSaid } from '../../../forms/said/facts.js';
import { lastReport, sourceTyped } from '../../../forms/said/provenance.js';
import type { ReceiptAnswer } from '../../../shared/answers.js';
import { tell } from '../../../shared/ask.js';
import { usePlaceOf } from '../../../shared/moment.js';
import { NotLogged } from '../../log/not-logged.js';
import { useProjectTexts } from '../texts.js';

/** Asks for the day of a stage, and logs it as any other entry. */
export function LogStage({
  project,
  stage,
  today,
  onEnd,
}: {
  project: string;
  stage: LifeStage;
  today: Day;
  onEnd: () => void;
}) {
  const say = useProjectTexts();
  const placeOf = usePlaceOf();
  const queries = useQueryClient();
  const [asOf, setAsOf] = useState(today);
  // A retry after a lost answer has the same id; another day is another entry.
  const id = useRef(newId());
  const fact: FactSaid = { type: 'StageEntered', stage, asOf, source: sourceTyped(lastReport('unstated')) };
  const send = useMutation({
    mutationFn: () => tell<ReceiptAnswer>('POST', `/projects/${project}/entries`, fact, { id: id.current }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['entries', project] });
      onEnd();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate();
      }}
    >
      <Stack gap="sm">
        <TextInput
          type="date"
          label={say('stageDay')}
          value={asOf}
          max={today}
          required
          data-autofocus
          onChange={(event) => {
            id.current = newId();
            setAsOf(event.currentTarget.value);
          }}
        />
        {send.error && (
          <div role="alert">
            <NotLogged
              project={project}
              failed={{ error: send.error, fact, id: id.current, again: () => send.mutate() }}
            />
          </div>
        )}
        <Group gap="sm">
          <Button type="submit" size="sm" loading={send.isPending}>
            {say('confirmStage')}
          </Button>
          <Button size="sm" variant="default" onClick={onEnd}>
            {say('cancel')}
          </Button>
          <Anchor component={Link} size="sm" href={placeOf(`/projects/${project}/log?what=StageEntered`)}>
            {say('moreFields')}
          </Anchor>
        </Group>
      </Stack>
    </form>
  );
}
