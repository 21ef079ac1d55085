import { Controller, Get, HttpCode, HttpStatus, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Reach } from '../../../domain/access/scope.js';
import { omitUndefined } from '../../../domain/values/omit-undefined.js';
import { wordsOf } from '../../../domain/values/words.js';
import type { Health, Topout } from '../../app/topout.js';
import { type Caller, rightsOf } from '../access/caller.js';
import { Answers, jsonOf } from '../answers/answers.js';
import { indexOf } from '../answers/index-answer.js';
import { type Language, localised, Spoken } from '../answers/language.js';
import { betweenOf, filterOf, momentOf, weeklyLightsOf } from '../dto/asked.js';
import {
  PortfolioQuery,
  TotalChangesQuery,
  TotalExplanationQuery,
  WeeklyLightsQuery,
} from '../dto/moment.js';
import { refuse, seenAs } from '../problems/faults.js';
import type { ProblemKind } from '../problems/problem-kind.js';
import { problemKind, problems } from '../problems/problems.js';
import type { Reply } from '../server/fastify-types.js';
import { Leaving } from '../server/leaving.js';
import { CallerIs, QueryAs, Within } from './parameters.js';
import { topoutToken } from './token.js';

/** Totals over projects, the state of the service, and its routes. */
@ApiTags('overview')
@Controller()
export class OverviewController {
  constructor(@Inject(topoutToken) private readonly topout: Topout) {}

  /** Names the business day and the main routes. */
  @Get()
  @Answers('Index')
  index() {
    return indexOf(this.topout);
  }

  /** Totals over projects; each states its coverage. */
  @Get('portfolio')
  @Answers('Portfolio')
  async portfolio(
    @QueryAs(PortfolioQuery) query: PortfolioQuery,
    @Spoken() language: Language,
    @Leaving() leaving: AbortSignal,
    @Within('project-read') within: Reach | undefined,
  ) {
    const asked = momentOf(query, leaving, within);
    const totals = await this.topout.portfolio(asked, query.groupBy, filterOf(query));
    return localised(totals, language);
  }

  /** Shows the light of every project, one day a week up to the day asked about. */
  @Get('portfolio/lights')
  @Answers('WeeklyLights')
  weeklyLights(
    @QueryAs(WeeklyLightsQuery) query: WeeklyLightsQuery,
    @Leaving() leaving: AbortSignal,
    @Within('project-read') within: Reach | undefined,
  ) {
    return this.topout.weeklyLights(weeklyLightsOf(query, leaving, within), filterOf(query));
  }

  /** Explains one total by the figures of the projects; also names those that do not count for it. */
  @Get('portfolio/explanation')
  @Answers('TotalExplanation')
  async totalExplanation(
    @QueryAs(TotalExplanationQuery) query: TotalExplanationQuery,
    @Spoken() language: Language,
    @Leaving() leaving: AbortSignal,
    @Within('project-read') within: Reach | undefined,
  ) {
    const asked = momentOf(query, leaving, within);
    const { figure = 'percent' } = query;
    return localised(await this.topout.totalExplanation(figure, asked, filterOf(query)), language);
  }

  /** Shows what is different between two moments of both clocks: of the mean and of every project, by what made it. */
  @Get('portfolio/changes')
  @Answers('TotalChanges')
  async totalChanges(
    @QueryAs(TotalChangesQuery) query: TotalChangesQuery,
    @Spoken() language: Language,
    @Leaving() leaving: AbortSignal,
    @Within('project-read') within: Reach | undefined,
  ) {
    const [from, to] = betweenOf(query, leaving, within);
    return localised(await this.topout.totalChanges(from, to, filterOf(query)), language);
  }

  /** Reports that the process runs. */
  @Get('health/live')
  @Answers('Live')
  live() {
    return { status: 'live' as const };
  }

