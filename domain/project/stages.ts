import type { Stage } from './facts/stage-entered.js';

/** What a stage is for the kind of project that enters it; a stage of any kind has none. */
type ProjectKind = 'plant' | 'road' | 'building';

interface StageRole {
  /** The places in the usual order that it may have; only stages of the life of a project have one. */
  order?: readonly [first: number, last: number];
  kind?: ProjectKind;
  /** The project is used as it was meant to be: this ends its works. */
  isUse?: true;
  isTrial?: true;
  /** The works have begun. */
  isBegun?: true;
}

/** What each stage means, in the usual order; a pause and the entry into the statistics register have no place in it. */
const roles: Readonly<Record<Stage, StageRole>> = {
  // Before the start or after it: works often start on a letter of intent.
  contracted: { order: [0, 1] },
  started: { order: [1, 1], isBegun: true },
  built: { order: [2, 2], isBegun: true },
  'trial-operation': { order: [3, 3], isBegun: true, isTrial: true },
  'trial-production': { order: [3, 3], isBegun: true, isTrial: true, kind: 'plant' },
  'in-production': { order: [4, 4], isBegun: true, isUse: true, kind: 'plant' },
  'opened-to-traffic': { order: [4, 4], isBegun: true, isUse: true, kind: 'road' },
  'in-use': { order: [4, 4], isBegun: true, isUse: true, kind: 'building' },
  'handed-over': { order: [4, 4], isBegun: true, isUse: true, kind: 'building' },
  // Before or after use.
  accepted: { order: [3, 5], isBegun: true },
  cancelled: { order: [6, 6] },
  'registered-in-statistics': {},
  suspended: {},
  resumed: {},
};

/** The stages that are no stage of the life of a project: they coexist with one. */
const besides = ['suspended', 'resumed', 'registered-in-statistics'] as const satisfies readonly Stage[];

/** A stage of the life of a project; a pause or the entry into a register is none. */
export type LifeStage = Exclude<Stage, (typeof besides)[number]>;

/** The stages that a work item may carry, which state it done. */
export const itemStages = [
  'trial-operation',
  'trial-production',
  'in-production',
  'opened-to-traffic',
  'in-use',
  'handed-over',
] as const satisfies readonly Stage[];
export type ItemStage = (typeof itemStages)[number];

/** The stages of the life of a project in their usual order. */
export const lifeStages: readonly LifeStage[] = (Object.keys(roles) as Stage[]).filter(isLifeStage);

export function isLifeStage(stage: Stage): stage is LifeStage {
  return roles[stage].order !== undefined;
}

/** The first and the last place of a stage in the usual order. */
export function orderOf(stage: LifeStage): readonly [first: number, last: number] {
  return roles[stage].order ?? [0, 0];
}

/** The kind of project that enters a stage; undefined if every kind may. */
export function kindOf(stage: Stage): ProjectKind | undefined {
  return roles[stage].kind;
}

/** True for the stages in which a project is used: in production, opened to traffic, in use, handed over. */
export function isUse(stage: Stage): boolean {
  return roles[stage].isUse === true;
}

/** True for the stages after which nothing is left to build: in use of any kind, or accepted. */
export function isCompleting(stage: Stage): boolean {
  return isUse(stage) || stage === 'accepted';
}

/** True for the stages in which the works have begun. */
export function isBegun(stage: Stage): boolean {
  return roles[stage].isBegun === true;
}

/** True for the stages by which the works moved: they have begun, or they resumed. */
export function isMoving(stage: Stage): boolean {
  return isBegun(stage) || stage === 'resumed';
}

/** True for the stages in which something is produced. */
export function isProduction(stage: Stage): boolean {
  return kindOf(stage) === 'plant';
}

/** True for the stages by which a project of any kind but a plant opens. */
export function isOpening(stage: Stage): boolean {
  return isUse(stage) && !isProduction(stage);
}

/**
 * True if entering a stage states an item done: `built` all works, a stage the items that carry it, and a stage of use
 * also the trials before it (docs/decisions/0003, 0065).
 */
export function isStatedBy(stage: Stage, item: { stage?: ItemStage }): boolean {
  if (item.stage === undefined) return stage === 'built';
  return stage === item.stage || (isUse(stage) && roles[item.stage].isTrial === true);
}
