import type { FactTable } from '../project/facts/fact.js';
import type { Member } from '../project/facts/members.js';
import type { Phrasebook } from '../values/lexicon/phrases.js';
import type { Words } from '../values/words.js';
import { isBlank, readCell } from './cell.js';
import { isKnown, unitIn, yearIn } from './mapping.js';
import type { Meaning } from './meaning.js';
import { furtherMembers } from './possible-meanings.js';
import type { Sheet } from './sheet.js';

/** A fact that a row states, with the members that the API takes, without its day and its source. */
export interface Statement {
  type: string;
  members: Readonly<Record<string, unknown>>;
  /** The headings of the cells that it was read from, and the content of these cells. */
  headings: string[];
  cells: string[];
  /** The item that it is about, as a person named it of the column, and the member that takes its id. */
  about?: { member: string; said: string };
}

/** A cell, or the name of a project, that was not understood. */
interface Unclear {
  /** Absent where the row as a whole was not understood. */
  heading?: string;
  seen: string;
  expected: Words;
}

/** What one row states. */
export interface RowRead {
  line: number;
  /** The name of its project as it was written. */
  said: string;
  /** The id of its project; absent where none is known by that name. */
  project?: string;
  statements: Statement[];
  unclear: Unclear[];
}

/** Finds a project by a name as it was written, or names that are near to it. */
export type FindProject = (said: string) => { project: string } | { near: readonly string[] };

/** What a table is read by. */
export interface TableContext {
  facts: FactTable;
  phrasebook: Phrasebook;
  find: FindProject;
}

type FactMeaning = Extract<Meaning, { use: 'fact' }>;

/**
 * Reads the rows of a table; nothing is guessed, and what is not understood is listed with its row.
 *
 * A row without a name continues the project above it, as a merged cell does. Rows of totals and of headings of groups state nothing.
 */
export function readRows(sheet: Sheet, context: TableContext): RowRead[] {
  const at = sheet.columns.findIndex(({ meaning }) => meaning?.use === 'project');
  const rows: RowRead[] = [];
  let above = '';
  for (const { line, cells } of sheet.rows) {
    const named = (cells[at] ?? '').trim();
    if (isTotal(cells) || isGroupHeading(cells)) {
      above = '';
      continue;
    }
    const said = isBlank(named) ? above : named;
    above = said;
    const row: RowRead = { line, said, statements: [], unclear: [] };
    rows.push(row);
    if (said === '') {
      row.unclear.push({ seen: cells.filter((cell) => cell.trim() !== '').join(' | '), expected: nameless });
      continue;
    }
    const found = context.find(said);
    if ('project' in found) row.project = found.project;
    else row.unclear.push({ seen: said, expected: unknownWords(found.near) });
    readFacts(row, cells, sheet, context);
  }
  return rows;
}

function readFacts(row: RowRead, cells: readonly string[], sheet: Sheet, context: TableContext): void {
  const statements = new Map<string, { statement: Statement; members: Record<string, unknown> }>();
  for (const [at, { heading, meaning }] of sheet.columns.entries()) {
    const cell = cells[at] ?? '';
    if (meaning?.use !== 'fact' || isBlank(cell)) continue;
    const read = readMembers(cell, { heading, meaning, unitOfTable: sheet.unit }, context);
    if ('expected' in read) {
      row.unclear.push({ heading, seen: cell.trim(), expected: read.expected });
      continue;
    }
    const fixed = meaning.with ?? {};
    let key = `${meaning.type} ${JSON.stringify(fixed)}`;
    // Two columns of one meaning, or of different years, are two statements.
    while (differs(statements.get(key)?.members ?? {}, read.members)) key += "'";
    const known = statements.get(key);
    if (known) {
      Object.assign(known.members, read.members);
      known.statement.headings.push(heading);
      known.statement.cells.push(cell.trim());
    } else {
      const members = { ...fixed, ...read.members };
      const about = itemSaid(meaning, context.facts);
      const from = { headings: [heading], cells: [cell.trim()] };
      const statement = { type: meaning.type, members, ...from, ...(about ? { about } : {}) };
      statements.set(key, { members, statement });
    }
  }
  row.statements.push(...[...statements.values()].map(({ statement }) => statement));
}

/** True if members cannot be of one statement: one has two values, of which only the year may be the same. */
function differs(known: Readonly<Record<string, unknown>>, more: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(more).some(
    ([name, value]) => known[name] !== undefined && !(name === 'year' && known[name] === value),
  );
}

/** The item that a person named of a column; undefined for the project as a whole. */
function itemSaid({ type, gives, with: fixed = {} }: FactMeaning, facts: FactTable): Statement['about'] {
  const { item: member } = furtherMembers({ use: 'fact', type, gives }, facts);
  const said = member === undefined ? undefined : fixed[member];
  const shape = facts[type]?.shape[member ?? ''];
  if (member === undefined || said === undefined) return undefined;
  if (shape?.kind === 'id' && Object.hasOwn(shape.named ?? {}, said)) return undefined;
  return { member, said };
}

function readMembers(
  cell: string,
  {
    heading,
    meaning,
    unitOfTable,
  }: { heading: string; meaning: FactMeaning; unitOfTable: string | undefined },
  { facts, phrasebook }: TableContext,
): { members: Record<string, unknown> } | { expected: Words } {
  if (!isKnown(meaning, facts)) return { expected: unknownMeaning };
  const shape = facts[meaning.type]?.shape ?? {};
  const members: Record<string, unknown> = {};
  for (const name of meaning.gives) {
    const member = shape[name] as Member;
    // The heading of this month counts before what was said of the column once.
    const unit = unitIn(heading) ?? meaning.unit ?? (member.kind === 'money' ? unitOfTable : undefined);
    const read = readCell(cell, member, { unit, words: meaning.words ?? {}, phrasebook });
    if ('expected' in read) return read;
    members[name] = read.value;
  }
  const year = yearIn(heading);
  if (shape.year && !meaning.gives.includes('year') && year !== undefined) members.year = year;
  return { members };
}

function isTotal(cells: readonly string[]): boolean {
  return cells
    .slice(0, 3)
    .some((cell) => /^(合\s*计|总\s*计|小\s*计|(sub)?totals?)[::]?$/i.test(cell.trim()));
}

/** A row with one filled cell heads a group: 一、产业项目. */
function isGroupHeading(cells: readonly string[]): boolean {
  return cells.length > 2 && cells.filter((cell) => cell.trim() !== '').length === 1;
}

function unknownWords(near: readonly string[]): Words {
  if (near.length === 0)
    return { en: 'the name or id of a registered project', zh: '已登记项目的名称或编号' };
  return {
    en: `the name or id of a registered project, perhaps ${near.join(', ')}`,
    zh: `已登记项目的名称或编号，是否为 ${near.join('、')}`,
  };
}

const nameless: Words = { en: 'the name of a project', zh: '项目名称' };
const unknownMeaning: Words = {
  en: 'a fact and a member that Topout records',
  zh: 'Topout 所记录的事实及其内容',
};
