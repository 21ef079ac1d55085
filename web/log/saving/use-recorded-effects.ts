import { useEffect } from 'react';
import type { Day } from '../../../domain/values/days/calendar.js';
import { useAround } from '../around.js';
import type { Entry } from '../outbox/entry.js';
import type { Outbox } from '../outbox/outbox.js';
import { knownProjects } from '../reckoning/known-projects.js';
import { type KnownProject, recordedEffect } from '../reckoning/reckoning.js';
import { show } from './saved.js';

/** The entries whose effects are being looked up. */
const underWay = new Set<string>();

/** From this difference on an estimate is said to have been wrong: it shows in the decimal. */
const noticedBasisPoints = 10;

/** Milliseconds after which the entries are asked for again. */
const againMs = 500;

/** Replaces estimated effects once their entries are recorded, and says where they differ. */
export function useRecordedEffects(on: Day): void {
  const { entries, outbox } = useAround();
  useEffect(() => {
    const estimated = entries.filter(
      ({ id, state, effect }) => state.is === 'recorded' && effect?.isEstimate && !underWay.has(id),
    );
    for (const [project, some] of Map.groupBy(estimated, (entry) => entry.project))
      void lookUp(project, some, outbox, on);
  }, [entries, outbox, on]);
}

async function lookUp(project: string, entries: readonly Entry[], outbox: Outbox, on: Day): Promise<void> {
  for (const { id } of entries) underWay.add(id);
  const known = await knownSince(project, entries);
  for (const entry of entries) {
    const { id, effect, about, state } = entry;
    underWay.delete(id);
    if (!effect || !known) continue;
    const unchanged = {
      ...effect,
      toBasisPoints: effect.fromBasisPoints,
      contradictions: [],
      isEstimate: false,
    };
    const isRepeated = state.is === 'recorded' && state.alreadySaid;
    const recorded = isRepeated ? unchanged : recordedEffect(known, id, on);
    if (!recorded) continue;
    await outbox.noteEffect(entry, recorded);
    const [toBasisPoints, estimateBasisPoints] = [recorded.toBasisPoints, effect.toBasisPoints];
    if (Math.abs(toBasisPoints - estimateBasisPoints) >= noticedBasisPoints)
      show({ is: 'differs', about, toBasisPoints, estimateBasisPoints });
  }
}

/** The project with these entries; as it is if they are not to be seen soon. */
async function knownSince(project: string, entries: readonly Entry[]): Promise<KnownProject | undefined> {
  const isMissing = ({ entries: known }: KnownProject) =>
    entries.some(({ id, state }) => {
      const isNew = state.is === 'recorded' && !state.alreadySaid;
      return isNew && !known.some((one) => one.id === id);
    });
  const first = await knownProjects.loadAgain(project);
  if (!first || !isMissing(first)) return first;
  // What was asked for before they were recorded lacks them.
  await new Promise((resolve) => setTimeout(resolve, againMs));
  return knownProjects.load(project);
}
