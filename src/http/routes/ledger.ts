import { Readable } from 'node:stream';
import { Controller, Get, Header, Inject, Param, Post, StreamableFile } from '@nestjs/common';
import { ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { streamOf } from '../../../domain/project/events.js';
import type { LedgerQueries } from '../../app/ledger/ledger-answers.js';
import { Refused } from '../../app/refusals.js';
import type { Topout } from '../../app/topout.js';
import { bundleType } from '../../ledger/bundle-format.js';
import { Answers } from '../answers/answers.js';
import { CosignatureSaid, LedgerGrowthQuery, LedgerProofQuery } from '../dto/ledger.js';
import { BodyAs, EntryId, ProjectId, QueryAs } from './parameters.js';
import { topoutToken } from './token.js';

/** Signed checkpoints of the log, and proofs on them; they hold hashes only, never what an entry says. */
@ApiTags('ledger')
@Controller('ledger')
export class LedgerController {
  constructor(@Inject(topoutToken) private readonly topout: Topout) {}

  /** The latest checkpoint: a signed note (C2SP tlog-checkpoint). */
  @Get('checkpoint')
  @Header('content-type', 'text/plain; charset=utf-8')
  @Header('cache-control', 'no-store')
  @ApiResponse({
    status: 200,
    description: 'Checkpoint.',
    content: { 'text/plain': { schema: { type: 'string' } } },
  })
  checkpoint(): string {
    return ledgerOf(this.topout).checkpoint();
  }

  /** The keys that sign and signed, each handed over to the next. */
  @Get('keys')
  @Answers('LedgerKeys')
  ledgerKeys() {
    return ledgerOf(this.topout).keys();
  }

  /** Proves that an entry is in the ledger. */
  @Get('proof/:entry')
  @Answers('EntryProof')
  entryProof(@EntryId() entry: string, @QueryAs(LedgerProofQuery) { size }: LedgerProofQuery) {
    return ledgerOf(this.topout).proof(entry, size === undefined ? undefined : Number(size));
  }

  /** Proves that the ledger only grew between two sizes. */
  @Get('consistency')
  @Answers('GrowthProof')
  growthProof(@QueryAs(LedgerGrowthQuery) { from, to }: LedgerGrowthQuery) {
    return ledgerOf(this.topout).consistency(Number(from), to === undefined ? undefined : Number(to));
  }

  /** The hashes of a tile in a row, 32 bytes each (C2SP tlog-tiles). */
  @Get('tile/*')
  @ApiParam({ name: 'path', type: String, example: '0/000.p/12' })
  @ApiResponse({
    status: 200,
    description: 'Tile.',
    content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
  })
  tile(@Param('*') path: string): StreamableFile {
    return new StreamableFile(ledgerOf(this.topout).tile(path), { type: 'application/octet-stream' });
  }

  /** Keeps the cosignature of a witness with its checkpoint. */
  @Post('cosignatures')
  @Answers('CosignatureTaken', { status: 201 })
  cosign(@BodyAs(CosignatureSaid) { checkpoint }: CosignatureSaid) {
    return ledgerOf(this.topout).cosign(checkpoint);
  }
}

/** All entries of a project with their proofs, as one file. */
@ApiTags('ledger')
@Controller('projects')
export class BundleController {
  constructor(@Inject(topoutToken) private readonly topout: Topout) {}

  /** The entries up to the latest checkpoint, each with its proof (docs/bundle-format.md). */
  @Get(':project/bundle')
  @Header('cache-control', 'no-store')
  @ApiResponse({
    status: 200,
    description: 'Bundle.',
    content: { [bundleType]: { schema: { type: 'string' } } },
  })
  async bundle(@ProjectId() project: string): Promise<StreamableFile> {
    const ledger = ledgerOf(this.topout);
    // Refuses a project that is unknown.
    await this.topout.journal(project, {}, { limit: 1, newestFirst: false, withAlerts: false });
    const parts = await ledger.bundle(streamOf(project));
    return new StreamableFile(Readable.from(parts, { objectMode: false }), {
      type: `${bundleType}; charset=utf-8`,
      disposition: `attachment; filename="${project}.bundle"`,
    });
  }
}

/** The ledger of an installation. @throws Refused `ledger-off` */
function ledgerOf({ ledger }: Topout): LedgerQueries {
  if (ledger) return ledger;
  throw new Refused('ledger-off', {
    seen: { en: 'an installation that keeps no ledger', zh: '未启用账本的安装' },
    expected: { en: 'one that runs without TOPOUT_LEDGER=off', zh: '未设置 TOPOUT_LEDGER=off 的安装' },
  });
}
