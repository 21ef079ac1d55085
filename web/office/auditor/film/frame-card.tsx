import { Anchor, Skeleton, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { nameWords } from '../../../../domain/values/words.js';
import { instantWords, knownDayWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { usePlaceOf } from '../../../shared/moment.js';
import type { Frame } from '../../../shared/replay/film.js';
import { useAuthor } from '../../use/authors.js';
import styles from '../auditor.module.css';
import { useAuditorTexts } from '../texts.js';
import {
  districtFigures,
  districtWords,
  type ProjectFigure,
  projectFigures,
  projectWords,
} from './frame-words.js';

/**
 * The current entry of a replay, with the figures before and after; changed ones are highlighted.
 *
 * @param previous the frame before, for the totals of the district; null for the first
 * @param opened renders a figure as a link to its entries
 */
export function FrameCard({
  frame,
  previous,
  opened,
}: {
  frame: Frame | undefined;
  previous: Frame | undefined;
  opened?: (figure: ProjectFigure, words: string) => ReactNode;
}) {
  const say = useAuditorTexts();
  const language = useLanguage();
  const placeOf = usePlaceOf();
  const author = useAuthor();
  if (!frame) return <Skeleton height="11rem" />;
  const { words, position, recordedAt, asOf, project, totals } = frame;
  const [before, after] = [frame.before, frame.after].map((row) => projectWords(row, say, language));
  const [then, now] = [previous?.totals, totals].map((one) => one && districtWords(one, say, language));
  const name = nameWords((frame.after ?? frame.before)?.name, project)[language];
  return (
    <div className={styles.frame} aria-live="polite">
      <Text fw={600}>{words[language]}</Text>
      <Text size="xs" mb="xs">
        {say('said', {
          day: knownDayWords(asOf, frame, language),
          instant: instantWords(recordedAt, language),
          by: author(frame),
          position,
        })}
      </Text>
      {totals && (
        <Anchor component={Link} href={placeOf(`/auditor/${project}`)} size="sm" fw={600}>
          {name}
        </Anchor>
      )}
      <dl className={styles.numbers}>
        {projectFigures.map((figure) => (
          <Change
            key={figure}
            label={say(figure)}
            before={before?.[figure] ?? ''}
            after={after?.[figure] ?? ''}
            opened={opened && ((shown) => opened(figure, shown))}
          />
        ))}
      </dl>
      {now && (
        <>
          <Text size="sm" fw={600} mt="sm">
            {say('district', {
              reported: totals?.completion.coverage.reported ?? 0,
              of: totals?.projects ?? 0,
            })}
          </Text>
          <dl className={styles.numbers}>
            {districtFigures.map((figure) => (
              <Change
                key={figure}
                label={say(figure)}
                before={then ? then[figure] : say('nothing')}
                after={now[figure]}
              />
            ))}
          </dl>
        </>
      )}
    </div>
  );
}

function Change({
  label,
  before,
  after,
  opened,
}: {
  label: string;
  before: string;
  after: string;
  opened?: ((words: string) => ReactNode) | undefined;
}) {
  const isChanged = before !== after;
  return (
    <div className={styles.number} data-changed={isChanged}>
      <dt>{label}</dt>
      <dd>
        {isChanged && <span className={styles.before}>{before} → </span>}
        {opened ? opened(after) : after}
      </dd>
    </div>
  );
}
