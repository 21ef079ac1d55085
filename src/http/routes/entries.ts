import { Readable } from 'node:stream';
import { Body, Controller, Get, HttpCode, Inject, Post, Res, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Reach } from '../../../domain/access/scope.js';
import type { WriteRequest } from '../../app/queries/asked.js';
import type { Topout } from '../../app/topout.js';
import type { Caller } from '../access/caller.js';
import { permitted } from '../access/writing.js';
import { Answers, Writes } from '../answers/answers.js';
import { type Language, Spoken } from '../answers/language.js';
import { ref } from '../answers/schema.js';
import { logOf } from '../dto/asked.js';
import { commandOf, type StatedFact } from '../dto/facts/facts.js';
import { LogQuery } from '../dto/moment.js';
import { type StatedWithdrawal, withdrawalOf } from '../dto/withdrawal.js';
import type { Limits } from '../limits/limits.js';
import { refuse } from '../problems/faults.js';
import type { Reply } from '../server/fastify-types.js';
import { inOrder, type Line, linesOf } from '../validation/ndjson.js';
import { answerLine, projectMeant } from './import-lines.js';
import {
  Asked,
  CallerIs,
  EntryBody,
  EntryId,
  LimitKey,
  ProjectId,
  QueryAs,
  Signed,
  Within,
} from './parameters.js';
import { limitsToken, topoutToken } from './token.js';
import { answered, todayFor, write } from './write.js';

/** Limits of an import, in bytes. */
export const importLimits = { body: 10 * 1024 * 1024, line: 256 * 1024 };

/**
 * Concurrent lines of one import, so that the store can commit them together, and of all imports, far fewer than the
 * store's queue: faster senders are slowed down, and not refused.
 */
const linesUnderWay = { each: 2_048, inAll: 8_192 };

/** Facts: one at a time, many as lines, and taken back. */
@ApiTags('entries')
@Controller()
export class EntriesController {
  private imports = 0;

  constructor(
    @Inject(topoutToken) private readonly topout: Topout,
    @Inject(limitsToken) private readonly limits: Limits | null,
  ) {}

  /** Logs one fact about a project. */
  @Post('projects/:project/entries')
  @Writes()
  async log(
    @ProjectId() project: string,
    @EntryBody('facts') fact: StatedFact,
    @Asked() asked: WriteRequest,
    @Res({ passthrough: true }) reply: Reply,
  ) {
    const { topout } = this;
    const command = commandOf(fact, topout.today().on, topout.governance.phrasebook());
    return answered(reply, await write(topout, project, command, asked));
  }

  /** Lists the entries of all projects in order of recording, for folding or following. */
  @Get('entries')
  @Answers('Log')
  async entries(@QueryAs(LogQuery) query: LogQuery, @Within('log-read') within: Reach | undefined) {
    return this.topout.log(logOf(query, within));
  }

  /** Withdraws an entry, with an optional replacement. */
  @Post('projects/:project/entries/:entry/withdrawal')
  @Writes()
  async withdraw(
    @ProjectId() project: string,
    @EntryId() entry: string,
    @EntryBody('Withdrawal') withdrawal: StatedWithdrawal,
    @Asked() asked: WriteRequest,
    @CallerIs() caller: Caller,
    @Res({ passthrough: true }) reply: Reply,
  ) {
    const { topout } = this;
    const today = await todayFor(topout, project, withdrawal);
    const command = withdrawalOf(withdrawal, entry, today, topout.governance.phrasebook());
    const may = await permitted(topout, caller, project, command);
    return answered(reply, await write(topout, project, command, { ...asked, ...may }));
  }

  /**
   * Logs many facts, one JSON object per line with its project; returns a line for each, in order. Sending it again
   * adds nothing.
   */
  @Post('entries')
  @HttpCode(200)
  @ApiHeader({
    name: 'Topout-By',
    description: 'Who says so; anonymous when absent.',
    schema: { type: 'string', maxLength: 64 },
  })
  @ApiBody({
    description: 'NDJSON. Each line is this.',
    required: true,
    schema: {},
  })
  @ApiResponse({
    status: 200,
    description: 'NDJSON. Each line is this.',
    content: { 'application/x-ndjson': { schema: ref('LineResult') } },
  })
  import(
    @Body() body: unknown,
    @Signed() signed: Pick<WriteRequest, 'by' | 'verification'>,
    @CallerIs() caller: Caller,
    @LimitKey() limitKey: string | undefined,
    @Spoken() language: Language,
  ): StreamableFile {
    if (!(body instanceof Readable))
      refuse('content-type-unsupported', 'Content-Type', 'no application/x-ndjson', 'application/x-ndjson');
    const results = inOrder(
      linesOf(body, importLimits),
      (line: Line) => {
        this.limits?.lines(limitKey, 1);
        return answerLine(this.topout, line, { signed, caller, language });
      },
      {
        window: () =>
          Math.max(1, Math.min(linesUnderWay.each, Math.floor(linesUnderWay.inAll / this.imports))),
        kindOf: projectMeant,
      },
    );
    return new StreamableFile(Readable.from(this.asLines(results), { objectMode: false }), {
      type: 'application/x-ndjson',
    });
  }

  private async *asLines(results: AsyncIterable<readonly unknown[]>): AsyncGenerator<string> {
    this.imports++;
    try {
      for await (const some of results) yield some.map((result) => `${JSON.stringify(result)}\n`).join('');
    } finally {
      this.imports--;
    }
  }
}
