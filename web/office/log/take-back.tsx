import { Button, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { v7 as newId } from 'uuid';
import { useLocation } from 'wouter';
import type { JournalEntry } from '../../../projections/project/journal.js';
import { TextField } from '../../forms/fields/text-field.js';
import { tell } from '../../shared/ask.js';
import { useLanguage } from '../../shared/language.js';
import { usePlaceOf } from '../../shared/moment.js';
import { Failure } from '../parts/failure.js';
import { useLogTexts } from './texts.js';

/** Takes back the registration of a project, with a reason; its page then says so. */
export function TakeBack({ project, line }: { project: string; line: JournalEntry }) {
  const say = useLogTexts();
  const language = useLanguage();
  const queries = useQueryClient();
  const placeOf = usePlaceOf();
  const [, go] = useLocation();
  const [reason, setReason] = useState('');
  const [failed, setFailed] = useState<unknown>();
  const withdrawal = useRef(newId());
  const send = async () => {
    const path = `/projects/${project}/entries/${line.id}/withdrawal`;
    await tell('POST', path, { reason: reason.trim() }, { id: withdrawal.current });
    await queries.invalidateQueries({ queryKey: ['entries', project], refetchType: 'none' });
    go(placeOf(`/projects/${project}`));
  };
  const takeBack = () => void send().catch(setFailed);
  return (
    <Stack gap="md">
      <Text fw={600}>{line.words[language]}</Text>
      <Text size="sm">{say('takeBackHint')}</Text>
      <TextField label={say('reason')} maxLength={500} value={reason} onChange={setReason} />
      <Button color="red.9" disabled={reason.trim() === ''} onClick={takeBack}>
        {say('takeBack')}
      </Button>
      {failed !== undefined && <Failure error={failed} onAgain={takeBack} />}
    </Stack>
  );
}
