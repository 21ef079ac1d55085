import { Logger } from '@nestjs/common';
import type { Command } from '../../../domain/project/commands.js';
import { StepRefused } from '../../app/commands/together.js';
import type { Step, WriteRequest } from '../../app/queries/asked.js';
import type { Receipt, Topout } from '../../app/topout.js';
import { type Caller, openCaller } from '../access/caller.js';
import { permitted } from '../access/writing.js';
import type { Language } from '../answers/language.js';
import { type EntryShapes, entryShapes } from '../dto/entry-shapes.js';
import { ContradictionExplained, explanationOf } from '../dto/explanation.js';
import { metadataOf } from '../dto/facts/entry.js';
import { commandOf } from '../dto/facts/facts.js';
import { PlanAdopted, planOf } from '../dto/plan.js';
import { PlanMoneyStated, planMoneyOf } from '../dto/plan-money.js';
import { detailsOf, ProjectDescribed, ProjectRegistered } from '../dto/project.js';
import { withdrawalOf } from '../dto/withdrawal.js';
import { inMember, RequestRefused, refuse, seenAs } from '../problems/faults.js';
import { type Problem, problemOf } from '../problems/problem.js';
import { readJson } from '../validation/json.js';
import type { Line } from '../validation/ndjson.js';
import { shaped } from '../validation/reading.js';
import { idOfContent } from './line-id.js';
import { inWords, type NotBegun, requireSize, write } from './write.js';

const log = new Logger('Topout');

/** A line as JSON. */
type Plain = Record<string, unknown>;

/** Who states the lines. */
type Signed = Pick<WriteRequest, 'by' | 'verification'>;

/** What became of an entry of a line. */
type EntryResult = Pick<Receipt, 'id' | 'revision' | 'position' | 'outcome'> & { notBegun?: NotBegun };

/** The result of one line. */
export type LineResult =
  | ({
      line: number;
      /** 201, or 200 when another entry states the same. */
      status: 200 | 201;
    } & EntryResult)
  | {
      line: number;
      /** 201, or 200 when others state all of them already. */
      status: 200 | 201;
      /** Of the entries of the line, in their order. */
      entries: EntryResult[];
    }
  | {
      line: number;
      status: number;
      problem: Problem;
      /** Of a line of several entries, the place of the refused one, from 1; none of them was recorded. */
      entry?: number;
    };

/**
 * Records a line of an import with one entry.
 *
 * An entry without an id gets one derived from its content, so that sending it again adds nothing.
 *
 * @throws RequestRefused, and what `Topout.execute` refuses
 */
export async function recordLine(
  topout: Topout,
  text: string | Buffer,
  signed: Signed,
  caller: Caller = openCaller,
): Promise<Receipt> {
  return recordOne(topout, readJson(text), { signed, caller });
}

interface By {
  signed: Signed;
  caller: Caller;
}

async function recordOne(topout: Topout, plain: Plain, { signed, caller }: By): Promise<Receipt> {
  const { on, command, id } = readEntry(topout, plain);
  const may = await permitted(topout, caller, on, command);
  return write(topout, on, command, { id, ...signed, ...may });
}

/** Records the entries of a line together. @throws StepRefused one of them is refused, so that none is recorded */
async function recordAll(topout: Topout, plain: Plain, { signed, caller }: By): Promise<Receipt[]> {
  const { project, entries } = shaped(entryShapes(topout.facts).LineOfEntries, plain);
  const steps: Step[] = [];
  for (const [place, entry] of entries.entries())
    try {
      const { command, id } = inMember(`entries[${place}]`, () => {
        if (Object.hasOwn(entry, 'project'))
          refuse('member-unknown', 'project', seenAs(entry.project), {
            en: 'no project of its own: the line has it',
            zh: '不另填项目：已由该行给出',
          });
        return readEntry(topout, { ...entry, project });
      });
      requireSize(command);
      steps.push({ command, id, ...(await permitted(topout, caller, project, command)) });
    } catch (error) {
      throw new StepRefused(place, error);
    }
  return topout.executeTogether(project, steps, signed);
}

/** The command of an entry with its project. @throws RequestRefused */
function readEntry(topout: Topout, plain: Plain): { on: string; command: Command; id: string } {
  const { id, project, ...said } = plain;
  const { type, asOf } = said;
  const shapes = entryShapes(topout.facts);
  const { id: own, project: on } = shaped(shapes.LineHead, { id, project, type, asOf });
  return { on, command: commandOfLine(shapes, said, topout), id: own ?? idOfContent(plain) };
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
    const { number } = line;
    const plain = readJson(line.bytes);
    if (Object.hasOwn(plain, 'entries')) {
      const receipts = await recordAll(topout, plain, asked);
      return { line: number, status: statusOf(receipts), entries: receipts.map(resultOf) };
    }
    const receipt = await recordOne(topout, plain, asked);
    return { line: number, status: statusOf([receipt]), ...resultOf(receipt) };
  } catch (error) {
    const step = error instanceof StepRefused ? error : undefined;
    const { problem, isBug } = problemOf(step?.cause ?? error, asked.language);
    if (isBug) log.error(error instanceof Error ? error.stack : String(error));
    return { line: line.number, status: problem.status, problem, ...(step ? { entry: step.place + 1 } : {}) };
  }
}

function statusOf(receipts: readonly Receipt[]): 200 | 201 {
  return receipts.every(({ outcome }) => outcome === 'already-said') ? 200 : 201;
}

function resultOf({ id, revision, position, outcome, notBegun }: Receipt): EntryResult {
  return { id, revision, position, outcome, ...(notBegun ? { notBegun: inWords(notBegun) } : {}) };
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
  if (typeof type !== 'string' || !Object.hasOwn(administration.shapes, type))
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
    case 'PlanMoneyStated': {
      const money = shaped(PlanMoneyStated, members);
      const entry = metadataOf(money, today);
      return { type: 'StatePlanMoney', entry, data: planMoneyOf(money, entry.asOf) };
    }
    case 'ContradictionExplained':
      return explanationOf(shaped(ContradictionExplained, members), today);
    case 'EntryWithdrawn': {
      const withdrawal = shaped(administration.shapes.EntryWithdrawn, members);
      return withdrawalOf(withdrawal, withdrawal.entry, today, phrasebook);
    }
  }
}
