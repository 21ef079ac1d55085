import type { Governed, Subscribed } from '../governance/governed.js';
import type { Vault, World } from '../ports.js';
import { addressOf } from './address.js';

/** Subscriptions that are looked at in one go; others have their turn after so many. */
const atOnce = 500;

/** What the keys of this replica open of the subscriptions in force. */
interface Opened {
  count: number;
  of: number;
  isFit: boolean;
}

/**
 * Whether the keys of this replica are those of the installation. A replica with a file of keys of its own can read no address and no
 * secret, so it must not deliver, and what it sealed nobody else could read.
 *
 * The keys of the installation are those that open most of what is sealed; of two halves those that open the oldest. So of two files
 * of keys one is fit, and a single key that is lost stops nothing but its subscription (docs/decisions/0041).
 */
export class KeysAtHand {
  private readonly known = new WeakSet<Subscribed>();
  private last: { of: readonly Subscribed[]; opened: Opened } | undefined;
  private fault: string | undefined;

  constructor(
    private readonly governed: Pick<Governed, 'subscriptions'>,
    private readonly vault: Pick<Vault, 'look' | 'open'>,
    private readonly world: Pick<World, 'now' | 'after'>,
  ) {}

  /** Takes in what others who share the keys have made, and looks again at what could not be opened. */
  async look(): Promise<void> {
    try {
      await this.vault.look();
      this.fault = undefined;
    } catch (error) {
      this.fault = (error as Error).message.replace(/\.$/, '');
    }
    this.last = undefined;
    for (const [index, one] of this.inForce().entries()) {
      this.opens(one);
      if (index % atOnce === atOnce - 1)
        await new Promise<void>((resolve) => void this.world.after(0, resolve));
    }
  }

  /** Why this replica may neither deliver nor seal anything, in a sentence without its end; undefined while it may. */
  whyNot(): string | undefined {
    if (this.fault !== undefined) return this.fault;
    const { count, of, isFit } = this.opened();
    if (isFit) return undefined;
    return `its keys open ${count} of ${of} ${of === 1 ? 'subscription' : 'subscriptions'} in force; TOPOUT_VAULT has to name the file of keys that all replicas share`;
  }

  private opened(): Opened {
    const of = this.governed.subscriptions();
    if (this.last?.of === of) return this.last.opened;
    const inForce = this.inForce();
    const opening = inForce.filter((one) => this.opens(one));
    const [missing, count] = [inForce.length - opening.length, opening.length];
    const isFit = count > missing || (count === missing && opening[0] === inForce[0]);
    const opened = { count, of: inForce.length, isFit };
    this.last = { of, opened };
    return opened;
  }

  private inForce(): Subscribed[] {
    return this.governed.subscriptions().filter(({ status }) => status !== 'ended');
  }

  private opens(one: Subscribed): boolean {
    if (this.known.has(one)) return true;
    const isOpen = addressOf(one, this.vault, this.world.now()) !== undefined;
    if (isOpen) this.known.add(one);
    return isOpen;
  }
}
