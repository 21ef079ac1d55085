import { Controller, Get, Inject, Patch, Post, Put, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Reach } from '../../../domain/access/scope.js';
import type { WriteRequest } from '../../app/queries/asked.js';
import type { Topout } from '../../app/topout.js';
import type { Caller } from '../access/caller.js';
import { permitted } from '../access/writing.js';
import { Answers, Writes } from '../answers/answers.js';
import { type Language, localised, Spoken } from '../answers/language.js';
import { comparedOf, explanationOf, filterOf, momentOf, pageOf, seriesOf } from '../dto/asked.js';
import { ContradictionExplained, explanationOf as contradictionExplained } from '../dto/explanation.js';
import { metadataOf } from '../dto/facts/entry.js';
import {
  ChangesQuery,
  ContradictionsQuery,
  ExplanationQuery,
  JournalQuery,
  MomentQuery,
  ProjectsQuery,
  SeriesQuery,
} from '../dto/moment.js';
import { PlanAdopted, planOf } from '../dto/plan.js';
import { detailsOf, NewProject, ProjectDescribed } from '../dto/project.js';
import type { Reply } from '../server/fastify-types.js';
import { Leaving } from '../server/leaving.js';
import { Asked, BodyAs, CallerIs, ProjectId, QueryAs, Within } from './parameters.js';
import { topoutToken } from './token.js';
import { answered, todayFor, write } from './write.js';

/** Projects: registered, described, planned; and their state at a moment. */
@ApiTags('projects')
@Controller('projects')
export class ProjectsController {
  constructor(@Inject(topoutToken) private readonly topout: Topout) {}

  /** Registers a project under a new id. */
  @Post()
  @Writes()
  async register(
    @BodyAs(NewProject) said: NewProject,
    @Asked() asked: WriteRequest,
    @CallerIs() caller: Caller,
    @Res({ passthrough: true }) reply: Reply,
  ) {
    const command = {
      type: 'RegisterProject' as const,
      entry: metadataOf(said, await todayFor(this.topout, said.project, said)),
      data: detailsOf(said),
    };
    await permitted(this.topout, caller, said.project, command);
    const receipt = await write(this.topout, said.project, command, asked);
    reply.header('location', `/projects/${said.project}`);
    return answered(reply, receipt);
  }

  /** Records changed details. */
  @Patch(':project')
  @Writes()
  async describe(
    @ProjectId() project: string,
    @BodyAs(ProjectDescribed) said: ProjectDescribed,
    @Asked() asked: WriteRequest,
    @CallerIs() caller: Caller,
    @Res({ passthrough: true }) reply: Reply,
  ) {
    const command = {
      type: 'DescribeProject' as const,
      entry: metadataOf(said, await todayFor(this.topout, project, { asOf: said.asOf })),
      data: detailsOf(said),
    };
    await permitted(this.topout, caller, project, command);
    return answered(reply, await write(this.topout, project, command, asked));
  }

  /** Adopts a whole new plan; earlier plans stay in the journal. */
  @Put(':project/plan')
  @Writes()
  async adopt(
    @ProjectId() project: string,
    @BodyAs(PlanAdopted) said: PlanAdopted,
    @Asked() asked: WriteRequest,
    @Res({ passthrough: true }) reply: Reply,
  ) {
    const command = {
      type: 'AdoptPlan' as const,
      entry: metadataOf(said, await todayFor(this.topout, project, { asOf: said.asOf })),
      data: planOf(said),
    };
    return answered(reply, await write(this.topout, project, command, asked));
  }

  /** Lists projects ordered by id, one row each. */
  @Get()
  @Answers('Projects')
  async list(
    @QueryAs(ProjectsQuery) query: ProjectsQuery,
    @Spoken() language: Language,
    @Leaving() leaving: AbortSignal,
    @Within('project-read') within: Reach | undefined,
  ) {
    const asked = momentOf(query, leaving, within);
    return localised(await this.topout.projects(asked, filterOf(query), pageOf(query)), language);
  }

  /** Shows one project, each figure with its entries. */
  @Get(':project')
  @Answers('Project', { hasRevision: true })
  async show(
    @ProjectId() project: string,
    @QueryAs(MomentQuery) query: MomentQuery,
    @Spoken() language: Language,
    @Res({ passthrough: true }) reply: Reply,
  ) {
    const answer = await this.topout.project(project, momentOf(query));
    reply.header('etag', `"${answer.revision}"`);
    return localised(answer, language);
  }

  /** Lists contradictory entries, open ones before explained ones before settled ones, latest first. */
  @Get(':project/contradictions')
  @Answers('Contradictions')
  async contradictions(
    @ProjectId() project: string,
    @QueryAs(ContradictionsQuery) query: ContradictionsQuery,
    @Spoken() language: Language,
  ) {
    return localised(await this.topout.contradictions(project, momentOf(query), pageOf(query)), language);
  }

  /** Says why a contradiction stays. */
  @Post(':project/contradictions/explanations')
  @Writes()
  async explainContradiction(
    @ProjectId() project: string,
    @BodyAs(ContradictionExplained) said: ContradictionExplained,
    @Asked() asked: WriteRequest,
    @CallerIs() caller: Caller,
    @Res({ passthrough: true }) reply: Reply,
  ) {
    const command = contradictionExplained(said, await todayFor(this.topout, project, said));
    await permitted(this.topout, caller, project, command);
    return answered(reply, await write(this.topout, project, command, asked));
  }

  /** Lists every entry in plain words, with both clocks and its corrections. */
  @Get(':project/journal')
  @Answers('Journal')
  async journal(
    @ProjectId() project: string,
    @QueryAs(JournalQuery) query: JournalQuery,
    @Spoken() language: Language,
    @Leaving() leaving: AbortSignal,
  ) {
    const withAlerts = query.include === 'alerts';
    const { order, contains } = query;
    const page = {
      ...pageOf(query),
      newestFirst: order === 'newest',
      withAlerts,
      ...(contains === undefined ? {} : { contains }),
    };
    return localised(await this.topout.journal(project, momentOf(query, leaving), page), language);
  }

  /** Shows the figures at the end of every day on which something changed. */
  @Get(':project/series')
  @Answers('Series')
  async series(
    @ProjectId() project: string,
    @QueryAs(SeriesQuery) query: SeriesQuery,
    @Leaving() leaving: AbortSignal,
  ) {
    return this.topout.series(project, { ...seriesOf(query), leaving });
  }

  /** Explains one figure: every number down to the entries, and the entries that do not count for it. */
  @Get(':project/explanation')
  @Answers('Explanation')
  async explanation(
    @ProjectId() project: string,
    @QueryAs(ExplanationQuery) query: ExplanationQuery,
    @Spoken() language: Language,
    @Leaving() leaving: AbortSignal,
  ) {
    const { figure = 'percent' } = query;
    return localised(await this.topout.explanation(project, figure, explanationOf(query, leaving)), language);
  }

  /** Compares two days, or what was known at two moments; lists the changes, by how much and by which entries. */
  @Get(':project/changes')
  @Answers('Changes')
  async changes(
    @ProjectId() project: string,
    @QueryAs(ChangesQuery) query: ChangesQuery,
    @Spoken() language: Language,
    @Leaving() leaving: AbortSignal,
  ) {
    const [from, to] = comparedOf(query);
    return localised(await this.topout.changes(project, from, { ...to, leaving }), language);
  }
}
