import type { ItemCompletion } from '../../projections/completion.js';
import type { Forecast } from '../../projections/forecasts.js';
import type { JournalEntry } from '../../projections/journal.js';
import type { ProjectRow } from '../../projections/project.js';
import type { Moment, PageOf } from '../app/asked.js';
import type { ProjectAnswer, Topout } from '../app/topout.js';
import type { Localised } from '../http/language.js';

/** What the service answers, with names and words in one language. */
export type Project = Localised<ProjectAnswer>;
export type Row = Localised<ProjectRow>;
export type RowsPage = Moment & PageOf<Row>;
export type Entry = Localised<JournalEntry>;
export type JournalPage = Moment & PageOf<Entry>;
export type Item = Localised<ItemCompletion>;
export type Promised = Localised<Forecast>;
export type Portfolio = Localised<Awaited<ReturnType<Topout['portfolio']>>>;
export type Changes = Localised<Awaited<ReturnType<Topout['changes']>>>;
export type Series = Awaited<ReturnType<Topout['series']>>;
