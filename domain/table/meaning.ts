/** What the cells of a column say. */
export type Meaning =
  /** The name or the id of the project of the row. */
  | { use: 'project' }
  /** Nothing that a fact records. */
  | { use: 'nothing' }
  | {
      use: 'fact';
      /** The type of the fact. */
      type: string;
      /** The member of the fact that the cell gives, or the two ends of a period. */
      gives: readonly string[];
      /** Further members, the same for every row. */
      with?: Readonly<Record<string, string>>;
      /** The unit of the cells, such as 万元 or %, where their heading names none. */
      unit?: string;
      /** What words in the cells stand for: a choice, or a word of the lexicon. */
      words?: Readonly<Record<string, string>>;
    };

/** A column of a table; without a meaning nobody has said what its cells say. */
export interface Column {
  heading: string;
  meaning?: Meaning;
}

/** What the columns of the tables of a district mean, said once. */
export interface Mapping {
  columns: readonly Column[];
}
