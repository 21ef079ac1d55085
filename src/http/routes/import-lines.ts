import { Logger } from '@nestjs/common';
import type { Command } from '../../../domain/project/commands.js';
import type { WriteRequest } from '../../app/queries/asked.js';
import type { Receipt, Topout } from '../../app/topout.js';
import { type Caller, openCaller } from '../access/caller.js';
import { permitted } from '../access/writing.js';
import type { Language } from '../answers/language.js';
import { metadataOf } from '../dto/entry.js';
import { type EntryShapes, entryShapes } from '../dto/entry-shapes.js';
import { commandOf } from '../dto/facts.js';
import { PlanAdopted, planOf } from '../dto/plan.js';
import { detailsOf, ProjectDescribed, ProjectRegistered } from '../dto/project.js';
import { withdrawalOf } from '../dto/withdrawal.js';
import { RequestRefused } from '../problems/faults.js';
import { type Problem, problemOf } from '../problems/problem.js';
import { readJson } from '../validation/json.js';
import type { Line } from '../validation/ndjson.js';
import { shaped } from '../validation/reading.js';
import { idOfContent } from './line-id.js';
import { inWords, type NotBegun, write } from './write.js';

const log = new Logger('Topout');

/** Who states the lines. */
type Signed = Pick<WriteRequest, 'by' | 'verification'>;

/** The result of one line. */
export type LineResult =
  | ({
      line: number;
      /** 201, or 200 when another entry states the same. */
      status: 200 | 201;
    } & Pick<Receipt, 'id' | 'revision' | 'position' | 'outcome'> & {
        notBegun?: NotBegun;
      })
  | { line: number; status: number; problem: Problem };

/**
 * Records one line of an import.
 *
 * A line without an id gets one derived from its content, so that sending it again adds nothing.
 *
 * @throws RequestRefused, and what `Topout.execute` refuses
 */
export async function recordLine(
  topout: Topout,
  text: string | Buffer,
  signed: Signed,
  caller: Caller = openCaller,
): Promise<Receipt> {
  const plain = readJson(text);
  const { id, project, ...said } = plain;
  const { type, asOf } = said;
  const shapes = entryShapes(topout.facts);
  const { id: own, project: on } = shaped(shapes.LineHead, { id, project, type, asOf });
  const command = commandOfLine(shapes, said, topout);
  const may = await permitted(topout, caller, on, command);
  return write(topout, on, command, { id: own ?? idOfContent(plain), ...signed, ...may });
}

const project = /"project"\s*:\s*"([^"\\]{1,64})"/;

/** The apparent project of a line, from a quick look before it is parsed. */
export function projectMeant(line: Line): string | undefined {
  return 'bytes' in line ? project.exec(line.bytes.toString('latin1'))?.[1] : undefined;
}

/** Records a line and returns its result; never throws. */
export async function answerLine(
  topout: Topout,
  line: Line,
  asked: { signed: Signed; caller: Caller; language: Language },
): Promise<LineResult> {
  try {
    if ('fault' in line) throw new RequestRefused([line.fault]);
    const { id, revision, position, outcome, notBegun } = await recordLine(
      topout,
      line.bytes,
      asked.signed,
      asked.caller,
    );
    return {
      line: line.number,
      status: outcome === 'already-said' ? 200 : 201,
      id,
      revision,
      position,
      outcome,
      ...(notBegun ? { notBegun: inWords(notBegun) } : {}),
    };
  } catch (error) {
    const { problem, isBug } = problemOf(error, asked.language);
    if (isBug) log.error(error instanceof Error ? error.stack : String(error));
    return { line: line.number, status: problem.status, problem };
  }
}

/** The command of a line. @throws RequestRefused its members are wrong */
export function commandOfLine(
  { facts, administration }: EntryShapes,
  said: Record<string, unknown>,
  topout: Topout,
): Command {
  const today = topout.today().on;
  const phrasebook = topout.governance.phrasebook();
  const { type, ...members } = said;
  if (!Object.hasOwn(administration.shapes, String(type)))
    return commandOf(shaped(facts, said), today, phrasebook);
  switch (type as keyof typeof administration.shapes) {
    case 'ProjectRegistered': {
      const registration = shaped(ProjectRegistered, members);
      return {
        type: 'RegisterProject',
        entry: metadataOf(registration, today),
        data: detailsOf(registration),
      };
    }
    case 'ProjectDescribed': {
      const description = shaped(ProjectDescribed, members);
      return { type: 'DescribeProject', entry: metadataOf(description, today), data: detailsOf(description) };
    }
    case 'PlanAdopted': {
      const plan = shaped(PlanAdopted, members);
      return { type: 'AdoptPlan', entry: metadataOf(plan, today), data: planOf(plan) };
    }
    case 'EntryWithdrawn': {
      const withdrawal = shaped(administration.shapes.EntryWithdrawn, members);
      return withdrawalOf(withdrawal, withdrawal.entry, today, phrasebook);
    }
  }
}
