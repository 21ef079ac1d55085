import type { Words } from '../values/words.js';

/** A file that is not read as a workbook. */
export class WorkbookRefused extends Error {
  /** @param words what was seen and what was expected */
  constructor(readonly words: Words) {
    super(words.en);
  }
}

/** Limits of a workbook, against files that unpack to many times their size. */
export const workbookLimits = {
  /** Bytes of the file. */
  file: 10 * 1024 * 1024,
  /** Unpacked bytes of one part, such as a sheet. */
  part: 32 * 1024 * 1024,
  rows: 5_000,
  columns: 200,
  /** How long its reading may take, in milliseconds. */
  ms: 20_000,
};

const mebibytes = (bytes: number) => Math.round(bytes / (1024 * 1024));

export const refusals = {
  old: {
    en: 'A workbook of the old format .xls; expected .xlsx: open it and save it as .xlsx.',
    zh: '旧格式 .xls 工作簿；应为 .xlsx：请打开后另存为 .xlsx。',
  },
  encrypted: {
    en: 'A workbook with a password; expected one without: save it without a password.',
    zh: '工作簿设有密码；应为无密码的文件：请取消密码后另存。',
  },
  other: {
    en: 'A file that is no workbook; expected .xlsx, CSV or text with tabs.',
    zh: '不是工作簿文件；应为 .xlsx、CSV 或以制表符分隔的文本。',
  },
  damaged: {
    en: 'A workbook that is damaged or incomplete; expected a whole .xlsx: save it again.',
    zh: '工作簿已损坏或不完整；应为完整的 .xlsx：请重新保存。',
  },
  large: {
    en: `A file of more than ${mebibytes(workbookLimits.file)} MB; expected at most that: save the sheet alone, or as CSV.`,
    zh: `文件超过 ${mebibytes(workbookLimits.file)} MB；请只保存该工作表，或存为 CSV。`,
  },
  unpacked: {
    en: `A sheet of more than ${mebibytes(workbookLimits.part)} MB when unpacked; expected at most that: delete what is empty below and beside the table, or save it as CSV.`,
    zh: `工作表解压后超过 ${mebibytes(workbookLimits.part)} MB；请删除表格以外的空白行列，或存为 CSV。`,
  },
  costly: {
    en: `A workbook that takes more than ${workbookLimits.ms / 1000} seconds, or too much memory, to read; expected less: save the sheet alone, or as CSV.`,
    zh: `读取该工作簿超过 ${workbookLimits.ms / 1000} 秒，或占用内存过多；请只保存该工作表，或存为 CSV。`,
  },
  rows: {
    en: `More than ${workbookLimits.rows} rows; expected at most that: divide the table.`,
    zh: `超过 ${workbookLimits.rows} 行；请分成几个表格。`,
  },
  columns: {
    en: `More than ${workbookLimits.columns} columns; expected at most that.`,
    zh: `超过 ${workbookLimits.columns} 列；请减少列数。`,
  },
} as const satisfies Record<string, Words>;
