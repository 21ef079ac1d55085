import { msPerMinute } from '../../../../domain/values/days/durations.js';
import { Refused } from '../../refusals.js';

/** Wrong passwords of one person from one address, and from all addresses, after which the next one waits. */
const mostFromOne = 10;
const mostFromAll = 100;
/** The time within which they are counted, and for how long the next one waits. */
const windowMs = 15 * msPerMinute;
const delayMs = 15 * msPerMinute;
/** What is remembered at most; the oldest is forgotten first. */
const mostRemembered = 20_000;

interface Count {
  sinceMs: number;
  tries: number;
  blockedUntilMs?: number;
}

/**
 * Delays those who guess passwords. Wrong ones are counted for a person at an address, so that nobody is locked out by
 * others elsewhere; and for a person from everywhere, which delays only addresses from which they have not signed in.
 */
export class Attempts {
  private readonly counts = new Map<string, Count>();
  private readonly known = new Set<string>();

  constructor(private readonly nowMs: () => number) {}

  /**
   * Counts a try as a wrong one until it succeeds, so that tries side by side are counted.
   *
   * @param who the person, or the text that names nobody
   * @throws Refused `sign-in-delayed`
   */
  begin(who: string, address: string): void {
    const [one, all] = [this.count(here(who, address)), this.count(who)];
    const waitMs = Math.max(this.waitMs(one), this.known.has(here(who, address)) ? 0 : this.waitMs(all));
    if (waitMs > 0) throw delayed(Math.ceil(waitMs / 1_000));
    this.add(one, mostFromOne);
    this.add(all, mostFromAll);
  }

  /** The try was right. */
  succeeded(who: string, address: string): void {
    this.counts.delete(here(who, address));
    const all = this.counts.get(who);
    if (all) all.tries -= 1;
    this.known.add(here(who, address));
    shorten(this.known);
  }

  private count(name: string): Count {
    const now = this.nowMs();
    const found = this.counts.get(name);
    if (found && (now - found.sinceMs < windowMs || this.waitMs(found) > 0)) return found;
    const count = { sinceMs: now, tries: 0 };
    this.counts.delete(name);
    this.counts.set(name, count);
    shorten(this.counts);
    return count;
  }

  private add(count: Count, most: number): void {
    count.tries += 1;
    if (count.tries >= most) count.blockedUntilMs = this.nowMs() + delayMs;
  }

  private waitMs({ blockedUntilMs = 0 }: Count): number {
    return Math.max(0, blockedUntilMs - this.nowMs());
  }
}

function here(who: string, address: string): string {
  return `${address} ${who}`;
}

function shorten(remembered: Map<string, unknown> | Set<string>): void {
  for (const name of remembered.keys()) {
    if (remembered.size <= mostRemembered) return;
    remembered.delete(name);
  }
}

function delayed(seconds: number): Refused {
  const minutes = Math.ceil(seconds / 60);
  return new Refused(
    'sign-in-delayed',
    {
      seen: { en: 'too many wrong passwords', zh: '密码错误次数过多' },
      expected: { en: `a try in ${minutes} minutes`, zh: `${minutes} 分钟后重试` },
    },
    { retryAfter: seconds },
  );
}
