import { inForce } from '../../../../domain/governance/decide.js';
import { secretFault } from '../../../../domain/governance/subscription-fault.js';
import { instantAfter } from '../../../../domain/values/days/calendar.js';
import { msPerDay } from '../../../../domain/values/days/durations.js';
import type { WriteRequest } from '../../queries/asked.js';
import type { Of, SubscribersNeed } from './subscribers-need.js';
import { refuse, refuseFault } from './subscription-checks.js';

const secretBytes = 32;
/** How long the previous secret still signs, in milliseconds. */
const oldSecretMs = msPerDay;

/** The secrets that sign webhooks, and the keys that seal what a subscription says. */
export class SubscriptionSecrets {
  /** Keys that had no record at the last tidying. */
  private unsettled: ReadonlySet<string> = new Set();

  constructor(private readonly need: SubscribersNeed) {}

  newSecret(): string {
    return `whsec_${this.need.vault.newSecret(secretBytes)}`;
  }

  async rotate(id: string, asked: string | undefined, request: WriteRequest): Of<'rotateSecret'> {
    const { log, vault, world } = this.need;
    const secret = asked ?? this.newSecret();
    refuseFault('secret-weak', secretFault(secret, 'secret'));
    const { event } = await log.write(
      request,
      (said) =>
        said.type === 'SecretRotated' &&
        said.data.subscription === id &&
        (asked === undefined || vault.open(id, said.data.secret) === asked),
      (state) => {
        const known = inForce(state, id);
        if (known.channel.kind !== 'webhook')
          refuse('subscription-invalid', 'channel.kind', 'email', 'webhook');
        if (known.secrets.some((held) => vault.open(id, held.secret) === secret))
          refuse(
            'secret-weak',
            'secret',
            { en: 'a secret that signs already', zh: '正在使用的密钥' },
            {
              en: 'a new one',
              zh: '新的密钥',
            },
          );
        const oldUntil = instantAfter(world.now(), oldSecretMs);
        const sealed = vault.seal(id, secret);
        return { append: [{ type: 'SecretRotated', data: { subscription: id, secret: sealed, oldUntil } }] };
      },
    );
    if (event?.type !== 'SecretRotated') throw new Error('A rotation is always recorded.');
    const told = vault.open(id, event.data.secret);
    if (told === undefined)
      refuse(
        'sealed-unreadable',
        'secret',
        { en: 'a secret of a subscription that ended', zh: '已终止订阅的密钥' },
        {
          en: 'one in force',
          zh: '有效的订阅',
        },
      );
    return { secret: told, oldUntil: event.data.oldUntil };
  }

  async tidyKeys(): Promise<void> {
    const { log, vault } = this.need;
    await vault.look();
    const before = this.unsettled;
    this.unsettled = new Set(vault.unrecorded());
    // What another replica is recording right now was absent the last time.
    const old = [...this.unsettled].filter((id) => before.has(id));
    if (old.length === 0) return;
    const { subscriptions } = (await log.read()).state;
    const recorded = new Set(subscriptions.map(({ subscription }) => subscription));
    for (const id of old) vault.settle(id, recorded.has(id));
  }

  /** An unsettled key is found by the next tidying. */
  settle(id: string, isRecorded: boolean): void {
    try {
      this.need.vault.settle(id, isRecorded);
    } catch {
      // Its content is already written.
    }
  }
}
