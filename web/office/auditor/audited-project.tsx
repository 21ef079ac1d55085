import { Loader } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { lastDay } from '../../../domain/values/days/calendar.js';
import { journal } from '../../../projections/project/journal.js';
import { evidenceOf } from '../../shared/figure-evidence.js';
import { useMoment } from '../../shared/moment.js';
import { Evidence, EvidenceOf } from '../evidence/evidence.js';
import { Failure } from '../parts/failure.js';
import { useReplay } from '../use/use-replay.js';
import { Compare } from './compare.js';
import { useProjectFilm, useWalked } from './film/film-source.js';
import { ReplayFilm } from './film/replay-film.js';
import type { Find, Opened } from './opened.js';
import { useAuditorTexts } from './texts.js';

/** Compares two points of a project, and replays it entry by entry. */
export function AuditedProject({ project, today }: { project: string; today: string }) {
  const say = useAuditorTexts();
  const [{ asOf = today }] = useMoment();
  const { replay, error, askAgain } = useReplay(project);
  const walked = useWalked(replay);
  const film = useProjectFilm(project, walked, asOf);
  const lines = useMemo(() => {
    const state = replay?.stateAt();
    return state ? journal.view(state.journal, lastDay).entries : [];
  }, [replay]);
  const find: Find = useCallback(
    (figure, { asOf: on, knownAt }) => {
      const shown = replay?.figuresAt(on, knownAt);
      const state = replay?.stateAt(knownAt);
      return shown && state ? evidenceOf(figure, shown, state, on) : [];
    },
    [replay],
  );
  const opened: Opened = useCallback(
    (figure, words, point) =>
      words === say('nothing') || words === '0' ? (
        words
      ) : (
        <Evidence title={say(figure)} entries={() => find(figure, point)}>
          {words}
        </Evidence>
      ),
    [find, say],
  );
  if (error) return <Failure error={error} onAgain={askAgain} />;
  if (!replay || !walked || !film) return <Loader />;
  return (
    <EvidenceOf lines={() => lines}>
      <Compare
        project={project}
        replay={replay}
        walked={walked}
        today={today}
        lines={lines}
        opened={opened}
        find={find}
      />
      <ReplayFilm source={film} asOf={asOf} opened={opened} />
    </EvidenceOf>
  );
}
