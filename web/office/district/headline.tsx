import { Skeleton, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { PortfolioGroup } from '../../../projections/portfolio/portfolio.js';
import styles from './headline.module.css';
import { needsQuery } from './needs/needs-query.js';
import { useDistrictTexts } from './texts.js';

/**
 * The answer to the first question: how many projects need action; of a past point, how many had a red or yellow light.
 *
 * @param total undefined while it is loading
 * @param children what the figures below are about, and what they are compared with
 */
export function Headline({
  isPresent,
  total,
  children,
}: {
  isPresent: boolean;
  total: PortfolioGroup | undefined;
  children: ReactNode;
}) {
  const say = useDistrictTexts();
  const { data, isError } = useQuery({ ...needsQuery, enabled: isPresent });
  const words =
    isPresent && !isError
      ? data && say('needAction', { count: data.projects })
      : total && say('lit', { count: total.lights.red + total.lights.yellow });
  return (
    <header className={styles.headline}>
      {words ? (
        <Title order={2} size="h2">
          {words}
        </Title>
      ) : (
        <Skeleton height="2rem" width="18rem" maw="100%" role="progressbar" aria-label={say('loading')} />
      )}
      <Text size="sm" component="div" className={styles.about}>
        {children}
      </Text>
    </header>
  );
}
