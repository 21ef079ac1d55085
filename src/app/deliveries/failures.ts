import { msPerHour } from '../../../domain/values/days/durations.js';
import { StoreError } from '../../event-store/errors.js';
import type { World } from '../ports.js';
import { Refused } from '../refusals.js';

/** Minimum interval between reports of one failure, in milliseconds. */
const quietMs = msPerHour;
/** Maximum number of remembered kinds; messages may be unique. */
const mostKinds = 100;

/** Reports failures, each kind once an hour, however often it is retried. */
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
    // A clock that was set back does not extend the silence.
    if (toldAtMs !== undefined && Math.abs(nowMs - toldAtMs) < quietMs) return;
    if (this.toldAtMs.size >= mostKinds) this.toldAtMs.clear();
    this.toldAtMs.set(kind, nowMs);
    this.onFailure(error);
  }
}
