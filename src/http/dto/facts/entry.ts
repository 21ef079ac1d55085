import type { Attachment, EntryMetadata, Precision, Source } from '../../../../domain/project/events.js';
import { longestOnBehalfOf } from '../../../../domain/values/author.js';
import { dayWords, endedMonthExpected } from '../../../../domain/values/day-words.js';
import { type Day, isMonth, lastDayOfMonth } from '../../../../domain/values/days/calendar.js';
import { omitUndefined } from '../../../../domain/values/omit-undefined.js';
import { refuse } from '../../problems/faults.js';
import { type Kinds, kinds, Member, Optional, shapes } from '../../validation/member.js';
import { dayOrMonth, oneOf, pattern, text, wholeNumber, yesOrNo } from '../../validation/rules.js';

/** A source of any kind may have a remark. */
abstract class Remarked {
  @Optional(text(2_000, { isNote: true }), 'A remark.')
  note?: string;
}

export class InspectionSource extends Remarked {
  @Member(oneOf(['inspection']), 'Seen on the site.')
  kind!: 'inspection';
}

export class ReportSource extends Remarked {
  @Member(oneOf(['report']), 'Read in a report.')
  kind!: 'report';

  @Member(text(200), 'Which document.')
  document!: string;

  @Optional(text(100), 'Where in it.')
  paragraph?: string;

  @Optional(text(2_000, { isNote: true }), 'Its words.')
  quote?: string;
}

export class ImportSource extends Remarked {
  @Member(oneOf(['import']), 'Taken over from a file.')
  kind!: 'import';

  @Optional(text(200), 'Which file.')
  document?: string;

  @Optional(wholeNumber(1, 1_000_000_000), 'Which line of it.')
  line?: number;
}

export class UnstatedSource extends Remarked {
  @Member(oneOf(['unstated']), 'Not said.')
  kind!: 'unstated';
}

export const sources: Kinds<InspectionSource | ReportSource | ImportSource | UnstatedSource> = {
  member: 'kind',
  shapes: {
    inspection: InspectionSource,
    report: ReportSource,
    import: ImportSource,
    unstated: UnstatedSource,
  },
};

/** A file that is kept elsewhere, such as a photo. */
class AttachmentSaid implements Attachment {
  @Member(pattern(/^[0-9a-f]{64}$/, 'a SHA-256 as 64 of 0-9 and a-f'), 'The SHA-256 of its bytes.')
  sha256!: string;

  @Member(text(200), 'Its name.')
  name!: string;

  @Member(pattern(/^[a-z]+\/[a-z0-9.+-]{1,80}$/, 'a media type such as image/jpeg'), 'Its media type.')
  type!: string;

  @Member(wholeNumber(0, 1_000_000_000_000), 'How many bytes it has.')
  bytes!: number;
}

/** Optional members of every entry beside its fact and its day. */
abstract class Saying {
  @Optional(
    oneOf(['day', 'month', 'period-end']),
    'How exactly the day is known; "month" when asOf is a month, else "day".',
  )
  precision?: Precision;

  @Optional(yesOrNo, 'The day was inferred, from a reporting period say.')
  isInferred?: boolean;

  @Optional(kinds(sources), 'Where the fact comes from; "unstated" when absent.')
  source?: Source;

  @Optional(text(200), 'Where on the site, such as a building, an axis or a chainage.')
  place?: string;

  @Optional(
    text(longestOnBehalfOf),
    'For whom it is entered, such as a builder without a phone; the author stays who signed in.',
  )
  onBehalfOf?: string;

  @Optional(shapes(AttachmentSaid, 1, 20), 'The digests of files that are kept elsewhere, such as photos.')
  attachments?: Attachment[];

  @Optional(text(2_000, { isNote: true }), 'A remark, kept as the note of the source.')
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
      { en: `${asOf}, which ends on ${dayWords(on).en}`, zh: `${asOf}，该月至 ${dayWords(on).zh}结束` },
      endedMonthExpected(today),
    );
  }
  if (isInMonth && saying.precision === 'day')
    refuse(
      'day-invalid',
      'asOf',
      { en: `${asOf} with the precision "day"`, zh: `${asOf}，精度为“day”` },
      {
        en: 'a day as YYYY-MM-DD',
        zh: '日期 YYYY-MM-DD',
      },
    );
  return omitUndefined({
    asOf: on,
    precision: saying.precision ?? (isInMonth ? 'month' : 'day'),
    isInferred: isInferred || undefined,
    source: sourceOf(saying),
    place: saying.place,
    onBehalfOf: saying.onBehalfOf,
    attachments: saying.attachments?.map((attachment) => ({ ...attachment })),
  });
}

/** The source as said; one that nobody named is none, and above all no inspection. */
function sourceOf({ source = { kind: 'unstated' }, note }: Saying): Source {
  if (note !== undefined && 'note' in source && source.note !== undefined)
    refuse(
      'member-unknown',
      'note',
      { en: 'a note here and in the source', zh: '此处与来源中都有备注' },
      { en: 'one of them', zh: '其中之一' },
    );
  return omitUndefined({ ...source, ...(note === undefined ? {} : { note }) }) as Source;
}
