import { msPerHour } from '../../../domain/values/durations.js';
import { StoreError } from '../../event-store/errors.js';
import type { World } from '../ports.js';
import { Refused } from '../refusals.js';

/** A failure is told again after so many milliseconds at the earliest. */
const quietMs = msPerHour;
/** How many kinds are remembered; a message may name what no other names. */
const mostKinds = 100;

/** Tells what fails, each kind once an hour, however often it is tried. */
export class Failures {
  private readonly toldAtMs = new Map<string, number>();

  constructor(
    private readonly world: Pick<World, 'now'>,
    private readonly onFailure: (error: Error) => void = () => undefined,
  ) {}

  tell(error: Error): void {
    const isExpected = error instanceof StoreError || error instanceof Refused;
    const kind = isExpected ? error.reason : error.message;
    const nowMs = Date.parse(this.world.now());
    const toldAtMs = this.toldAtMs.get(kind);
    // A clock that was set back keeps nothing quiet for longer.
    if (toldAtMs !== undefined && Math.abs(nowMs - toldAtMs) < quietMs) return;
    if (this.toldAtMs.size >= mostKinds) this.toldAtMs.clear();
    this.toldAtMs.set(kind, nowMs);
    this.onFailure(error);
  }
}
