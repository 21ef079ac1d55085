import { type SchedulerAction, type SchedulerLike, Subscription } from 'rxjs';
import type { World } from './ports.js';

/** The clock and timers of the world as an RxJS scheduler. */
export function schedulerOf({ now, after }: Pick<World, 'now' | 'after'>): SchedulerLike {
  return {
    now: () => Date.parse(now()),
    schedule: (work, ms, state) => new TimedAction(after, work).schedule(state, ms),
  };
}

/** Work that runs when its timer fires; scheduling it again replaces the timer. */
class TimedAction<State> extends Subscription implements SchedulerAction<State> {
  private stop: () => void = () => undefined;

  constructor(
    private readonly after: World['after'],
    private readonly work: (this: SchedulerAction<State>, state: State) => void,
  ) {
    super(() => this.stop());
  }

  schedule(state?: State, ms = 0): Subscription {
    this.stop();
    if (!this.closed) this.stop = this.after(ms, () => this.work(state as State));
    return this;
  }
}
