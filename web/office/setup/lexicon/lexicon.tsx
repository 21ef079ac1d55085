import { Loader, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { LexiconVersion } from '../../../../src/app/governance/governance.js';
import { ask } from '../../../shared/ask.js';
import { instantWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { Failure } from '../../parts/failure.js';
import { useAuthor } from '../../use/authors.js';
import { useToday } from '../../use/today.js';
import { Head } from '../head.js';
import { lexiconQuery } from '../rules-query.js';
import { LexiconEditor } from './lexicon-editor.js';
import { useLexiconTexts } from './texts.js';

/** The words of progress: those in force, earlier versions, and a draft with the figures that it moves. */
export default function LexiconScreen() {
  const say = useLexiconTexts();
  const language = useLanguage();
  const author = useAuthor();
  const queries = useQueryClient();
  const today = useToday();
  const inForce = useQuery(lexiconQuery);
  const versions = useQuery({
    queryKey: ['lexicon', 'versions'],
    queryFn: ({ signal }) => ask<{ items: LexiconVersion[] }>('/lexicon/versions', {}, signal),
  });
  const again = () => queries.invalidateQueries({ queryKey: ['lexicon'] });
  const error = inForce.error ?? versions.error;
  if (error) return <Failure error={error} onAgain={() => void again()} />;
  if (!inForce.data || !versions.data || !today) return <Loader />;
  const { lexicon, recordedAt, by } = inForce.data;
  return (
    <>
      <Head title={say('title')} />
      <Text size="sm" mb="sm">
        {recordedAt
          ? say('inForce', {
              version: lexicon.version,
              at: instantWords(recordedAt, language),
              by: by === null ? '–' : author({ by }),
              basis: lexicon.basis,
            })
          : say('inForceDefault', { version: lexicon.version })}
      </Text>
      <LexiconEditor
        inForce={inForce.data}
        versions={versions.data.items.length > 0 ? versions.data.items : [inForce.data]}
        today={today}
        onStale={again}
      />
    </>
  );
}
