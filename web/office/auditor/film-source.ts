import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { DistrictReplay } from '../../shared/district-replay.js';
import { Film, type Frame } from '../../shared/film.js';
import type { Replay } from '../../shared/replay.js';
import type { Ticking } from '../../shared/timeline.js';
import { districtStore } from '../district/district-store.js';

/** Where the frames of a film come from. */
export interface FilmSource {
  /** Names it among other films. */
  key: string;
  isDistrict: boolean;
  /** Its entries as far as the clocks are concerned, in log order. */
  ticking: readonly Ticking[];
  /** The frames from an index (inclusive) to another (exclusive). */
  frames(from: number, to: number): Promise<Frame[]>;
}

/** The film of one project, about a day, folded here. */
export function useProjectFilm(
  project: string,
  replay: Replay | undefined,
  asOf: string,
): FilmSource | undefined {
  const film = useMemo(() => {
    if (!replay) return undefined;
    const walked = new DistrictReplay();
    walked.takeProject(replay.entries, replay.adoptions);
    return { film: new Film(walked), ticking: walked.ticking };
  }, [replay]);
  return useMemo(
    () =>
      film && {
        key: `${project} ${asOf}`,
        isDistrict: false,
        ticking: film.ticking,
        frames: async (from, to) => film.film.frames(from, to, asOf, false),
      },
    [film, project, asOf],
  );
}

/** The film of the district, about a day, folded in the worker; `state` says whether its log is there. */
export function useDistrictFilm(today: string | undefined, asOf: string | undefined) {
  const { state, progress, ticking } = useSyncExternalStore(districtStore.subscribe, districtStore.current);
  useEffect(() => {
    if (today) districtStore.begin(today);
  }, [today]);
  const source = useMemo(
    (): FilmSource | undefined =>
      state === 'folded' && asOf !== undefined
        ? {
            key: `district ${asOf}`,
            isDistrict: true,
            ticking,
            frames: (from, to) => districtStore.frames(from, to, asOf),
          }
        : undefined,
    [state, ticking, asOf],
  );
  return { state, progress, source };
}
