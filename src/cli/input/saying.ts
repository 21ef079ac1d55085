import { type Command, Option } from 'commander';
import { usage } from '../client/failure.js';

/** Where an entry comes from, and how its day is known, as typed. */
export interface SayingOptions {
  onSite?: true;
  fromReport?: string;
  paragraph?: string;
  quote?: string;
  place?: string;
  onBehalfOf?: string;
  precision?: string;
  inferred?: true;
  note?: string;
}

/** Adds the options that say where an entry comes from, and how its day is known. */
export function sayingOptions(command: Command): Command {
  return command
    .option('--on-site', 'it was seen on the site; without this or a report, the source is not stated')
    .option('--from-report <document>', 'it was copied from this report')
    .option('--paragraph <where>', 'with --from-report: where in it')
    .option('--quote <words>', 'with --from-report: its words')
    .option('--place <where>', 'where on the site: a building, an axis, a chainage such as K12+300')
    .option('--on-behalf-of <name>', 'for whom it is entered, such as a builder without a phone')
    .addOption(
      new Option('--precision <how>', 'how exactly the day is known').choices(['day', 'month', 'period-end']),
    )
    .option('--inferred', 'the day was inferred, from a reporting period say')
    .option('--note <text>', 'a remark');
}

/** The members of an entry that the options state. @throws Failure they do not fit together */
export function sayingOf(options: SayingOptions): object {
  const { onSite, fromReport, paragraph, quote, place, onBehalfOf, precision, inferred, note } = options;
  if (fromReport === undefined && (paragraph !== undefined || quote !== undefined))
    throw usage({
      en: `--${paragraph === undefined ? 'quote' : 'paragraph'} says nothing by itself; expected it beside --from-report DOCUMENT.`,
      zh: `--${paragraph === undefined ? 'quote' : 'paragraph'} 不能单独使用；应与 --from-report 文件 同用。`,
    });
  if (onSite && fromReport !== undefined)
    throw usage({
      en: '--on-site and --from-report in one entry; expected one of them.',
      zh: '一条记录中有 --on-site 和 --from-report；应只取其一。',
    });
  return {
    ...(onSite ? { source: { kind: 'inspection' } } : {}),
    ...(fromReport === undefined
      ? {}
      : {
          source: {
            kind: 'report',
            document: fromReport,
            ...(paragraph === undefined ? {} : { paragraph }),
            ...(quote === undefined ? {} : { quote }),
          },
        }),
    ...(place === undefined ? {} : { place }),
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    ...(precision === undefined ? {} : { precision }),
    ...(inferred ? { isInferred: true } : {}),
    ...(note === undefined ? {} : { note }),
  };
}
