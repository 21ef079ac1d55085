import { Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Topout } from '../../app/topout.js';
import type { Caller } from '../access/caller.js';
import { Answers } from '../answers/answers.js';
import { type Language, Spoken } from '../answers/language.js';
import { TableSaid } from '../dto/table.js';
import { BodyAs, CallerIs } from './parameters.js';
import { readTable } from './read-table.js';
import { topoutToken } from './token.js';

/** Tables of reports, a row a project. */
@ApiTags('entries')
@Controller('tables')
export class TablesController {
  constructor(@Inject(topoutToken) private readonly topout: Topout) {}

  /**
   * Reads a table into entries, and lists row by row what was not understood. Nothing is recorded: the entries that a
   * person chooses are sent to `POST /entries`, and sending them again adds nothing.
   */
  @Post('reading')
  @HttpCode(200)
  @Answers('TableRead')
  async readTable(
    @BodyAs(TableSaid) said: TableSaid,
    @Spoken() language: Language,
    @CallerIs() caller: Caller,
  ) {
    return readTable(this.topout, said, language, caller);
  }
}
