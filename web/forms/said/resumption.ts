import type { Core } from './facts.js';
import type { OpenStall } from './known.js';

/** The fact that ends a stall; that of a suspension is a stage. */
export function resumptionOf({ stall, cause }: Pick<OpenStall, 'stall' | 'cause'>): Core {
  return cause === 'suspended' ? { type: 'StageEntered', stage: 'resumed' } : { type: 'StallCleared', stall };
}
