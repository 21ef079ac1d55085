/** The kinds of columns of a plan. */
export const columnKinds = [
  'name',
  'nameEn',
  'nameZh',
  'weight',
  'number',
  'level',
  'parent',
  'quantity',
  'unit',
  'measure',
  'start',
  'finish',
  'days',
  'cost',
  'annual',
  'stage',
  'after',
  'id',
] as const;
export type ColumnKind = (typeof columnKinds)[number];

/** A detected column; without a kind it is ignored. */
export interface Column {
  /** Its header; empty if the table has none. */
  head: string;
  kind?: ColumnKind;
  /** The unit in its header, such as `万元` in `造价（万元）`. */
  unit?: string;
  /** Of planned investment by year: the year in its header. */
  year?: string;
}

/** Column headers without blanks and in lower case; the first matching kind wins. */
const words: readonly (readonly [ColumnKind, RegExp])[] = [
  ['nameEn', /^(name|item|title)(\(?en(glish)?\)?)$|^(英文名称?|englishname|english)$/],
  ['nameZh', /^(name|item|title)(\(?(zh|cn|chinese)\)?)$|^(中文名称?|chinesename|chinese)$/],
  ['parent', /^(parent|partof|belongsto|上级|上级(编号|部位|任务)?|父(级|项|任务)?|所属(部位|分部|工程)?)$/],
  ['after', /^(after|predecessors?|dependson|前置(任务|工序|部位)?|紧前(工作|工序|任务)?)$/],
  [
    'number',
    /^(wbs|wbscode|no\.?|nr\.?|number|#|code|outlinenumber|序号|编号|编码|项目编号|wbs编码|wbs编号)$/,
  ],
  ['id', /^(id|itemid|key|标识|标识符)$/],
  ['level', /^(level|outlinelevel|depth|层级|级别|大纲级别|层次)$/],
  ['weight', /^(weight|weighting|share|weight%|权重|权重%|比重|权数|占比|占比%|所占比例|比例|权值)$/],
  ['measure', /^(measure|measuredby|howmeasured|method|计量方式|计量方法|度量|度量方式|进度方式)$/],
  ['unit', /^(unit|units|uom|单位|计量单位)$/],
  ['quantity', /^(quantity|qty|amount|of|total|count|工程量|数量|总量|设计量|工作量|总数)$/],
  ['stage', /^(stage|states|milestonestage|阶段|对应阶段|项目阶段|建设阶段)$/],
  ['days', /^(duration|days|工期|持续时间|历时|天数)$/],
  [
    'start',
    /^(start|startdate|plannedstart|begin|from|开始|开始(日期|时间)|计划开始(日期|时间)?|开工(日期|时间)?|计划开工(日期|时间)?)$/,
  ],
  [
    'finish',
    /^(finish|finishdate|end|enddate|plannedfinish|due|to|until|完成|完成(日期|时间)|结束(日期|时间)?|计划(完成|结束|完工|竣工)(日期|时间)?|完工(日期|时间)?|竣工(日期|时间)?)$/,
  ],
  ['cost', /^(cost|plannedcost|budget|price|造价|投资|预算|计划投资|费用|金额|合价|概算)$/],
  [
    'name',
    /^(name|item|items?name|task|taskname|activity|work|workitem|description|title|名称|部位|工程名称|项目名称|任务|任务名称|工作内容|分部工程|分项工程|分部分项工程|工序|内容|工程部位|项目)$/,
  ],
];

/** The columns of a table by its first row, and whether that row is a header; without a header they are guessed. */
export function columnsOf(rows: readonly (readonly string[])[]): { columns: Column[]; hasHeader: boolean } {
  const [first = []] = rows;
  const heads = first.map(columnOf);
  const known = heads.filter(({ kind }) => kind !== undefined);
  const names = ['name', 'nameEn', 'nameZh'];
  const hasHeader = known.length >= 2 || known.some(({ kind }) => kind !== undefined && names.includes(kind));
  if (!hasHeader) return { columns: guessed(rows), hasHeader };
  const taken = new Set<string>();
  return {
    hasHeader,
    // A second column of a kind is ignored until the user chooses one.
    columns: heads.map((column) => {
      const { kind, ...rest } = column;
      // There is a column of planned investment for each year.
      const key = kind === 'annual' ? `${kind} ${column.year}` : kind;
      if (key === undefined || taken.has(key)) return rest;
      taken.add(key);
      return column;
    }),
  };
}

function columnOf(head: string): Column {
  const plain = head
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_*:]/g, '');
  const inBrackets = /[([]([^)\]]+)[)\]]/.exec(plain)?.[1];
  if (isAnnual(plain, inBrackets)) {
    const year = yearIn(head);
    return {
      head: head.trim(),
      kind: 'annual',
      ...(inBrackets ? { unit: inBrackets } : {}),
      ...(year ? { year } : {}),
    };
  }
  const fits = (text: string) => words.find(([, shape]) => shape.test(text))?.[0];
  const kind = fits(plain) ?? fits(plain.replace(/[([].*$/, '')) ?? fits(plain.replaceAll('%', ''));
  const unit = inBrackets && !/^(en|zh|cn|english|chinese|%)$/.test(inBrackets) ? inBrackets : undefined;
  return { head: head.trim(), ...(kind ? { kind } : {}), ...(unit ? { unit } : {}) };
}

/** The year that a header names. */
export function yearIn(head: string): string | undefined {
  return /(?<!\d)(19|20)\d{2}(?!\d)/.exec(head.normalize('NFKC'))?.[0];
}

/** True for the header of planned investment of a year: 2018年计划投资, 本年度投资计划, 2018（万元）, investment 2018. */
function isAnnual(plain: string, unit: string | undefined): boolean {
  const text = plain.replace(/[([].*$/, '');
  const rest = text.replace(/(19|20)\d{2}年?/, '');
  if (rest === text)
    return /^((本|当)年度?|年度)(计划)?(完成)?投资(计划)?(额)?$|^annual(plan|investment)$/.test(text);
  const isOfMoney =
    /^(度)?(计划)?(完成)?投资(计划)?(额)?$|^(planned)?investment(planned)?(in|for)?$|^(investment)?plan$/;
  return isOfMoney.test(rest) || (/^度?(计划)?$/.test(rest) && /元$|^[a-z]{3}$/.test(unit ?? ''));
}

/** By content: numbers such as 1.2, then texts as the name, then the first column of plain numbers as the weight. */
function guessed(rows: readonly (readonly string[])[]): Column[] {
  const width = rows[0]?.length ?? 0;
  const columns: Column[] = Array.from({ length: width }, () => ({ head: '' }));
  const mostly = (at: number, shape: RegExp) => {
    const filled = rows.map((row) => (row[at] ?? '').trim()).filter((cell) => cell !== '');
    return filled.length > 0 && filled.filter((cell) => shape.test(cell)).length >= filled.length * 0.7;
  };
  const give = (kind: ColumnKind, shape: RegExp) => {
    const at = columns.findIndex(({ kind: known }, index) => known === undefined && mostly(index, shape));
    const column = columns[at];
    if (column) columns[at] = { ...column, kind };
  };
  const isNumbered = rows.some(([cell = '']) => /^\d+\.\d+/.test(cell.trim()));
  if (isNumbered) give('number', /^\d+(\.\d+)*\.?$/);
  give('start', /^\d{4}\s*[-/.年]/);
  give('finish', /^\d{4}\s*[-/.年]/);
  give('name', /\p{L}/u);
  give('weight', /^[\d.,]+\s*%?$/);
  return columns;
}
