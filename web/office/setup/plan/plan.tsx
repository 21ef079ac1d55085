import { Anchor, Loader, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { Link, useParams } from 'wouter';
import { typedText } from '../../../../domain/values/by-language.js';
import { nameWords } from '../../../../domain/values/words.js';
import { planInForce } from '../../../../projections/completion/completion.js';
import { ask } from '../../../shared/ask.js';
import { fetchEntries } from '../../../shared/entries.js';
import { knownDayWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { Replay } from '../../../shared/replay/replay.js';
import { Failure } from '../../parts/failure.js';
import { useToday } from '../../use/today.js';
import { Head } from '../head.js';
import { lexiconQuery, rulesQuery } from '../rules-query.js';
import { basisWords } from './basis-words.js';
import { planIn } from './draft/plan-draft.js';
import { Editor } from './editor.js';
import { usePlanTexts } from './texts.js';

/** Creates or changes the plan of a project. */
export default function PlanScreen() {
  const say = usePlanTexts();
  const language = useLanguage();
  const { project = '' } = useParams<{ project: string }>();
  const today = useToday();
  // What was just recorded here is among the entries that are read next.
  const recorded = useRef<number>(undefined);
  const { data, error, refetch } = useQuery({
    queryKey: ['entries', project],
    queryFn: () => fetchEntries(project, ask, recorded.current),
  });
  const rules = useQuery(rulesQuery).data?.rules;
  const lexicon = useQuery(lexiconQuery).data?.lexicon;
  const replay = useMemo(() => (data ? new Replay(data) : undefined), [data]);
  const state = replay?.stateAt();
  const shown = today ? replay?.at(today) : undefined;
  const adopted = useMemo(
    () => (state && today && data ? planIn(data, planInForce(state.completion.facts, today)?.id) : undefined),
    [state, today, data],
  );
  const known = useMemo(
    () => (data && today ? { project, entries: data, rules, lexicon, today } : undefined),
    [project, data, rules, lexicon, today],
  );
  if (error) return <Failure error={error} onAgain={() => void refetch()} />;
  if (!known) return <Loader />;
  const name = nameWords(shown?.details.name, project)[language];
  return (
    <>
      <Head title={say('title', { name })} />
      <Text size="sm" mb="sm">
        {adopted
          ? say('inForce', {
              version: adopted.data.version,
              day: knownDayWords(adopted.entry.asOf, adopted.entry, language),
              basis: basisWords(adopted.data.basis, say, language),
            })
          : say('noneYet')}{' '}
        <Anchor component={Link} href={`/projects/${project}`}>
          {say('toProject')}
        </Anchor>
      </Text>
      <Editor
        key={project}
        known={known}
        adopted={adopted}
        sector={shown?.details.sector && typedText(shown.details.sector)}
        onStale={(position) => {
          recorded.current = position ?? recorded.current;
          return refetch();
        }}
      />
    </>
  );
}