  /** Reports whether the service can do its work, and if not, why. */
  @Get('health/ready')
  @Answers('Health')
  @ApiResponse({
    status: 503,
    description: 'Not ready.',
    content: jsonOf('Health'),
  })
  ready(@CallerIs() caller: Caller, @Res({ passthrough: true }) reply: Reply) {
    const health = this.topout.health();
    reply.status(health.isReady ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
    const { heldBack: _, isReadable: __, ...told } = health;
    // Positions and causes are for those who operate it.
    if (!rightsOf(caller).operate) return { isReady: health.isReady, reasons: [] };
    return { ...told, reasons: reasonsOf(health) };
  }

  /** Reports whether reads are answered, also while nothing can be recorded; and the age of the answers. */
  @Get('health/readable')
  @Answers('Readable')
  @ApiResponse({
    status: 503,
    description: 'Reads are refused.',
    content: jsonOf('Readable'),
  })
  readable(@CallerIs() caller: Caller, @Res({ passthrough: true }) reply: Reply) {
    const health = this.topout.health();
    const { isReadable, ageSeconds } = health;
    reply.status(isReadable ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
    const mayKnow = !isReadable && rightsOf(caller).operate;
    return omitUndefined({ isReadable, ageSeconds, reasons: mayKnow ? reasonsOf(health) : [] });
  }

  /** Tries every parked project again, by a rebuild of the views beside those in use; answers what stays parked. */
  @Post('views/retry')
  @HttpCode(HttpStatus.OK)
  @Answers('Parked')
  async retryParked() {
    return { parked: await this.topout.retryParked() };
  }

  /** Lists every problem type. */
  @Get('problems')
  @Answers('ProblemKinds')
  problems(@Spoken() language: Language) {
    return { items: Object.entries(problems).map(([name, kind]) => told(name, kind, language)) };
  }

  /** Explains a problem type. */
  @Get('problems/:name')
  @Answers('ProblemKind')
  problem(@Param('name') name: string, @Spoken() language: Language) {
    const kind =
      problemKind(name) ??
      refuse(
        'route-unknown',
        'path',
        wordsOf((text) => text({ en: 'a problem ', zh: '问题 ' }) + text(seenAs(name))),
        {
          en: 'one of /problems',
          zh: '/problems 所列之一',
        },
      );
    return told(name, kind, language);
  }
}

function told(name: string, { status, title, means }: ProblemKind, language: Language) {
  return { type: `/problems/${name}`, status, title: title[language], means };
}

/** What is left of a rebuild, by its rate so far. */
function leftOf({ progress }: Health['views'][number]): string {
  if (!progress || progress.secondsLeft === null) return '';
  const { done, of, perSecond, secondsLeft } = progress;
  return `; ${done} of ${of} done, ${perSecond} a second, some ${secondsLeft} s left`;
}

function reasonsOf({
  store,
  views,
  heldBack,
  parked,
  deliveries,
  peopleUnreadable,
  ledgerLate,
}: Health): string[] {
  const { state, why } = store;
  const down = state === 'up' ? [] : [`The store is ${state}${why === undefined ? '.' : `: ${why}.`}`];
  const { notWriting } = store;
  const mute = notWriting ? [`Nothing could be recorded since ${notWriting.since}: ${notWriting.why}.`] : [];
  const spoilt = (store.spoilt ?? []).map(
    ({ stream, why }) => `Stream ${stream} accepts no entries: ${why}.`,
  );
  const late = views
    .filter((view) => view.state !== 'live' && view.state !== 'rebuilding')
    .map((view) => `View ${view.name}: ${view.state}, ${view.lag} positions behind${leftOf(view)}.`);
  const stopped = (parked ?? []).map(
    ({ view, project, since }) =>
      `View ${view} holds nothing of ${project} from entry ${since.entry} (position ${since.position}) on.`,
  );
  const unfit =
    deliveries?.whyNot === undefined ? [] : [`This replica delivers nothing: ${deliveries.whyNot}.`];
  const unread =
    peopleUnreadable === undefined
      ? []
      : [`This replica cannot read all names of people: ${peopleUnreadable}.`];
  const unsigned =
    ledgerLate === undefined
      ? []
      : [
          `No checkpoint covers the latest entries for ${Math.floor(ledgerLate.lagSeconds)} s${ledgerLate.why === undefined ? '' : `: ${ledgerLate.why.replace(/\.$/, '')}`}.`,
        ];
  return [
    ...down,
    ...mute,
    ...spoilt,
    ...late,
    ...stopped,
    ...(heldBack ?? []),
    ...unfit,
    ...unread,
    ...unsigned,
  ];
}
