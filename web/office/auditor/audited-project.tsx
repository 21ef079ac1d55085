import { Loader } from '@mantine/core';
import { useMemo } from 'react';
import { journal } from '../../../projections/journal.js';
import { useMoment } from '../../shared/moment.js';
import { EvidenceOf } from '../evidence/evidence.js';
import { Failure } from '../failure.js';
import { useReplay } from '../use-replay.js';
import { Compare } from './compare.js';
import { useProjectFilm } from './film-source.js';
import { ReplayFilm } from './replay-film.js';

/** Beyond the last day that an entry may be about. */
const allDays = '9999-12-31';

/** Two moments of a project beside each other, and the project entry by entry. */
export function AuditedProject({ project, today }: { project: string; today: string }) {
  const [{ asOf = today }] = useMoment();
  const { replay, error, askAgain } = useReplay(project);
  const film = useProjectFilm(project, replay, asOf);
  const lines = useMemo(() => {
    const state = replay?.stateAt();
    return state ? journal.view(state.journal, allDays).entries : [];
  }, [replay]);
  if (error) return <Failure error={error} onAgain={askAgain} />;
  if (!replay || !film) return <Loader />;
  return (
    <EvidenceOf lines={lines}>
      <Compare replay={replay} today={today} lines={lines} />
      <ReplayFilm source={film} asOf={asOf} />
    </EvidenceOf>
  );
}
