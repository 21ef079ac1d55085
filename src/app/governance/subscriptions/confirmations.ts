import { inForce } from '../../../../domain/governance/decide.js';
import type { GovernanceState } from '../../../../domain/governance/governance.js';
import type { WriteRequest } from '../../queries/asked.js';
import type { SubscriptionAnswer } from '../governance.js';
import type { Confirming } from './confirming.js';
import { presentOf } from './present-address.js';
import type { SubscribersNeed } from './subscribers-need.js';
import type { SubscriptionAnswers } from './subscription-answers.js';

/** What becomes of a link to confirm a mail address: asked for again, looked at, followed. */
export class Confirmations {
  constructor(
    private readonly need: SubscribersNeed,
    private readonly confirming: Confirming,
    private readonly answers: SubscriptionAnswers,
  ) {}

  async askToConfirm(id: string, request: WriteRequest): Promise<SubscriptionAnswer> {
    const { log, world, vault } = this.need;
    await vault.look();
    const { state: before, said } = await log.read(request.id);
    const known = inForce(before, id);
    const event = request.id ?? world.newId();
    let confirmBy = '';
    if (known.confirmation && !said) {
      this.confirming.requirePause(known);
      confirmBy = await this.confirming.ask(id, event, known, presentOf(known, 'email', this.need));
    }
    const { state } = await log.write(
      { ...request, id: event },
      (said) => said.type === 'ConfirmationAsked' && said.data.subscription === id,
      (state) => {
        const known = inForce(state, id);
        if (!known.confirmation || confirmBy === '') return { alreadySaid: known };
        return { append: [{ type: 'ConfirmationAsked', data: { subscription: id, confirmBy } }] };
      },
    );
    return this.answers.answer(state, id);
  }

  requireConfirmable(id: string, token: string): void {
    this.isConfirmable(this.need.governed.present(), id, token);
  }

  async confirm(id: string, token: string, request: WriteRequest): Promise<void> {
    await this.need.log.write(
      request,
      (said) => said.type === 'AddressConfirmed' && said.data.subscription === id,
      (state) => {
        if (!this.isConfirmable(state, id, token)) return { alreadySaid: inForce(state, id) };
        return { append: [{ type: 'AddressConfirmed', data: { subscription: id } }] };
      },
    );
  }

  /** As `Confirming.isOpen`; only those who have the link learn that the subscription has ended. */
  private isConfirmable(state: GovernanceState, id: string, token: string): boolean {
    const known = state.subscriptions.find(({ subscription }) => subscription === id);
    const isOpen = this.confirming.isOpen(known, token);
    inForce(state, id);
    return isOpen;
  }
}
