import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { DistrictReplay } from '../../../shared/district-replay.js';
import { Film, type Frame } from '../../../shared/film.js';
import type { Replay } from '../../../shared/replay.js';
import type { Ticking } from '../../../shared/timeline.js';
import { districtStore } from '../../district/district-store.js';

/** Where the frames of a film come from. */
export interface FilmSource {
  /** Names it among other films. */
  key: string;
  /** What it is of, as part of the name of a file. */
  name: string;
  isDistrict: boolean;
  /** Its entries as far as the clocks are concerned, in log order. */
  ticking: readonly Ticking[];
  /** The frames from an index (inclusive) to another (exclusive). */
  frames(from: number, to: number): Promise<Frame[]>;
}

/** A project walked entry by entry; undefined until its entries are here. */
export function useWalked(replay: Replay | undefined): DistrictReplay | undefined {
  return useMemo(() => {
    if (!replay) return undefined;
    const walked = new DistrictReplay();
    walked.takeProject(replay.entries, replay.adoptions);
    return walked;
  }, [replay]);
}

/** The film of one project, about a day, folded here. */
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
