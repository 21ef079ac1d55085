import { Anchor, Checkbox, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { Link } from 'wouter';
import { severityWords } from '../../../../projections/alerts/happening-words.js';
import { useLanguage } from '../../../shared/language.js';
import { useAlertTexts } from '../texts.js';
import type { AlertGroup } from './groups.js';
import styles from './list.module.css';

/** The alerts of a project under its name, with how many there are of each severity. */
export function Group({
  group,
  selection,
  children,
}: {
  group: AlertGroup;
  /** Undefined if none of them can be selected. */
  selection: { chosen: 'all' | 'some' | 'none'; choose: (isChosen: boolean) => void } | undefined;
  children: ReactNode;
}) {
  const say = useAlertTexts();
  const language = useLanguage();
  const id = useId();
  const { project, name, counts } = group;
  return (
    <li className={styles.group}>
      <div className={styles.head}>
        {selection && (
          <Checkbox
            aria-label={say('selectAll', { name })}
            checked={selection.chosen === 'all'}
            indeterminate={selection.chosen === 'some'}
            onChange={(event) => selection.choose(event.currentTarget.checked)}
          />
        )}
        <Title order={3} size="h6" id={id}>
          <Anchor component={Link} href={`/projects/${project}`} fw={700}>
            {name}
          </Anchor>
        </Title>
        {counts.map(([severity, count]) => (
          <span key={severity} className={styles.count} data-light={severity}>
            {severityWords[severity][language]} {count}
          </span>
        ))}
      </div>
      <ul className={styles.rows} aria-labelledby={id}>
        {children}
      </ul>
    </li>
  );
}
