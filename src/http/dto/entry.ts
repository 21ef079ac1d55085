import type { EntryMetadata, Precision, Source } from '../../../domain/project/events.js';
import { type Day, isMonth, lastDayOfMonth } from '../../../domain/values/calendar.js';
import { omitUndefined } from '../../../domain/values/omit-undefined.js';
import { refuse } from '../problems/faults.js';
import { type Kinds, kinds, Member, Optional } from '../validation/member.js';
import { dayOrMonth, oneOf, text, wholeNumber, yesOrNo } from '../validation/rules.js';

export class InspectionSource {
  @Member(oneOf(['inspection']), 'Seen on the site.')
  kind!: 'inspection';

  @Optional(text(2_000, { isNote: true }), 'A remark.')
  note?: string;
}

export class ReportSource {
  @Member(oneOf(['report']), 'Read in a report.')
  kind!: 'report';

  @Member(text(200), 'Which document.')
  document!: string;

  @Optional(text(100), 'Where in it.')
  paragraph?: string;

  @Optional(text(2_000, { isNote: true }), 'Its words.')
  quote?: string;
}

export class ImportSource {
  @Member(oneOf(['import']), 'Taken over from a file.')
  kind!: 'import';

  @Optional(text(200), 'Which file.')
  document?: string;

  @Optional(wholeNumber(1, 1_000_000_000), 'Which line of it.')
  line?: number;
}

export const sources: Kinds<InspectionSource | ReportSource | ImportSource> = {
  member: 'kind',
  shapes: { inspection: InspectionSource, report: ReportSource, import: ImportSource },
};

/** Optional members of every entry beside its fact and its day. */
abstract class Saying {
  @Optional(
    oneOf(['day', 'month', 'period-end']),
    'How exactly the day is known; "month" when asOf is a month, else "day".',
  )
  precision?: Precision;

  @Optional(yesOrNo, 'The day was inferred, from a reporting period say.')
  isInferred?: boolean;

  @Optional(kinds(sources), 'Where the fact comes from; an inspection when absent.')
  source?: Source;

  @Optional(text(2_000, { isNote: true }), 'A remark, kept as the note of an inspection.')
  note?: string;
}

const asOfText = 'The day the fact is true for, or a month that has ended, which stands for its last day.';

/** A body with a day. */
export abstract class DatedSaying extends Saying {
  @Member(dayOrMonth, asOfText)
  asOf!: string;
}

/** A body whose day defaults to the business day. */
export abstract class UndatedSaying extends Saying {
  @Optional(dayOrMonth, `${asOfText} The business day when absent.`)
  asOf?: string;
}

/**
 * The metadata of an entry.
 *
 * @param today the business day
 * @throws RequestRefused a month that has not ended, or inconsistent members
 */
export function metadataOf(saying: DatedSaying | UndatedSaying, today: Day): EntryMetadata {
  const { asOf = today, isInferred } = saying;
  const isInMonth = isMonth(asOf);
  const on = isInMonth ? lastDayOfMonth(asOf) : asOf;
  if (isInMonth && on > today) {
    refuse(
      'month-not-over',
      'asOf',
      `${asOf}, which ends on ${on}`,
      `a month that has ended by ${today}, or a day`,
    );
  }
  if (isInMonth && saying.precision === 'day')
    refuse('day-invalid', 'asOf', `${asOf} with the precision "day"`, 'a day as YYYY-MM-DD');
  return omitUndefined({
    asOf: on,
    precision: saying.precision ?? (isInMonth ? 'month' : 'day'),
    isInferred: isInferred || undefined,
    source: sourceOf(saying),
  });
}

function sourceOf({ source, note }: Saying): Source {
  if (!source) return omitUndefined({ kind: 'inspection', note });
  if (note === undefined) return omitUndefined({ ...source });
  if (source.kind !== 'inspection')
    refuse(
      'member-unknown',
      'note',
      `a note beside a source of kind "${source.kind}"`,
      'a note only with an inspection',
    );
  if (source.note !== undefined)
    refuse('member-unknown', 'note', 'a note here and in the source', 'one of them');
  return { kind: 'inspection', note };
}
