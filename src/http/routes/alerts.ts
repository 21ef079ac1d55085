import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Reach } from '../../../domain/access/scope.js';
import { omitUndefined } from '../../../domain/values/omit-undefined.js';
import type { AlertReceipt } from '../../app/alerts/alerts.js';
import type { WriteRequest } from '../../app/queries/asked.js';
import type { Topout } from '../../app/topout.js';
import { AlertStreams } from '../alert-stream/alert-stream.js';
import type { AnswerTypes } from '../answers/answer-types.js';
import { Answers, Writes } from '../answers/answers.js';
import { type Language, localised, preferredLanguage, Spoken } from '../answers/language.js';
import {
  Acknowledgement,
  AlertCountQuery,
  AlertNeedsQuery,
  AlertStreamQuery,
  AlertsByProjectQuery,
  AlertsQuery,
  alertFilterOf,
  alertsChosenIn,
  KnownQuery,
  SilenceSaid,
} from '../dto/alerts.js';
import { momentOf, pageOf } from '../dto/asked.js';
import type { AdmittedRequest, Reply } from '../server/fastify-types.js';
import { AlertId, Asked, BodyAs, QueryAs, Within } from './parameters.js';
import { topoutToken } from './token.js';

/** Alerts: lists, streams, answers by people, and notices. */
@ApiTags('alerts')
@Controller('alerts')
export class AlertsController {
  constructor(
    @Inject(topoutToken) private readonly topout: Topout,
    @Inject(AlertStreams) private readonly streams: AlertStreams,
  ) {}

  /** Lists alerts: open ones first, then by severity, then latest raised first. */
  @Get()
  @Answers('Alerts')
  async alerts(
    @QueryAs(AlertsQuery) query: AlertsQuery,
    @Spoken() language: Language,
    @Within('project-read') within: Reach | undefined,
  ) {
    return localised(
      await this.topout.alerts.list(momentOf(query, undefined, within), alertFilterOf(query), pageOf(query)),
      language,
    );
  }

  /** Counts alerts, and those of each severity. */
  @Get('count')
  @Answers('AlertCount')
  async alertCount(
    @QueryAs(AlertCountQuery) query: AlertCountQuery,
    @Within('project-read') within: Reach | undefined,
  ) {
    return this.topout.alerts.count(momentOf(query, undefined, within), alertFilterOf(query));
  }

  /** Lists the projects that need action, the most urgent first: those with an open alert that nobody has answered for. */
  @Get('needs')
  @Answers('AlertNeeds')
  async alertNeeds(
    @QueryAs(AlertNeedsQuery) query: AlertNeedsQuery,
    @Spoken() language: Language,
    @Within('project-read') within: Reach | undefined,
  ) {
    const { limit, ...asked } = query;
    const filter = alertFilterOf(asked);
    const needs = await this.topout.alerts.needs(
      momentOf(asked, undefined, within),
      filter,
      Number(limit ?? 100),
    );
    return localised(needs, language);
  }

  /** Lists open alerts by project, the earliest deadline first, with numbers of all of them by deadline and by choice. */
  @Get('by-project')
  @Answers('AlertsByProject')
  async alertsByProject(
    @QueryAs(AlertsByProjectQuery) query: AlertsByProjectQuery,
    @Spoken() language: Language,
    @Within('project-read') within: Reach | undefined,
  ) {
    return localised(
      await this.topout.alerts.byProject(
        momentOf(query, undefined, within),
        alertsChosenIn(query),
        pageOf(query),
      ),
      language,
    );
  }

  /** Keeps the answer open and sends alert events as they happen, from a position on. */
  @Get('stream')
  @ApiHeader({
    name: 'Last-Event-ID',
    description: 'The id of the last event that was read: later events are sent first.',
    schema: { type: 'string', pattern: '^\\d{1,15}$' },
  })
  @ApiResponse({
    status: 200,
    description:
      'Server-sent events. id is the position, event the type, data a line of JSON: {position, recordedAt, type, event, alert}.',
    content: { 'text/event-stream': { schema: { type: 'string' } } },
  })
  async stream(
    @QueryAs(AlertStreamQuery) query: AlertStreamQuery,
    @Req() request: AdmittedRequest,
    @Res() reply: Reply,
  ): Promise<void> {
    this.streams.admit(request.limitKey);
    if (request.method === 'HEAD') {
      // A stream without a body would never start, and keep its slot.
      reply.header('content-type', 'text/event-stream');
      reply.send('');
      return;
    }
    const { 'last-event-id': last, 'accept-language': accepted } = request.headers;
    const place = last === undefined || last === '' ? query.after : String(last);
    const language = query.language ?? preferredLanguage(accepted);
    reply.hijack();
    await this.streams.open(
      omitUndefined({
        filter: alertFilterOf(query),
        language,
        place,
        caller: request.caller,
        key: request.limitKey,
      }),
      reply.raw,
    );
  }

  /** Returns the public key by which receivers check v1a signatures. */
  @Get('key')
  @Answers('VerifyingKey')
  async verifyingKey() {
    return { publicKey: await this.topout.governance.verifyingKey() };
  }

  /** Shows one alert with its history. */
  @Get(':alert')
  @Answers('AlertKnown')
  async alert(
    @AlertId() alert: string,
    @QueryAs(KnownQuery) query: KnownQuery,
    @Spoken() language: Language,
  ) {
    return localised(await this.topout.alerts.alert(alert, momentOf(query)), language);
  }

  /** Lists the notices of an alert with recipient, time and result. */
  @Get(':alert/notices')
  @Answers('Notices')
  async notices(@AlertId() alert: string, @QueryAs(KnownQuery) query: KnownQuery) {
    return this.topout.alerts.notices(alert, momentOf(query));
  }

  /** Acknowledges an alert with a name, and the day by which it is answered. */
  @Post(':alert/acknowledgement')
  @Writes('AlertReceipt')
  async acknowledge(
    @AlertId() alert: string,
    @BodyAs(Acknowledgement) { name, dueOn, note }: Acknowledgement,
    @Asked() asked: WriteRequest,
    @Res({ passthrough: true }) reply: Reply,
  ) {
    return received(
      reply,
      await this.topout.alerts.acknowledge(alert, omitUndefined({ name, dueOn, note }), asked),
    );
  }

  /** Silences an alert until the end of a day. */
  @Post(':alert/silence')
  @Writes('AlertReceipt')
  async silence(
    @AlertId() alert: string,
    @BodyAs(SilenceSaid) { until, reason }: SilenceSaid,
    @Asked() asked: WriteRequest,
    @Res({ passthrough: true }) reply: Reply,
  ) {
    return received(reply, await this.topout.alerts.silence(alert, { until, reason }, asked));
  }
}

/** The receipt with the bytes of the first answer, however often the id is sent. */
function received(reply: Reply, receipt: AlertReceipt): AnswerTypes['AlertReceipt'] {
  reply.status(201);
  if (receipt.outcome === 'replayed') reply.header('idempotent-replayed', 'true');
  return { ...receipt, outcome: 'recorded' };
}
