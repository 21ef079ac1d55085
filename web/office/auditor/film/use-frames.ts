import { useQueries } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Frame } from '../../../shared/replay/film.js';
import type { FilmSource } from './film-source.js';

/** Frames per request. */
const part = 50;

/** The frames in and around a range (both ends inclusive) by index; undefined until loaded. */
export function useFrames(
  source: FilmSource,
  ranges: readonly [number, number][],
): (index: number) => Frame | undefined {
  const count = source.ticking.length;
  const parts = new Set<number>();
  for (const [from, to] of ranges)
    for (let at = Math.floor(Math.max(0, from) / part); at * part <= Math.min(count - 1, to); at++)
      parts.add(at);
  const wanted = [...parts];
  const found = useQueries({
    queries: wanted.map((at) => {
      const to = Math.min(count, (at + 1) * part);
      return {
        queryKey: ['film', source.key, at, to],
        queryFn: () => source.frames(at * part, to),
        staleTime: Number.POSITIVE_INFINITY,
      };
    }),
  });
  const byPart = new Map(wanted.map((at, index) => [at, found[index]?.data]));
  return useCallback((index: number) => byPart.get(Math.floor(index / part))?.[index % part], [byPart]);
}

/** All frames of a replay, loaded in chunks that yield to other work. */
export async function allFrames(source: FilmSource): Promise<Frame[]> {
  const all: Frame[] = [];
  for (let from = 0; from < source.ticking.length; from += part)
    all.push(...(await source.frames(from, Math.min(source.ticking.length, from + part))));
  return all;
}
