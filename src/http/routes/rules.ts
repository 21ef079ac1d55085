import { Controller, Get, Headers, Inject, Post, Put, Res } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Reach } from '../../../domain/access/scope.js';
import { dayWords } from '../../../domain/values/day-words.js';
import { omitUndefined } from '../../../domain/values/omit-undefined.js';
import type { BackTest } from '../../../projections/alerts/back-test.js';
import type { WriteRequest } from '../../app/queries/asked.js';
import type { Topout } from '../../app/topout.js';
import { Answers, Writes } from '../answers/answers.js';
import { backTestCsv } from '../answers/back-test-csv.js';
import { type Language, localised, Spoken } from '../answers/language.js';
import { type LongAnswer, LongAnswers, problemLine } from '../answers/long-answers.js';
import { ref } from '../answers/schema.js';
import { RulesQuery, RulesSaid, RulesTestQuery, rulesOf } from '../dto/rules.js';
import { refuse } from '../problems/faults.js';
import type { Reply } from '../server/fastify-types.js';
import { Asked, BodyAs, QueryAs, Within } from './parameters.js';
import { topoutToken } from './token.js';
import { seenBy } from './write.js';

/** The rules for raising alerts: shown, adopted, and back-tested. */
@ApiTags('rules')
@Controller('rules')
export class RulesController {
  constructor(
    @Inject(topoutToken) private readonly topout: Topout,
    @Inject(LongAnswers) private readonly long: LongAnswers,
  ) {}

  /** Shows the rules in force, or an earlier version. */
  @Get()
  @Answers('RulesVersion', { hasRevision: true })
  async rules(@QueryAs(RulesQuery) { version }: RulesQuery, @Res({ passthrough: true }) reply: Reply) {
    const found = await this.topout.governance.rules(version === undefined ? undefined : Number(version));
    reply.header('etag', `"${found.rules.version}"`);
    return found;
  }

  /** Lists all versions, latest first. */
  @Get('versions')
  @Answers('RulesVersions')
  async rulesVersions() {
    return { items: await this.topout.governance.rulesVersions() };
  }

  /** Adopts a whole set of rules as the next version; equal rules record nothing. */
  @Put()
  @Writes('RulesAdopted')
  async adoptRules(
    @BodyAs(RulesSaid) said: RulesSaid,
    @Asked() asked: WriteRequest,
    @Res({ passthrough: true }) reply: Reply,
  ) {
    const adopted = await this.topout.governance.adoptRules(rulesOf(said), seenBy(said, asked));
    const { rules, entry, position, recordedAt, by, outcome } = adopted;
    reply.status(outcome === 'already-said' ? 200 : 201);
    reply.header('etag', `"${rules.version}"`);
    if (outcome === 'replayed') reply.header('idempotent-replayed', 'true');
    const answer = { rules, entry, position, recordedAt, by };
    return { ...answer, outcome: outcome === 'already-said' ? outcome : ('recorded' as const) };
  }

  /**
   * Evaluates all history under a set of rules and the adopted ones; nothing is recorded or sent. It has no time limit:
   * blanks precede the JSON, or progress lines precede the result, until it is done or its client leaves.
   */
  @Post('test')
  @ApiResponse({
    status: 200,
    description: 'BackTest',
    content: {
      'application/json': { schema: ref('BackTest') },
      'application/x-ndjson': { schema: ref('BackTestLine') },
      'text/csv': { schema: { type: 'string' } },
    },
  })
  async testRules(
    @QueryAs(RulesTestQuery) query: RulesTestQuery,
    @BodyAs(RulesSaid) said: RulesSaid,
    @Within('rules-test') within: Reach | undefined,
    @Headers('accept') accepted: string | undefined,
    @Spoken() language: Language,
    @Res({ passthrough: true }) reply: Reply & Parameters<LongAnswers['of']>[0],
  ) {
    const { from, to, project, district, sector, format } = query;
    if (from > to)
      refuse('value-out-of-range', 'to', to, {
        en: `${dayWords(from).en}, the day of "from", or later`,
        zh: `${dayWords(from).zh}（起始日）或以后`,
      });
    const where = omitUndefined({ project, district, sector });
    const wantsCsv = format === undefined ? /\btext\/csv\b/i.test(accepted ?? '') : format === 'csv';
    const wantsLines = /\bapplication\/x-ndjson\b/i.test(accepted ?? '');
    const work: Parameters<LongAnswers['of']>[1] = (leaving, onProgress) =>
      this.topout.governance.testRules(
        rulesOf(said),
        { from, to },
        where,
        omitUndefined({ leaving, onProgress, within }),
      );
    reply.status(200);
    if (wantsCsv && !wantsLines)
      reply.header('content-disposition', `attachment; filename="rules-test-${from}-${to}.csv"`);
    const kind = wantsLines
      ? backTestLines(wantsCsv, language)
      : wantsCsv
        ? asCsv(language)
        : asJson(language);
    return this.long.of(reply, work as () => Promise<BackTest>, kind);
  }
}

function asJson(language: Language): LongAnswer<BackTest> {
  return {
    type: 'application/json; charset=utf-8',
    text: (found) => JSON.stringify(localised(found, language)),
    sign: () => '\n',
  };
}

function asCsv(language: Language): LongAnswer<BackTest> {
  return { type: 'text/csv; charset=utf-8', text: (found) => backTestCsv(found, language) };
}

/** Progress lines, then a line with the result, or with the problem. */
function backTestLines(isCsv: boolean, language: Language): LongAnswer<BackTest> {
  const resultOf = (found: BackTest) =>
    isCsv ? { csv: backTestCsv(found, language) } : { result: localised(found, language) };
  return {
    type: 'application/x-ndjson',
    text: (found) => `${JSON.stringify(resultOf(found))}\n`,
    sign: (done, of) => `${JSON.stringify({ done, of })}\n`,
    failure: (error) => problemLine(error, language),
  };
}
