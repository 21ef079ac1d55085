import type { RecordedEvent } from '../../../../domain/project/events.js';
import type { Stage } from '../../../../domain/project/facts/stage-entered.js';
import { type LifeStage, lifeStages } from '../../../../domain/project/stages.js';
import type { Day } from '../../../../domain/values/days/calendar.js';
import type { Uuid } from '../../../../domain/values/uuid.js';

/** A stage of the life of a project, and the entry that says when it was entered. */
export interface StageStep {
  stage: LifeStage;
  enteredOn?: Day;
  entry?: Uuid;
}

/** The stages that a project without others is expected to pass. */
const usual: readonly LifeStage[] = [
  'contracted',
  'started',
  'built',
  'trial-production',
  'in-production',
  'accepted',
];

/** Those of them that give way to a stage of another kind of project. */
const otherwise: Partial<Record<LifeStage, readonly LifeStage[]>> = {
  'trial-production': ['trial-operation', 'opened-to-traffic', 'in-use', 'handed-over'],
  'in-production': ['opened-to-traffic', 'in-use', 'handed-over'],
};

/**
 * The stages of a project in their usual order, each with its first day; those of the future without one.
 *
 * @param entries in log order, as known at the moment shown
 * @param asOf the day shown, inclusive
 */
export function stageSteps(entries: readonly RecordedEvent[], asOf: Day): StageStep[] {
  const entered = new Map<Stage, { enteredOn: Day; entry: Uuid }>();
  const withdrawn = new Set(
    entries.flatMap((event) => (event.type === 'EntryWithdrawn' ? [event.data.entry] : [])),
  );
  for (const event of entries) {
    if (event.type !== 'StageEntered' || event.entry.asOf > asOf || withdrawn.has(event.id)) continue;
    const known = entered.get(event.data.stage);
    if (!known || event.entry.asOf < known.enteredOn)
      entered.set(event.data.stage, { enteredOn: event.entry.asOf, entry: event.id });
  }
  const isExpected = (stage: LifeStage) =>
    usual.includes(stage) && !otherwise[stage]?.some((other) => entered.has(other));
  return lifeStages
    .filter((stage) => entered.has(stage) || isExpected(stage))
    .map((stage) => ({ stage, ...entered.get(stage) }));
}
