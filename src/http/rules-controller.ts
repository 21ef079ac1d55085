import { Body, Controller, Get, Headers, Inject, Post, Put, Query, Res } from '@nestjs/common';
import { ApiBody, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { WriteRequest } from '../app/asked.js';
import type { Topout } from '../app/topout.js';
import { Answers, Writes } from './answers.js';
import { backTestCsv } from './back-test-csv.js';
import { RulesQuery, RulesSaid, RulesTestQuery, rulesOf } from './dto/rules.js';
import type { Reply } from './exchange.js';
import { refuse } from './faults.js';
import { given } from './given.js';
import { type Language, localised, Spoken } from './language.js';
import { ref } from './schema.js';
import { As } from './shape.js';
import { topoutToken } from './token.js';
import { Asked } from './write.js';

/** The rules by which alerts are raised: shown, adopted, and tried on all history. */
@ApiTags('rules')
@Controller('rules')
export class RulesController {
  constructor(@Inject(topoutToken) private readonly topout: Topout) {}

  /** Shows the rules in force, or an earlier version. */
  @Get()
  @Answers('RulesVersion', { hasRevision: true })
  async rules(@Query(As(RulesQuery)) { version }: RulesQuery, @Res({ passthrough: true }) reply: Reply) {
    const found = await this.topout.governance.rules(version === undefined ? undefined : Number(version));
    reply.header('etag', `"${found.rules.version}"`);
    return found;
  }

  /** Lists all versions, the latest first. */
  @Get('versions')
  @Answers('RulesVersions')
  async rulesVersions() {
    return { items: await this.topout.governance.rulesVersions() };
  }

  /** Adopts a whole set of rules as the next version; the same rules again record nothing. */
  @Put()
  @Writes('RulesAdopted')
  @ApiBody({ type: RulesSaid })
  async adoptRules(
    @Body(As(RulesSaid)) said: RulesSaid,
    @Asked() asked: WriteRequest,
    @Res({ passthrough: true }) reply: Reply,
  ) {
    const adopted = await this.topout.governance.adoptRules(rulesOf(said), seenBy(said, asked));
    const { rules, entry, position, recordedAt, by, outcome } = adopted;
    const isSaid = outcome === 'already-said';
    reply.status(isSaid ? 200 : 201);
    reply.header('etag', `"${rules.version}"`);
    if (outcome === 'replayed') reply.header('idempotent-replayed', 'true');
    return { rules, entry, position, recordedAt, by, outcome: isSaid ? outcome : 'recorded' };
  }

  /** Judges all history by a set of rules and by the adopted ones; nothing is recorded or told. */
  @Post('test')
  @ApiResponse({
    status: 200,
    description: 'BackTest',
    content: {
      'application/json': { schema: ref('BackTest') as { $ref: string } },
      'text/csv': { schema: { type: 'string' } },
    },
  })
  @ApiBody({ type: RulesSaid })
  async testRules(
    @Query(As(RulesTestQuery)) query: RulesTestQuery,
    @Body(As(RulesSaid)) said: RulesSaid,
    @Headers('accept') accepted: string | undefined,
    @Spoken() language: Language,
    @Res({ passthrough: true }) reply: Reply,
  ) {
    const { from, to, project, district, sector, format } = query;
    if (from > to) refuse('value-out-of-range', 'to', to, `${from}, the day of "from", or later`);
    const where = given({ project, district, sector });
    const found = await this.topout.governance.testRules(rulesOf(said), { from, to }, where);
    reply.status(200);
    const wantsCsv = format === undefined ? /\btext\/csv\b/i.test(accepted ?? '') : format === 'csv';
    if (!wantsCsv) return localised(found, language);
    reply.header('content-type', 'text/csv; charset=utf-8');
    reply.header('content-disposition', `attachment; filename="rules-test-${from}-${to}.csv"`);
    return backTestCsv(found, language);
  }
}

/** The version that the writer saw: by If-Match, or by the rules themselves. */
function seenBy({ version }: RulesSaid, asked: WriteRequest): WriteRequest {
  const { expectedRevision = version } = asked;
  if (version !== undefined && version !== expectedRevision)
    refuse('if-match-invalid', 'If-Match', `"${expectedRevision}" beside version ${version}`, 'one version');
  return given({ ...asked, expectedRevision });
}
