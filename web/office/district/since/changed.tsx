import { Skeleton, Text, Title } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { nameWords } from '../../../../domain/values/words.js';
import type { ProjectRow } from '../../../../projections/project/project.js';
import { dayWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { usePlaceOf } from '../../../shared/moment.js';
import { useDistrictTexts } from '../texts.js';
import { pointsWords, reasonWords } from './change-words.js';
import styles from './changed.module.css';
import { changesQuery } from './compared-query.js';
import type { Comparison } from './use-compared.js';

/** How many projects are listed. */
const listedMost = 5;

/** The projects whose completion changed most since the day of comparison, with why. */
export function Changed({
  rows,
  isWhole,
  comparison: { compared, percents },
}: {
  rows: readonly ProjectRow[];
  isWhole: boolean;
  comparison: Comparison;
}) {
  const say = useDistrictTexts();
  const language = useLanguage();
  const placeOf = usePlaceOf();
  const moved = isWhole && percents ? movedMost(rows, percents) : undefined;
  const listed = moved?.slice(0, listedMost) ?? [];
  const reasons = useQueries({
    queries: compared ? listed.map(({ row }) => changesQuery(compared, row.project)) : [],
  });
  if (!compared) return null;
  const since = dayWords(compared.from, language);
  return (
    <section className={styles.changed} aria-label={say('changed')} aria-busy={moved === undefined}>
      <Title order={3} size="h5">
        {say('changed')} <span className={styles.since}>{say('changedSince', { day: since })}</span>
      </Title>
      {moved === undefined ? (
        <Skeleton height="10.5rem" mt="xs" />
      ) : moved.length === 0 ? (
        <Text size="sm">{say('changedNone', { day: since })}</Text>
      ) : (
        <ul className={styles.list}>
          {listed.map(({ row, by }, index) => {
            const changes = reasons[index]?.data;
            return (
              <li key={row.project} className={styles.line} data-changed={row.project}>
                <span className={styles.what}>
                  <a href={`#${placeOf(`/projects/${row.project}`)}`}>
                    {nameWords(row.name, row.project)[language]}
                  </a>{' '}
                  <span className={styles.why}>{changes ? reasonWords(changes, say, language) : ''}</span>
                </span>
                <b className={styles.by} data-falls={by < 0}>
                  {pointsWords(by, say, language)}
                </b>
              </li>
            );
          })}
        </ul>
      )}
      {moved !== undefined && moved.length > listed.length && (
        <Text size="xs" c="var(--quiet)">
          {say('changedMore', { count: moved.length - listed.length })}
        </Text>
      )}
    </section>
  );
}

/** The projects with another completion than on the day of comparison, the largest change first. */
function movedMost(rows: readonly ProjectRow[], percents: Readonly<Record<string, number>>) {
  return rows
    .flatMap((row) => {
      const then = percents[row.project];
      const by = then === undefined || !row.hasPlan ? 0 : row.completion.percentBasisPoints - then;
      return by === 0 ? [] : [{ row, by }];
    })
    .sort((a, b) => Math.abs(b.by) - Math.abs(a.by));
}
