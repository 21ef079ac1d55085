import { Button, Group } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { v7 as newId } from 'uuid';
import { TextField } from '../../forms/fields/text-field.js';
import { tell } from '../../shared/ask.js';
import { Failure } from '../parts/failure.js';
import { useProjectTexts } from './texts.js';

/** Says why a contradiction stays; the register then shows it as explained. */
export function ExplainContradiction({ project, contradiction }: { project: string; contradiction: string }) {
  const say = useProjectTexts();
  const queries = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [failed, setFailed] = useState<unknown>();
  // The same until it is answered, so that a lost answer doubles nothing.
  const id = useRef(newId());
  const send = async () => {
    const body = { contradiction, reason: reason.trim() };
    await tell('POST', `/projects/${project}/contradictions/explanations`, body, { id: id.current });
    id.current = newId();
    setIsOpen(false);
    await queries.invalidateQueries({ queryKey: ['entries', project] });
  };
  const explain = () => {
    setFailed(undefined);
    void send().catch(setFailed);
  };
  if (!isOpen)
    return (
      <Button size="compact-xs" variant="default" className="not-printed" onClick={() => setIsOpen(true)}>
        {say('explain')}
      </Button>
    );
  return (
    <div className="not-printed">
      <TextField label={say('whyItStays')} maxLength={500} value={reason} onChange={setReason} />
      <Group gap="xs" mt="xs">
        <Button size="xs" disabled={reason.trim() === ''} onClick={explain}>
          {say('saveReason')}
        </Button>
        <Button size="xs" variant="default" onClick={() => setIsOpen(false)}>
          {say('leaveOpen')}
        </Button>
      </Group>
      {failed !== undefined && <Failure error={failed} onAgain={explain} />}
    </div>
  );
}
