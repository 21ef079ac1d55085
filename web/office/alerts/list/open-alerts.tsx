import { Button, Text } from '@mantine/core';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { Fragment, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { numberWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { useAlertTexts } from '../texts.js';
import type { RowsHere } from './alert-row.js';
import type { ByProjectAnswer, ProjectAlerts } from './choice.js';
import { ProjectRow } from './project-row.js';
import styles from './rows.module.css';

/** Up to this many projects are unfolded from the start. */
const unfoldedMost = 12;
/** The height of a folded project until one was measured. */
const foldedPx = 45;

/** The open alerts by project, in sections by deadline; projects are loaded as they come near the view. */
export function OpenAlerts({
  list,
  counts,
  first,
  folds,
  onFold,
  here,
}: {
  list: UseInfiniteQueryResult<InfiniteData<ByProjectAnswer>>;
  counts: ByProjectAnswer;
  /** Shown before all others, as a link asked for it. */
  first: ProjectAlerts | undefined;
  /** What the user folded or unfolded. */
  folds: ReadonlyMap<string, boolean>;
  onFold: (project: string, isUnfolded: boolean) => void;
  here: RowsHere;
}) {
  const groups = [
    ...(first ? [first] : []),
    ...(list.data?.pages.flatMap(({ items }) => items) ?? []).filter(
      ({ project }) => project !== first?.project,
    ),
  ];
  const sections = new Map(counts.sections.map((section) => [section.due, section]));
  const rest = Math.max(0, counts.projects - groups.length);
  return (
    <>
      <ul className={styles.list}>
        {groups.map((group, index) => {
          const { project, due, alerts } = group;
          const isNew =
            group !== first && (index === 0 || groups[index - 1]?.due !== due || groups[index - 1] === first);
          const section = isNew ? sections.get(due) : undefined;
          const isOpened = alerts.some(({ alert }) => alert === here.opened);
          return (
            <Fragment key={project}>
              {section && <SectionHead section={section} />}
              <ProjectRow
                group={group}
                isUnfolded={folds.get(project) ?? (isOpened || counts.projects <= unfoldedMost)}
                onFold={(isUnfolded) => onFold(project, isUnfolded)}
                here={here}
              />
            </Fragment>
          );
        })}
      </ul>
      {list.hasNextPage && <Rest list={list} loaded={groups.length} rows={rest} />}
    </>
  );
}

function SectionHead({ section }: { section: ByProjectAnswer['sections'][number] }) {
  const say = useAlertTexts();
  const language = useLanguage();
  const { due, projects, alerts } = section;
  return (
    <li className={styles.section} data-due={due}>
      <span>{say(`due.${due}`)}</span>
      <span className={styles.quiet}>
        {say('inProjects', { count: projects, number: numberWords(projects, language) })} ·{' '}
        {say('alertsOf', { count: alerts, number: numberWords(alerts, language) })}
      </span>
    </li>
  );
}

/** Room for the projects that are not loaded, so that the scrollbar stands for all; near the view it loads the next. */
function Rest({
  list,
  loaded,
  rows,
}: {
  list: UseInfiniteQueryResult<InfiniteData<ByProjectAnswer>>;
  /** How many projects are above. */
  loaded: number;
  rows: number;
}) {
  const say = useAlertTexts();
  const room = useRef<HTMLDivElement>(null);
  const [each, setEach] = useState(foldedPx);
  useLayoutEffect(() => {
    const above = room.current?.previousElementSibling;
    if (above instanceof HTMLElement) setEach(above.offsetHeight / loaded);
  }, [loaded]);
  const { isFetchingNextPage, isError, fetchNextPage } = list;
  useEffect(() => {
    const { current } = room;
    if (!current || isFetchingNextPage || isError) return;
    const seen = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && void fetchNextPage(),
      { rootMargin: '800px' },
    );
    seen.observe(current);
    return () => seen.disconnect();
  }, [isFetchingNextPage, isError, fetchNextPage]);
  return (
    <div ref={room} style={{ height: `${Math.max(rows, 1) * each}px` }}>
      <Text size="sm" c="var(--quiet)" p="sm">
        {say('loading')}
      </Text>
      <Button variant="default" size="xs" onClick={() => void fetchNextPage()}>
        {say('more')}
      </Button>
    </div>
  );
}
