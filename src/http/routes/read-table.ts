import type { Reach } from '../../../domain/access/scope.js';
import type { Command } from '../../../domain/project/commands.js';
import type { Speaker } from '../../../domain/project/facts/fact.js';
import { cellsOf } from '../../../domain/table/cells.js';
import { type CalledProject, finderOf } from '../../../domain/table/find-project.js';
import type { Column } from '../../../domain/table/meaning.js';
import { type FindProject, type RowRead, readRows, type Statement } from '../../../domain/table/reading.js';
import { sheetOf } from '../../../domain/table/sheet.js';
import { tableFacts } from '../../../domain/table/table-facts.js';
import { isSame } from '../../../domain/values/equal.js';
import { omitUndefined } from '../../../domain/values/omit-undefined.js';
import type { Words } from '../../../domain/values/words.js';
import type { ItemCompletion } from '../../../projections/completion/completion.js';
import type { ProjectAnswer, Topout } from '../../app/topout.js';
import { type Caller, openCaller, within } from '../access/caller.js';
import { permitted } from '../access/writing.js';
import type { Language } from '../answers/language.js';
import { entryShapes } from '../dto/entry-shapes.js';
import type { TableSaid } from '../dto/table.js';
import { refuse } from '../problems/faults.js';
import { problemOf } from '../problems/problem.js';
import { commandOfLine } from './import-lines.js';
import { isPlanned } from './known-amounts.js';

/** An entry that a row states: a line for `POST /entries`. */
type TableEntry = Record<string, unknown> & { project: string; type: string; asOf: string };

/** A cell or a statement that was not understood, or that cannot be recorded so. */
interface TableDoubt {
  /** The headings of its cells; absent for the row as a whole. */
  heading?: string;
  seen: string;
  /** In the language of the answer, as the sentences of a row. */
  expected: string;
}

/** What a row of a table states. */
interface TableRow {
  /** Its line in the table, from 1. */
  line: number;
  /** The project as it was written. */
  said: string;
  /** Absent where no project is known by that name. */
  project?: string;
  /** What was understood: lines for `POST /entries`, each with its sentence in `sentences`. */
  entries: TableEntry[];
  sentences: string[];
  /** What was not understood; none of it is in `entries`. */
  unclear: TableDoubt[];
}

/** A table as it was read; nothing is recorded. */
export interface TableRead {
  /** The day or the month that the entries are of. */
  asOf: string;
  /** The columns with what they mean; those without a meaning are left out of the entries. */
  columns: Column[];
  rows: TableRow[];
}

/**
 * Reads a table into entries that `POST /entries` takes, and lists what was not understood; records nothing.
 *
 * An entry has the same id each time that the same row of the same document is sent, because it has the same content.
 *
 * @throws RequestRefused no headings, or no day
 */
export async function readTable(
  topout: Topout,
  said: TableSaid,
  language: Language,
  caller: Caller = openCaller,
): Promise<TableRead> {
  const reach = within(caller, 'project-read');
  const phrasebook = topout.governance.phrasebook();
  const mapping = said.columns && { columns: said.columns };
  const facts = tableFacts(topout.facts);
  const sheet = sheetOf(cellsOf(said.text), facts, mapping);
  if (!sheet)
    refuse(
      'body-invalid',
      'text',
      'no line of headings',
      'a line of headings with the name of the project and at least one known column',
    );
  const asOf =
    said.asOf ?? sheet.month ?? refuse('member-missing', 'asOf', 'nothing', 'a day, or a month in the title');
  const rows = readRows(sheet, {
    facts,
    phrasebook,
    find: finderOf(await projectsOf(topout, reach)),
  });
  const reader = new RowReader(
    topout,
    omitUndefined({
      asOf,
      document: said.document,
      onBehalfOf: said.onBehalfOf,
      language,
      within: reach,
      caller,
    }),
  );
  const read: TableRow[] = [];
  for (const row of rows) read.push(await reader.read(row));
  return { asOf, columns: sheet.columns, rows: read };
}

/** What is known of a project before its rows are recorded. */
interface KnownProject {
  shown: ProjectAnswer;
  /** Finds an item of its plan by id or name. */
  find: FindProject;
  named: ReadonlyMap<string, Pick<ItemCompletion, 'name'>>;
}

/** Makes entries of rows, and checks each as it will be checked when it is recorded. */
class RowReader {
  private readonly shapes;
  private readonly facts;
  private readonly today;
  private readonly known = new Map<string, KnownProject>();

  constructor(
    private readonly topout: Topout,
    private readonly table: {
      asOf: string;
      document: string;
      onBehalfOf?: string;
      language: Language;
      within?: Reach;
      caller: Caller;
    },
  ) {
    this.shapes = entryShapes(topout.facts);
    this.today = topout.today().on;
    this.facts = tableFacts(topout.facts);
  }

