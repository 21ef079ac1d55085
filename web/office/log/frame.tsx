import { Anchor, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { lastDay } from '../../../domain/values/days/calendar.js';
import { nameWords } from '../../../domain/values/words.js';
import { journal } from '../../../projections/project/journal.js';
import { evidenceOf } from '../../shared/figure-evidence.js';
import { useLanguage } from '../../shared/language.js';
import { usePlaceOf } from '../../shared/moment.js';
import type { Replay } from '../../shared/replay/replay.js';
import { EvidenceOf } from '../evidence/evidence.js';
import { Figures } from '../project/figures.js';
import styles from './log.module.css';
import { useLogTexts } from './texts.js';

/** The head of the screens that log, with the figures of today beside the form. */
export function Frame({
  project,
  title,
  replay,
  on,
  children,
}: {
  project: string;
  title: string;
  replay: Replay;
  on: string;
  children: ReactNode;
}) {
  const say = useLogTexts();
  const language = useLanguage();
  const placeOf = usePlaceOf();
  const [state, shown] = [replay.stateAt(), replay.figuresAt(on)];
  const name = nameWords(shown?.details.name, project)[language];
  return (
    <EvidenceOf lines={() => (state ? journal.view(state.journal, lastDay).entries : [])}>
      <Stack gap="md">
        <div>
          <Anchor component={Link} href={placeOf(`/projects/${project}`)} size="sm">
            ‹ {say('toProject')}
          </Anchor>
          <Title order={2} size="h3">
            {`${title} · ${name}`}
          </Title>
        </div>
        <div className={styles.columns}>
          <div className={styles.forms}>{children}</div>
          {shown && state && (
            <section aria-label={say('figures')}>
              <Figures shown={shown} find={(figure) => evidenceOf(figure, shown, state, on)} />
            </section>
          )}
        </div>
      </Stack>
    </EvidenceOf>
  );
}
