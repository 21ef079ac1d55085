import { Controller, Delete, Get, HttpCode, Inject, Post, Put, Res } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { isEverywhere, type Reach } from '../../../domain/access/scope.js';
import { omitUndefined } from '../../../domain/values/omit-undefined.js';
import type { WriteRequest } from '../../app/queries/asked.js';
import { Refused, refusalOf } from '../../app/refusals.js';
import type { Topout } from '../../app/topout.js';
import { type Caller, rightsOf, within } from '../access/caller.js';
import { Answers, Asks } from '../answers/answers.js';
import { type Language, Spoken } from '../answers/language.js';
import { pageOf } from '../dto/asked.js';
import { PageQuery } from '../dto/moment.js';
import {
  movedOf,
  PreviewSaid,
  SecretSaid,
  SubscriptionChanged,
  SubscriptionSaid,
  subscriptionOf,
  termsOf,
  UnsubscribeQuery,
} from '../dto/subscription.js';
import { pageHeaders } from '../page/small-page.js';
import { askingPage, confirmedPage, confirmPage, donePage } from '../page/unsubscribe-page.js';
import type { Reply } from '../server/fastify-types.js';
import { Leaving } from '../server/leaving.js';
import {
  Asked,
  BodyAs,
  CallerIs,
  NoBody,
  OptionalBodyAs,
  QueryAs,
  SubscriptionId,
  Within,
} from './parameters.js';
import { topoutToken } from './token.js';

const htmlAnswer = ApiResponse({
  status: 200,
  description: 'A page for people.',
  content: { 'text/html': { schema: { type: 'string' } } },
});

/** Who is notified of alerts, where and when. */
@ApiTags('subscriptions')
@Controller('subscriptions')
export class SubscriptionsController {
  constructor(@Inject(topoutToken) private readonly topout: Topout) {}

  /** Lists subscriptions, oldest first, with their pending notices: the caller's, and all for those who may see all. */
  @Get()
  @Answers('Subscriptions')
  async subscriptions(@QueryAs(PageQuery) query: PageQuery, @CallerIs() caller: Caller) {
    return this.topout.governance.subscriptions(pageOf(query), ownerShown(caller));
  }

  /** Adds a subscription after checking its address; the secret of a webhook is returned only here. */
  @Post()
  @Answers('SubscriptionAdded', { status: 201 })
  @Asks()
  async subscribe(
    @BodyAs(SubscriptionSaid) said: SubscriptionSaid,
    @Asked() asked: WriteRequest,
    @Spoken() language: Language,
    @Res({ passthrough: true }) reply: Reply,
  ) {
    const added = await this.topout.governance.subscribe(subscriptionOf(said, language), asked);
    reply.header('location', `/subscriptions/${added.subscription}`);
    return added;
  }

  /** Shows what a subscription would have sent in the last 30 days, in the words of the mail; nothing is recorded or sent. */
  @Post('preview')
  @HttpCode(200)
  @Answers('SubscriptionPreview')
  async previewSubscription(
    @BodyAs(PreviewSaid) said: PreviewSaid,
    @Within('subscriptions-own') within: Reach | undefined,
    @Spoken() language: Language,
    @Leaving() leaving: AbortSignal,
  ) {
    return this.topout.governance.preview(termsOf(said, language), omitUndefined({ within, leaving }));
  }

  /** Shows one subscription. */
  @Get(':subscription')
  @Answers('Subscription')
  async subscription(@SubscriptionId() id: string) {
    return this.topout.governance.subscription(id);
  }

  /** Changes a subscription as a whole, except its secret. */
  @Put(':subscription')
  @Answers('Subscription')
  @Asks()
  async changeSubscription(
    @SubscriptionId() id: string,
    @BodyAs(SubscriptionChanged) said: SubscriptionChanged,
    @Asked() asked: WriteRequest,
    @Spoken() language: Language,
  ) {
    return this.topout.governance.change(id, movedOf(said, language), asked);
  }

  /** Ends a subscription; its notices stay listed. */
  @Delete(':subscription')
  @HttpCode(204)
  @Asks()
  @ApiResponse({ status: 204, description: 'It has ended.' })
  async endSubscription(@SubscriptionId() id: string, @Asked() asked: WriteRequest): Promise<void> {
    await this.topout.governance.end(id, 'removed', asked);
  }

  /** Sets a new secret; the old one signs beside it for 24 h. */
  @Post(':subscription/secret')
  @HttpCode(200)
  @Answers('SecretRotated')
  @Asks()
  async rotateSecret(
    @SubscriptionId() id: string,
    @OptionalBodyAs(SecretSaid) { secret }: SecretSaid,
    @Asked() asked: WriteRequest,
  ) {
    return this.topout.governance.rotateSecret(id, secret, asked);
  }

