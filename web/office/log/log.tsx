import { Loader, Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams } from 'wouter';
import { nameWords } from '../../../domain/values/words.js';
import { draftName } from '../../forms/drafts.js';
import { FactForm } from '../../forms/fact-form.js';
import type { FactSaid } from '../../forms/said/facts.js';
import type { ProjectItems } from '../../forms/said/known.js';
import { labelOf, offered } from '../../forms/said/wholes.js';
import type { ReceiptAnswer } from '../../shared/answers.js';
import { tell } from '../../shared/ask.js';
import { useLanguage } from '../../shared/language.js';
import { useParameters } from '../../shared/place.js';
import { Denied } from '../parts/denied.js';
import { Failure } from '../parts/failure.js';
import { type Choosable, SearchedSelect } from '../parts/searched-select.js';
import { useNews } from '../project/use-news.js';
import { useMay } from '../use/self.js';
import { useToday } from '../use/today.js';
import { useReplay } from '../use/use-replay.js';
import { Frame } from './frame.js';
import { knownQuery } from './known-query.js';
import { Logged } from './logged.js';
import { NotLogged } from './not-logged.js';
import { useLogTexts } from './texts.js';

/** Logs a fact about a project, by the same forms as on the site. */
export default function Log() {
  const say = useLogTexts();
  const queries = useQueryClient();
  const { project = '' } = useParams<{ project: string }>();
  const [parameters, change] = useParameters();
  const what = parameters.get('what');
  const on = useToday();
  const may = useMay();
  const { replay, error, askAgain } = useReplay(project);
  const known = useQuery(knownQuery(project));
  useNews(project);
  const [logged, setLogged] = useState<{ what: string | null; receipt: ReceiptAnswer }>();
  // Another address asks for another form.
  const receipt = logged?.what === what ? logged.receipt : undefined;
  const failure = error ?? known.error;
  if (failure && !(replay && known.data))
    return (
      <Failure
        error={failure}
        onAgain={() => {
          askAgain();
          void known.refetch();
        }}
      />
    );
  if (!replay || !known.data || !on) return <Loader />;
  const isAllowed = may('entry-log', { project, district: replay.figuresAt(on)?.details.district });
  const save = async (fact: FactSaid, id: string) => {
    const { answer } = await tell<ReceiptAnswer>('POST', `/projects/${project}/entries`, fact, { id });
    await queries.invalidateQueries({ queryKey: ['entries', project] });
    setLogged({ what, receipt: answer });
  };
  return (
    <Frame project={project} title={say('title')} replay={replay} on={on}>
      <Stack gap="md">
        {receipt && (
          <Logged
            key={receipt.id}
            receipt={receipt}
            title="recorded"
            replay={replay}
            on={on}
            onAnother={() => setLogged(undefined)}
          />
        )}
        {!receipt && !isAllowed && <Denied needs={['entry-log']} />}
        {!receipt && isAllowed && (
          <>
            <WhatChoice known={known.data} what={what} onChange={(next) => change({ what: next })} />
            {what !== null && (
              <FactForm
                key={what}
                draft={draftName(project, what)}
                what={what}
                items={known.data}
                on={on}
                isOnSite={false}
                onSave={save}
                failure={(failed) => <NotLogged project={project} failed={failed} />}
              />
            )}
          </>
        )}
      </Stack>
    </Frame>
  );
}

/** The choice of what is logged: a fact about the whole project, or an item. */
function WhatChoice({
  known: { items },
  what,
  onChange,
}: {
  known: ProjectItems;
  what: string | null;
  onChange: (what: string) => void;
}) {
  const say = useLogTexts();
  const language = useLanguage();
  const nameOf = (id: string) => nameWords(items.find(({ item }) => item === id)?.names, id)[language];
  const choices: Choosable[] = [
    ...offered.map((whole) => ({
      value: whole.what,
      label: `${labelOf(whole, language)} · ${say('whatWhole')}`,
    })),
    ...items.map(({ item, names, parent }) => ({
      value: item,
      label: [nameOf(item), ...(parent === undefined ? [] : [nameOf(parent)])].join(' · '),
      names: Object.values(names),
    })),
  ];
  return (
    <SearchedSelect
      label={say('what')}
      description={say('whatHint')}
      nothingFound={say('nothingFound')}
      choices={choices}
      value={what}
      onChange={onChange}
    />
  );
}
