import { Button, Loader, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ruleWords } from '../../../../projections/alerts/happening-words.js';
import { ask } from '../../../shared/ask.js';
import { useLanguage } from '../../../shared/language.js';
import { Failure } from '../../parts/failure.js';
import type { AlertsAnswer } from '../alert-answers.js';
import { useAlertTexts } from '../texts.js';
import type { RowsHere } from './alert-row.js';
import { type Choice, clearedFilter } from './choice.js';
import { isAbout } from './groups.js';
import { ProjectRow } from './project-row.js';
import styles from './rows.module.css';

const pageSize = 200;

/** The alerts that are over, by project, the latest raised first. */
export function ClearedAlerts({ choice, here }: { choice: Choice; here: RowsHere }) {
  const say = useAlertTexts();
  const language = useLanguage();
  const { find } = choice;
  const filter = clearedFilter(choice);
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const list = useInfiniteQuery({
    queryKey: ['alerts', 'cleared', language, filter],
    queryFn: ({ pageParam, signal }) =>
      ask<AlertsAnswer>('/alerts', { ...filter, limit: pageSize, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
  });
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = list;
  // A search is over all of them, so their pages are loaded while there is one.
  const isSearching = find !== undefined && hasNextPage && !isError;
  useEffect(() => {
    if (isSearching && !isFetchingNextPage) void fetchNextPage();
  }, [isSearching, isFetchingNextPage, fetchNextPage]);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const shown = items.filter(
    (alert) => find === undefined || isAbout(alert, find, ruleWords[alert.rule][language]),
  );
  if (list.error) return <Failure error={list.error} onAgain={() => void list.refetch()} />;
  if (list.isPending) return <Loader role="progressbar" aria-label={say('loading')} />;
  return (
    <>
      {isSearching && (
        <Text size="sm" role="status">
          {say('searching', { count: items.length })}
        </Text>
      )}
      {shown.length === 0 && !isSearching && <Text>{say('noneCleared')}</Text>}
      {shown.length > 0 && (
        <ul className={styles.list}>
          {[...Map.groupBy(shown, (alert) => alert.project)].map(([project, alerts]) => (
            <ProjectRow
              key={project}
              group={{ project, alerts, of: (alerts[0] ?? { of: { name: project } }).of as never }}
              isUnfolded={!folded.has(project)}
              onFold={(isUnfolded) =>
                setFolded((all) => {
                  const next = new Set(all);
                  isUnfolded ? next.delete(project) : next.add(project);
                  return next;
                })
              }
              here={here}
            />
          ))}
        </ul>
      )}
      {hasNextPage && !isSearching && (
        <Button variant="default" mt="sm" onClick={() => void fetchNextPage()}>
          {say('more')}
        </Button>
      )}
    </>
  );
}
