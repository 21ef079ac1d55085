import { useEffect, useMemo } from 'react';
import { DistrictReplay } from '../../../shared/replay/district-replay.js';
import { Film, type Frame } from '../../../shared/replay/film.js';
import type { Replay } from '../../../shared/replay/replay.js';
import type { Ticking } from '../../../shared/replay/timeline.js';
import { useStore } from '../../../shared/use-store.js';
import { districtStore } from '../../district/district-store.js';

/** A source of replay frames. */
export interface FilmSource {
  /** Identifies the replay. */
  key: string;
  /** Its subject, used in file names. */
  name: string;
  isDistrict: boolean;
  /** Its entries as points on the clocks, in log order. */
  ticking: readonly Ticking[];
  /** The frames from an index (inclusive) to another (exclusive). */
  frames(from: number, to: number): Promise<Frame[]>;
}

/** A project's replay; undefined until its entries are loaded. */
export function useWalked(replay: Replay | undefined): DistrictReplay | undefined {
  return useMemo(() => {
    if (!replay) return undefined;
    const walked = new DistrictReplay();
    walked.takeProject(replay.entries, replay.adoptions);
    return walked;
  }, [replay]);
}

/** The replay of one project for a day, folded on this thread. */
export function useProjectFilm(
  project: string,
  walked: DistrictReplay | undefined,
  asOf: string,
): FilmSource | undefined {
  const film = useMemo(() => walked && new Film(walked), [walked]);
  return useMemo(
    () =>
      film &&
      walked && {
        key: `${project} ${asOf}`,
        name: project,
        isDistrict: false,
        ticking: walked.ticking,
        frames: async (from, to) => film.frames(from, to, asOf, false),
      },
    [film, walked, project, asOf],
  );
}

/** The replay of the district for a day, folded in the worker; `state` tells whether its log is loaded. */
export function useDistrictFilm(today: string | undefined, asOf: string | undefined) {
  const { state, progress, ticking } = useStore(districtStore.subscribe, districtStore.current);
  useEffect(() => {
    if (today) districtStore.load(today);
  }, [today]);
  const source = useMemo(
    (): FilmSource | undefined =>
      state === 'folded' && asOf !== undefined
        ? {
            key: `district ${asOf}`,
            name: 'district',
            isDistrict: true,
            ticking,
            frames: (from, to) => districtStore.frames(from, to, asOf),
          }
        : undefined,
    [state, ticking, asOf],
  );
  return { state, progress, source };
}
