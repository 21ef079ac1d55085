import type { Meaning } from '../../../domain/table/meaning.js';
import { longestOnBehalfOf } from '../../../domain/values/author.js';
import { type Kinds, kinds, Member, Optional, shapes } from '../validation/member.js';
import { dayOrMonth, isObject, listOf, oneOf, type Rule, text, typeFinding } from '../validation/rules.js';

const mostSigns = 500_000;

/** The text of a table: cells of any signs, with tabs and line feeds. */
const tableText: Rule = {
  schema: { type: 'string', minLength: 1, maxLength: mostSigns },
  check: (value) => {
    const expected = `a table of 1 to ${mostSigns} characters`;
    if (typeof value !== 'string') return typeFinding(value, false, expected);
    if (value.trim() !== '' && value.length <= mostSigns) return undefined;
    return { type: 'text-invalid', seen: `a text of ${value.length} characters`, expected };
  },
};

const word = text(200);

/** Short texts by short texts. */
const textsByText: Rule = {
  schema: { type: 'object', example: { span: 'month' } },
  check: (value) => {
    if (!isObject(value)) return typeFinding(value, false, 'an object of texts');
    for (const [name, said] of Object.entries(value)) {
      const fault = word.check(name) ?? word.check(said);
      if (fault) return { ...fault, at: `.${name}` };
    }
    return undefined;
  },
};

class ProjectColumn {
  @Member(oneOf(['project']), 'The name or the id of the project of the row.')
  use!: 'project';
}

class UnusedColumn {
  @Member(oneOf(['nothing']), 'Nothing that a fact records.')
  use!: 'nothing';
}

class FactColumn {
  @Member(oneOf(['fact']), 'A member of a fact.')
  use!: 'fact';

  @Member(text(64), 'The type of the fact, such as InvestmentReported.')
  type!: string;

  @Member(
    listOf(text(64), 1, 2),
    'The member that the cell gives, such as amount; two for the ends of a period.',
  )
  gives!: string[];

  @Optional(textsByText, 'Further members, the same for every row, such as the span.')
  with?: Record<string, string>;

  @Optional(text(40), 'The unit of the cells, such as 万元 or %, where their heading names none.')
  unit?: string;

  @Optional(textsByText, 'What words in the cells stand for: a choice, or a word of the lexicon.')
  words?: Record<string, string>;
}

export const meanings: Kinds<ProjectColumn | UnusedColumn | FactColumn> = {
  member: 'use',
  shapes: { project: ProjectColumn, nothing: UnusedColumn, fact: FactColumn },
};

export class ColumnSaid {
  @Member(
    text(500, { isNote: true }),
    'The heading; the unit in brackets, the month and the year in it do not count.',
  )
  heading!: string;

  @Optional(kinds(meanings), 'What its cells say; without it nobody has said so.')
  meaning?: Meaning;
}

/** A table, as it is copied from a spreadsheet or saved as CSV. */
export class TableSaid {
  @Member(tableText, 'The table, with its headings; cells separated by tabs, commas or semicolons.')
  text!: string;

  @Member(text(200), 'Its name: the document in the source of each entry.')
  document!: string;

  @Optional(
    dayOrMonth,
    'The day the table is of, or a month that has ended; the month of its title when absent.',
  )
  asOf?: string;

  @Optional(
    text(longestOnBehalfOf),
    'For whom the entries are entered, such as the owner who sent the table.',
  )
  onBehalfOf?: string;

  @Optional(
    shapes(ColumnSaid, 0, 200),
    'What columns mean, as an earlier answer named them or as a person changed it.',
  )
  columns?: ColumnSaid[];
}
