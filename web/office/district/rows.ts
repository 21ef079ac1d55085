import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { addDays } from '../../../domain/values/days/calendar.js';
import type { ProjectRow } from '../../../projections/project/project.js';
import type { Parked } from '../../shared/answers.js';
import type { MomentShown } from '../../shared/moment.js';
import { useMoment, useNamedMoment } from '../../shared/moment.js';
import { type Timeline, timelineOf } from '../../shared/replay/timeline.js';
import { asReported } from '../../shared/reported.js';
import { useStore } from '../../shared/use-store.js';
import { useMay } from '../use/self.js';
import { useToday } from '../use/today.js';
import { districtStore, type Folded } from './district-store.js';
import { rowsQuery } from './rows-query.js';
import type { Pinned } from './totals/totals-query.js';

/** How often the rows are asked for again where the log cannot be followed, in milliseconds. */
const againMs = 60_000;

/** The district at the selected point. */
export interface District {
  rows: readonly ProjectRow[];
  /** False while further rows are loading. */
  isWhole: boolean;
  asOf: string | undefined;
  /** The point for which the service returned the rows; undefined when they are folded here. */
  pinned: Pinned | undefined;
  /** Projects that the service left out, because their figures cannot be computed from some entry on. */
  parked: readonly Parked[];
  folded: Folded;
  timeline: Timeline | undefined;
  error: unknown;
  askAgain(): void;
  /** Loads the log, to fold the rows of any other point here. */
  load(): void;
}

/**
 * The rows of the district: from the service at first, folded in the browser once its log is loaded. That is for the
 * past, and for a log that moves; the present needs no log.
 */
export function useDistrict(): District {
  const folded = useStore(districtStore.subscribe, districtStore.current);
  const [moment] = useMoment();
  const today = useToday();
  const readsLog = useMay()('log-read');
  const asked = useAskedRows(useNamedMoment(), folded, readsLog);
  const isFolded = folded.state === 'folded';
  // What the service cannot fold, the browser cannot either.
  const isFollowed = asked.isWhole && asked.parked.length === 0 && readsLog;
  const isPresent = moment.asOf === undefined && moment.knownAt === undefined;
  const [isLoadWanted, setLoadWanted] = useState(false);
  useEffect(() => {
    // The first view has priority on the network.
    if (!today || !isFollowed) return;
    if (isLoadWanted || !isPresent) districtStore.load(today);
    else districtStore.begin(today, asked.pinned?.knownAt);
  }, [today, isFollowed, isLoadWanted, isPresent, asked.pinned]);
  useEffect(() => {
    if (today) districtStore.show(today, moment);
  }, [today, moment]);
  const { ticking, state } = folded;
  const timeline = useMemo(() => {
    if (!today) return undefined;
    if (state === 'folded') return timelineOf(ticking, today);
    if ((state === 'loading' || state === 'waiting') && readsLog) return { today, days: [], records: [] };
    // The days of a log that is long, or that the user may not read, are not known here; the slider covers three years day by day.
    return { today, days: [addDays(today, -3 * 365)], records: [] };
  }, [today, ticking, state, readsLog]);
  return {
    ...asked,
    ...(isFolded
      ? { rows: folded.rows, isWhole: true, error: undefined, asOf: moment.asOf ?? today, pinned: undefined }
      : {}),
    folded,
    timeline,
    load: () => setLoadWanted(true),
  };
}

function useAskedRows(moment: MomentShown, { state, moves }: Folded, readsLog: boolean) {
  const asked = useInfiniteQuery({
    ...rowsQuery(moment, moves),
    placeholderData: keepPreviousData,
    enabled: state !== 'folded',
    // Who cannot follow the log asks again from time to time.
    ...(readsLog ? {} : { refetchInterval: againMs }),
  });
  const { data, error, refetch, fetchNextPage } = asked;
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError } = asked;
  // A page that failed is asked for again by the person, or with all of them.
  const isNext = hasNextPage && !isFetchingNextPage && !isFetchNextPageError && state !== 'folded';
  useEffect(() => {
    if (isNext) void fetchNextPage();
  }, [isNext, fetchNextPage]);
  const rows = useMemo(
    () =>
      (data?.pages ?? []).flatMap(({ items }) =>
        items.map((item): ProjectRow => ({ ...asReported(item), name: item.names })),
      ),
    [data],
  );
  const parked = useMemo(() => (data?.pages ?? []).flatMap((page) => page.parked ?? []), [data]);
  const first = data?.pages[0];
  const pinned = useMemo(
    () => (first ? { asOf: first.asOf, knownAt: first.knownAt.position } : undefined),
    [first],
  );
  return {
    rows,
    parked,
    pinned,
    isWhole: data !== undefined && !hasNextPage,
    asOf: first?.asOf,
    error: error as unknown,
    askAgain: () => void refetch(),
  };
}
