import { Loader, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { v7 as newId } from 'uuid';
import { useParams } from 'wouter';
import { lastDay } from '../../../domain/values/days/calendar.js';
import { journal } from '../../../projections/project/journal.js';
import { draftName } from '../../forms/drafts.js';
import { TextField } from '../../forms/fields/text-field.js';
import type { FactSaid } from '../../forms/said/facts.js';
import { factAgain } from '../../forms/said/said-again.js';
import { useFormTexts } from '../../forms/texts.js';
import { WrongForm } from '../../forms/wrong-form.js';
import type { ReceiptAnswer } from '../../shared/answers.js';
import { tell } from '../../shared/ask.js';
import { useLanguage } from '../../shared/language.js';
import { Failure } from '../parts/failure.js';
import { useNews } from '../project/use-news.js';
import { useToday } from '../use/today.js';
import { useReplay } from '../use/use-replay.js';
import { Frame } from './frame.js';
import { knownQuery } from './known-query.js';
import { Logged } from './logged.js';
import { NotLogged } from './not-logged.js';
import { TakeBack } from './take-back.js';
import { useLogTexts } from './texts.js';

/** Corrects a recorded entry: withdraws it, with or without a replacement. */
export default function Wrong() {
  const { t, language } = { ...useFormTexts(), language: useLanguage() };
  const say = useLogTexts();
  const queries = useQueryClient();
  const { project = '', entry = '' } = useParams<{ project: string; entry: string }>();
  const on = useToday();
  const { replay, error, askAgain } = useReplay(project);
  const known = useQuery(knownQuery(project));
  useNews(project);
  const [reason, setReason] = useState(t('wrongReason'));
  const [done, setDone] = useState<{ receipt: ReceiptAnswer; title: 'withdrawn' | 'corrected' }>();
  const [failed, setFailed] = useState<unknown>();
  const withdrawal = useRef(newId());
  const failure = error ?? known.error;
  if (failure && !(replay && known.data)) return <Failure error={failure} onAgain={askAgain} />;
  if (!replay || !known.data || !on) return <Loader />;
  const recorded = replay.entries.find(({ id }) => id === entry);
  const state = replay.stateAt();
  const line = state && journal.view(state.journal, lastDay).entries.find(({ id }) => id === entry);
  const fact = recorded && factAgain(recorded);
  const send = async (id: string, replacement?: FactSaid) => {
    const path = `/projects/${project}/entries/${entry}/withdrawal`;
    const body = { reason: reason.trim(), ...(replacement ? { replacement } : {}) };
    const { answer } = await tell<ReceiptAnswer>('POST', path, body, { id });
    await queries.invalidateQueries({ queryKey: ['entries', project] });
    setDone({ receipt: answer, title: replacement ? 'corrected' : 'withdrawn' });
  };
  const withdraw = () => void send(withdrawal.current).catch(setFailed);
  return (
    <Frame project={project} title={t('wrongTitle')} replay={replay} on={on}>
      {done ? (
        <Logged {...done} replay={replay} on={on} />
      ) : line?.type === 'ProjectRegistered' && !line.withdrawn ? (
        <TakeBack project={project} line={line} />
      ) : !fact || !line || line.withdrawn ? (
        <Text>{say('notHere')}</Text>
      ) : (
        <Stack gap="md">
          <Text fw={600}>{line.words[language]}</Text>
          <TextField label={say('reason')} maxLength={500} value={reason} onChange={setReason} />
          <WrongForm
            draft={draftName(project, `wrong ${entry}`)}
            fact={fact}
            items={known.data}
            on={on}
            isOnSite={false}
            onWithdraw={withdraw}
            onSave={(next, id) => send(id, next)}
            failure={(one) => <NotLogged project={project} failed={one} />}
          />
          {failed !== undefined && (
            <div role="alert">
              <NotLogged project={project} failed={{ error: failed, fact, again: withdraw }} />
            </div>
          )}
        </Stack>
      )}
    </Frame>
  );
}
