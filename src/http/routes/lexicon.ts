import { Controller, Get, Headers, Inject, Post, Put, Res } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Reach } from '../../../domain/access/scope.js';
import { omitUndefined } from '../../../domain/values/omit-undefined.js';
import type { LexiconTest } from '../../../projections/lexicon/lexicon-test.js';
import type { WriteRequest } from '../../app/queries/asked.js';
import type { Topout } from '../../app/topout.js';
import { Answers, Writes } from '../answers/answers.js';
import { type Language, localised, Spoken } from '../answers/language.js';
import { type LongAnswer, LongAnswers, problemLine } from '../answers/long-answers.js';
import { ref } from '../answers/schema.js';
import { LexiconSaid, LexiconTestQuery, lexiconOf } from '../dto/lexicon.js';
import { RulesQuery } from '../dto/rules.js';
import type { Reply } from '../server/fastify-types.js';
import { Asked, BodyAs, QueryAs, Within } from './parameters.js';
import { topoutToken } from './token.js';
import { seenBy } from './write.js';

/** The words of progress and their ranges: shown, adopted, and tested. */
@ApiTags('rules')
@Controller('lexicon')
export class LexiconController {
  constructor(
    @Inject(topoutToken) private readonly topout: Topout,
    @Inject(LongAnswers) private readonly long: LongAnswers,
  ) {}

  /** Shows the lexicon in force, or an earlier version. */
  @Get()
  @Answers('LexiconVersion', { hasRevision: true })
  async lexicon(@QueryAs(RulesQuery) { version }: RulesQuery, @Res({ passthrough: true }) reply: Reply) {
    const found = await this.topout.governance.lexicon(version === undefined ? undefined : Number(version));
    reply.header('etag', `"${found.lexicon.version}"`);
    return found;
  }

  /** Lists all versions, latest first. */
  @Get('versions')
  @Answers('LexiconVersions')
  async lexiconVersions() {
    return { items: await this.topout.governance.lexiconVersions() };
  }

  /** Adopts a whole lexicon as the next version; an equal one records nothing. */
  @Put()
  @Writes('LexiconAdopted')
  async adoptLexicon(
    @BodyAs(LexiconSaid) said: LexiconSaid,
    @Asked() asked: WriteRequest,
    @Res({ passthrough: true }) reply: Reply,
  ) {
    const adopted = await this.topout.governance.adoptLexicon(lexiconOf(said), seenBy(said, asked));
    const { lexicon, entry, position, recordedAt, by, outcome } = adopted;
    reply.status(outcome === 'already-said' ? 200 : 201);
    reply.header('etag', `"${lexicon.version}"`);
    if (outcome === 'replayed') reply.header('idempotent-replayed', 'true');
    const answer = { lexicon, entry, position, recordedAt, by };
    return { ...answer, outcome: outcome === 'already-said' ? outcome : ('recorded' as const) };
  }

  /**
   * Compares the figures of a day by a lexicon and by the one in force; nothing is recorded. It has no time limit, as
   * the test of rules.
   */
  @Post('test')
  @ApiResponse({
    status: 200,
    description: 'LexiconTest',
    content: {
      'application/json': { schema: ref('LexiconTest') },
      'application/x-ndjson': { schema: ref('LexiconTestLine') },
    },
  })
  async testLexicon(
    @QueryAs(LexiconTestQuery) { asOf = this.topout.today().on, ...place }: LexiconTestQuery,
    @BodyAs(LexiconSaid) said: LexiconSaid,
    @Within('rules-test') within: Reach | undefined,
    @Headers('accept') accepted: string | undefined,
    @Spoken() language: Language,
    @Res({ passthrough: true }) reply: Reply & Parameters<LongAnswers['of']>[0],
  ) {
    const where = omitUndefined(place);
    const work: Parameters<LongAnswers['of']>[1] = (leaving, onProgress) =>
      this.topout.governance.testLexicon(
        lexiconOf(said),
        asOf,
        where,
        omitUndefined({ leaving, onProgress, within }),
      );
    reply.status(200);
    const wantsLines = /\bapplication\/x-ndjson\b/i.test(accepted ?? '');
    const kind = wantsLines ? asLines(language) : asJson(language);
    return this.long.of(reply, work as () => Promise<LexiconTest>, kind);
  }
}

function asJson(language: Language): LongAnswer<LexiconTest> {
  return {
    type: 'application/json; charset=utf-8',
    text: (found) => JSON.stringify(localised(found, language)),
    sign: () => '\n',
  };
}

/** Progress lines, then a line with the result, or with the problem. */
function asLines(language: Language): LongAnswer<LexiconTest> {
  return {
    type: 'application/x-ndjson',
    text: (found) => `${JSON.stringify({ result: localised(found, language) })}\n`,
    sign: (done, of) => `${JSON.stringify({ done, of })}\n`,
    failure: (error) => problemLine(error, language),
  };
}
