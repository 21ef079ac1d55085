import { Stack, Text } from '@mantine/core';
import { dayWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { Section } from '../../parts/section.js';
import { TakeAlong } from '../../take-along/take-along.js';
import { useAuthor } from '../../use/authors.js';
import type { Opened } from '../opened.js';
import { filmSheet } from '../sheets.js';
import { useAuditorTexts } from '../texts.js';
import type { FilmSource } from './film-source.js';
import { FilmTable } from './film-table.js';
import { FrameCard } from './frame-card.js';
import { Player } from './player.js';
import { allFrames, useFrames } from './use-frames.js';
import { useStep } from './use-step.js';

/** A project or the district entry by entry, in order of recording, with the figures after each. */
export function ReplayFilm({ source, asOf, opened }: { source: FilmSource; asOf: string; opened?: Opened }) {
  const say = useAuditorTexts();
  const language = useLanguage();
  const author = useAuthor();
  const [at, go] = useStep(source.ticking);
  const frameAt = useFrames(source, [[at - 1, at]]);
  const frame = frameAt(at);
  return (
    <Section
      title={say('replay')}
      aside={
        <TakeAlong
          what={say('replay')}
          name={`replay-${source.name}-${asOf}`}
          table={async () => filmSheet(await allFrames(source), source.isDistrict, { say, author, language })}
        />
      }
    >
      <Stack gap="sm">
        <Text size="sm">{say('replayHint', { day: dayWords(asOf, language) })}</Text>
        <Player ticking={source.ticking} at={at} go={go} />
        <FrameCard
          frame={frame}
          previous={frameAt(at - 1)}
          opened={
            opened && frame && ((figure, words) => opened(figure, words, { asOf, knownAt: frame.position }))
          }
        />
        <FilmTable source={source} at={at} go={go} />
      </Stack>
    </Section>
  );
}
