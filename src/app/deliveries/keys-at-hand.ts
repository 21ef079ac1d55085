import type { Governed, Subscribed } from '../governance/governed.js';
import type { Vault, World } from '../ports.js';
import { addressOf } from './address.js';

/** Subscriptions checked between two turns. */
const atOnce = 500;

/** Which subscriptions in force this replica's keys decrypt. */
interface Opened {
  count: number;
  of: number;
  isFit: boolean;
}

/**
 * Whether this replica's keys are those of the installation. A replica with another key file can read no address and no
 * secret, so it must not deliver, and nobody else could read what it sealed.
 *
 * The installation's keys are those that decrypt the majority of sealed data; of two halves those for the oldest. So
 * one of two key files is valid, and a single lost key affects only its subscription (docs/decisions/0041).
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

  /** Reads keys added by other processes, and checks again what could not be decrypted. */
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

  /** Why this replica may neither deliver nor seal, as a sentence without its end; undefined if it may. */
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