  /** Lists every attempt to notify a subscription of projects within reach, latest first. */
  @Get(':subscription/notices')
  @Answers('NoticesOfSubscription')
  async noticesOfSubscription(
    @SubscriptionId() id: string,
    @QueryAs(PageQuery) query: PageQuery,
    @CallerIs() caller: Caller,
  ) {
    return this.topout.governance.notices(id, pageOf(query), within(caller, 'project-read'));
  }

  /** Stops notices until it is resumed; events meanwhile stay pending. */
  @Post(':subscription/pause')
  @HttpCode(200)
  @Answers('Subscription')
  @Asks()
  async pauseSubscription(
    @SubscriptionId() id: string,
    @NoBody() _body: unknown,
    @Asked() asked: WriteRequest,
  ) {
    return this.topout.governance.pause(id, asked);
  }

  /** Resumes a paused subscription; pending notices are sent. */
  @Post(':subscription/resume')
  @HttpCode(200)
  @Answers('Subscription')
  @Asks()
  async resumeSubscription(
    @SubscriptionId() id: string,
    @NoBody() _body: unknown,
    @Asked() asked: WriteRequest,
  ) {
    return this.topout.governance.resume(id, asked);
  }

  /** Sends a test notice now and returns its result; nothing is recorded. */
  @Post(':subscription/test')
  @HttpCode(200)
  @Answers('TestOutcome')
  async testSubscription(@SubscriptionId() id: string, @NoBody() _body: unknown) {
    return this.topout.governance.test(id);
  }

  /** Sends another link to an unconfirmed mail address. */
  @Post(':subscription/confirmation')
  @HttpCode(200)
  @Answers('Subscription')
  @Asks()
  async askToConfirm(@SubscriptionId() id: string, @NoBody() _body: unknown, @Asked() asked: WriteRequest) {
    return this.topout.governance.askToConfirm(id, asked);
  }

  /** Asks the reader of a mail whether the address is theirs; scanners that follow links change nothing. */
  @Get(':subscription/confirm')
  @htmlAnswer
  showConfirmation(
    @SubscriptionId() id: string,
    @QueryAs(UnsubscribeQuery) { token }: UnsubscribeQuery,
    @Res({ passthrough: true }) reply: Reply,
  ): string {
    this.topout.governance.requireConfirmable(id, token);
    reply.headers(pageHeaders);
    return confirmPage();
  }

  /** Starts a subscription by the button of that page. */
  @Post(':subscription/confirm')
  @HttpCode(200)
  @htmlAnswer
  async confirmAddress(
    @SubscriptionId() id: string,
    @QueryAs(UnsubscribeQuery) { token }: UnsubscribeQuery,
    @Asked() asked: WriteRequest,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<string> {
    await this.topout.governance.confirm(id, token, asked);
    reply.headers(pageHeaders);
    return confirmedPage();
  }

  /** Asks the reader of a mail whether to end it; scanners that follow links change nothing. */
  @Get(':subscription/unsubscribe')
  @htmlAnswer
  askToUnsubscribe(
    @SubscriptionId() id: string,
    @QueryAs(UnsubscribeQuery) { token }: UnsubscribeQuery,
    @Res({ passthrough: true }) reply: Reply,
  ): string {
    this.checkToken(id, token);
    reply.headers(pageHeaders);
    return askingPage();
  }

  /** Ends a subscription by the link of a mail: by the button of its page, or by the one click of a mail program. */
  @Post(':subscription/unsubscribe')
  @HttpCode(200)
  @htmlAnswer
  async unsubscribe(
    @SubscriptionId() id: string,
    @QueryAs(UnsubscribeQuery) { token }: UnsubscribeQuery,
    @Asked() asked: WriteRequest,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<string> {
    this.checkToken(id, token);
    await this.topout.governance.end(id, 'unsubscribed', asked).catch((error: unknown) => {
      // Clicked twice is clicked once.
      if (refusalOf(error)?.reason !== 'subscription-ended') throw error;
    });
    reply.headers(pageHeaders);
    return donePage();
  }

  private checkToken(id: string, token: string): void {
    if (this.topout.governance.mayUnsubscribe(id, token)) return;
    const seen = 'a link that belongs to no subscription';
    throw new Refused('subscription-unknown', {
      member: 'token',
      seen,
      expected: 'the whole link of the mail',
    });
  }
}

/** Whose subscriptions a caller sees; undefined for everybody's. */
function ownerShown(caller: Caller): string | undefined {
  const all = rightsOf(caller)['subscriptions-all'];
  return caller.kind !== 'signed-in' || (all && isEverywhere(all)) ? undefined : caller.person;
}
