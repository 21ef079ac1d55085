import type { Day } from '../../domain/values/days/calendar.js';
import type { AlertLine } from '../../projections/alerts/journal-lines.js';
import type { Portfolio } from '../../projections/portfolio/portfolio.js';
import type { JournalEntry } from '../../projections/project/journal.js';
import type { Moment, PageOf } from '../../src/app/queries/asked.js';
import type { ProjectAnswer, Receipt, ProjectsAnswer as RowsAnswer } from '../../src/app/topout.js';
import type { Localised } from '../../src/http/answers/language.js';

/** `GET /` */
export interface IndexAnswer {
  today: { on: Day; isSet: boolean; timeZone: string };
}

/** `GET /projects` */
export type ProjectsAnswer = Localised<RowsAnswer>;
export type Parked = NonNullable<RowsAnswer['parked']>[number];
export type Row = ProjectsAnswer['items'][number];

/** `GET /projects/{id}` */
export type ProjectInWords = Localised<ProjectAnswer>;

/** `GET /projects/{id}/journal` */
export type JournalAnswer = Localised<Moment & PageOf<JournalEntry | AlertLine>>;

/** `GET /portfolio` */
export type PortfolioAnswer = Localised<Moment & Portfolio>;

/** The answer to a write. */
export type ReceiptAnswer = Receipt;
