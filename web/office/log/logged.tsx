import { Alert, Anchor, Button, Group, List, Text } from '@mantine/core';
import { useEffect, useMemo, useRef } from 'react';
import { Link } from 'wouter';
import { lastDay } from '../../../domain/values/days/calendar.js';
import { journal } from '../../../projections/project/journal.js';
import { useFormTexts } from '../../forms/texts.js';
import type { ReceiptAnswer } from '../../shared/answers.js';
import { useLanguage } from '../../shared/language.js';
import { usePlaceOf } from '../../shared/moment.js';
import type { Replay } from '../../shared/replay/replay.js';
import { effectOf } from './effect.js';
import styles from './log.module.css';
import { useLogTexts } from './texts.js';

/** What was recorded, in the words of the journal, and what it changed. */
export function Logged({
  receipt,
  title,
  replay,
  on,
  onAnother,
}: {
  receipt: ReceiptAnswer;
  title: 'recorded' | 'withdrawn' | 'corrected';
  replay: Replay;
  on: string;
  onAnother?: () => void;
}) {
  const say = useLogTexts();
  const { t } = useFormTexts();
  const language = useLanguage();
  const placeOf = usePlaceOf();
  const { project, id, position, outcome, also = [], notBegun } = receipt;
  const state = replay.stateAt();
  const recorded = new Set([id, ...also.map((one) => one.id)]);
  const lines = state
    ? journal.view(state.journal, lastDay).entries.filter((line) => recorded.has(line.id))
    : [];
  const isNew = outcome === 'recorded';
  const upTo = Math.max(position, ...also.map((one) => one.position));
  const changes = useMemo(
    () => (isNew ? effectOf(replay, { from: position, upTo }, on, say, language) : []),
    [isNew, replay, position, upTo, on, say, language],
  );
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div ref={box} tabIndex={-1} className={styles.change} role="status" data-testid="logged">
      <Alert color="var(--good)" variant="outline" title={say(isNew ? title : 'alreadySaid')}>
        {lines.map((line) => (
          <Text key={line.id} size="sm" fw={600}>
            {line.words[language]}
          </Text>
        ))}
        {notBegun && <Text size="sm">{t('notBegun')}</Text>}
        {changes.length > 0 && (
          <List size="sm" mt="xs">
            {changes.map((change) => (
              <List.Item key={change}>{change}</List.Item>
            ))}
          </List>
        )}
        {isNew && changes.length === 0 && <Text size="sm">{say('noFigure')}</Text>}
        <Group gap="sm" mt="sm">
          {onAnother && (
            <Button size="xs" onClick={onAnother}>
              {say('another')}
            </Button>
          )}
          <Button size="xs" variant="default" component={Link} href={placeOf(`/projects/${project}`)}>
            {say('toProject')}
          </Button>
          {isNew && title === 'recorded' && (
            <Anchor size="sm" component={Link} href={placeOf(`/projects/${project}/log/${id}`)}>
              {t('wrong')}
            </Anchor>
          )}
        </Group>
      </Alert>
    </div>
  );
}