  async read({ line, said, project, statements, unclear }: RowRead): Promise<TableRow> {
    const { asOf, document, onBehalfOf, language } = this.table;
    const doubts = unclear.map((one) => ({ ...one, expected: one.expected[language] }));
    const row: TableRow = { line, said, entries: [], sentences: [], unclear: doubts };
    if (project === undefined) return row;
    row.project = project;
    for (const statement of statements) {
      const { type, headings, about } = statement;
      const item = about && (await this.knownOf(project)).find(about.said);
      if (item && 'near' in item) {
        const expected = noItem(item.near)[language];
        row.unclear.push({ heading: headings.join(', '), seen: about?.said ?? '', expected });
        continue;
      }
      const members = { ...statement.members, ...(about && item ? { [about.member]: item.project } : {}) };
      const source = { kind: 'import', document, line };
      const fact = omitUndefined({ type, asOf, ...members, source, onBehalfOf });
      try {
        const { named } = this.known.get(project) ?? {};
        const command = commandOfLine(this.shapes, { ...fact }, this.topout);
        const words = this.checked(statement, command, (id) => named?.get(id))[language];
        if (await this.isNeedless(project, command)) continue;
        row.sentences.push(words);
        row.entries.push({ project, ...fact });
      } catch (error) {
        row.unclear.push({
          heading: headings.join(', '),
          seen: statement.cells.join(', '),
          expected: this.why(error),
        });
      }
    }
    return row;
  }

  private async knownOf(project: string): Promise<KnownProject> {
    const known = this.known.get(project);
    if (known) return known;
    const shown = await this.topout.project(project, omitUndefined({ within: this.table.within }));
    const items = shown.completion.items.filter(({ isPlanned }) => isPlanned);
    const called = items.map(({ item, name }) => ({
      project: item,
      names: [name.zh, name.en].filter((one) => one !== undefined),
    }));
    const next = { shown, find: finderOf(called), named: new Map(items.map((one) => [one.item, one])) };
    this.known.set(project, next);
    return next;
  }

  /**
   * True for what the caller may not record and need not, because it is so already.
   *
   * @throws what recording it would be refused for
   */
  private async isNeedless(project: string, command: Command): Promise<boolean> {
    const isKnown = await this.isKnown(project, command);
    try {
      await permitted(this.topout, this.table.caller, project, command);
      return false;
    } catch (error) {
      if (isKnown) return true;
      throw error;
    }
  }

  /** True where the details or the amounts of the plan are so already, so that nothing would be recorded. */
  private async isKnown(project: string, command: Command): Promise<boolean> {
    if (command.type === 'DescribeProject') {
      const { details } = (await this.knownOf(project)).shown;
      return Object.entries(command.data).every(([name, value]) =>
        isSame(value, details[name as keyof typeof details]),
      );
    }
    if (command.type !== 'StatePlanMoney') return false;
    const { asOf } = command.entry;
    const asked = omitUndefined({ asOf, within: this.table.within });
    return isPlanned(command.data, await this.topout.project(project, asked));
  }

  /** @throws what recording it would be refused for */
  private checked({ type }: Statement, command: Command, item: Speaker['item']): Words {
    const fact = this.facts[type];
    const { asOf } = command.entry;
    const data = fact?.complete?.(command.data, asOf, undefined, (day) => day < this.today) ?? command.data;
    fact?.refuse?.(data, { asOf, latestDay: this.today > asOf ? this.today : asOf, live: () => [] });
    return fact?.words(data, asOf, { item, causeOf: () => undefined }) ?? { en: type, zh: type };
  }

  private why(error: unknown): string {
    const { problem, isBug } = problemOf(error, this.table.language);
    if (isBug) throw error;
    return problem.detail;
  }
}

function noItem(near: readonly string[]): Words {
  const beside =
    near.length === 0
      ? { en: '', zh: '' }
      : { en: `, perhaps ${near.join(', ')}`, zh: `，是否为 ${near.join('、')}` };
  return {
    en: `the name or id of an item of the plan of this project${beside.en}`,
    zh: `该项目计划中工程部位的名称或编号${beside.zh}`,
  };
}

/** Every project within reach, with its names. */
async function projectsOf(topout: Topout, within: Reach | undefined): Promise<CalledProject[]> {
  const called: CalledProject[] = [];
  for (let cursor: string | undefined; ; ) {
    const { items, next } = await topout.projects(
      omitUndefined({ within }),
      {},
      omitUndefined({ limit: 500, cursor }),
    );
    for (const { project, name, aliases = [] } of items)
      called.push({ project, names: [name.zh, name.en, ...aliases].filter((one) => one !== undefined) });
    if (next === undefined) return called;
    cursor = next;
  }
}
