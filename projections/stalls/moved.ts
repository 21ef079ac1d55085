import { isMoving, isProduction as isProductionStage } from '../../domain/project/stages.js';
import type { Effect } from '../progress/rises.js';
import type { MoveFact, Stretch } from './stretches.js';

/** What moved by a report or a stage: it contradicts that nothing did. */
export function movedBy(fact: MoveFact, { isRise, isProduction }: Effect): Stretch['what'][] {
  const stage = fact.type === 'StageEntered' ? fact.data.stage : undefined;
  const moved: Stretch['what'][] = [];
  if (isRise) moved.push('rises');
  if (stage && isMoving(stage)) moved.push('stages');
  if (isProduction || (stage && isProductionStage(stage))) moved.push('productions');
  return moved;
}
