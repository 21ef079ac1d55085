import { Loader, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { WorkCalendar } from '../../../../domain/values/days/working-days.js';
import type { RulesVersion } from '../../../../src/app/governance/governance.js';
import { ask } from '../../../shared/ask.js';
import { instantWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { Failure } from '../../parts/failure.js';
import { useAuthor } from '../../use/authors.js';
import { useToday } from '../../use/today.js';
import { Head } from '../head.js';
import { rulesQuery } from '../rules-query.js';
import { RulesEditor } from './rules-editor.js';
import { useRulesTexts } from './texts.js';

/** The rules for alerts: those in force, earlier ones, and a draft with its back-test. */
export default function RulesScreen() {
  const say = useRulesTexts();
  const language = useLanguage();
  const author = useAuthor();
  const queries = useQueryClient();
  const today = useToday();
  const inForce = useQuery(rulesQuery);
  const versions = useQuery({
    queryKey: ['rules', 'versions'],
    queryFn: ({ signal }) => ask<{ items: RulesVersion[] }>('/rules/versions', {}, signal),
  });
  const calendars = useQuery({
    queryKey: ['calendars'],
    queryFn: ({ signal }) => ask<{ items: WorkCalendar[] }>('/calendars', {}, signal),
  });
  const again = () => queries.invalidateQueries({ queryKey: ['rules'] });
  const error = inForce.error ?? versions.error ?? calendars.error;
  if (error) return <Failure error={error} onAgain={() => void again()} />;
  if (!inForce.data || !versions.data || !calendars.data || !today) return <Loader />;
  const { rules, recordedAt, by } = inForce.data;
  return (
    <>
      <Head title={say('title')} />
      <Text size="sm" mb="sm">
        {recordedAt && by && rules.basis !== 'default'
          ? say('inForce', {
              version: rules.version,
              at: instantWords(recordedAt, language),
              by: author({ by }),
              basis: rules.basis,
            })
          : say('inForceDefault', { version: rules.version })}
      </Text>
      <RulesEditor
        inForce={inForce.data}
        versions={versions.data.items.length > 0 ? versions.data.items : [inForce.data]}
        calendars={calendars.data.items.map(({ name }) => name)}
        today={today}
        onStale={again}
      />
    </>
  );
}
