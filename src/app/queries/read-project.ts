import type { AlertEvent } from '../../../domain/alerts/events.js';
import { alertsStreamOf } from '../../../domain/alerts/events.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import { type AlertLine, alertLines } from '../../../projections/alerts/journal-lines.js';
import { changesInSteps } from '../../../projections/changes/changes.js';
import { seriesInSteps } from '../../../projections/changes/series.js';
import { registerOf } from '../../../projections/contradictions/contradictions.js';
import { explainable, explainInSteps } from '../../../projections/explanation/explain.js';
import { grownByEntry, mayGrow } from '../../../projections/portfolio/grown-by-entry.js';
import { itemNamesOf, type JournalEntry, journalInSteps } from '../../../projections/project/journal.js';
import { containsText } from '../../../projections/project/journal-search.js';
import { emptyProjectState, type ProjectState } from '../../../projections/project/project.js';
import type { ExplanationAsked, Topout } from '../topout.js';
import type { Moment, MomentAsked, Page, PageOf } from './asked.js';
import type { Asking } from './asking.js';
import { asCursor, cursorOf } from './cursors.js';
import { figureUnknown } from './figure-unknown.js';
import { badCursor, isOf, placeOf, registerPage, shownWithProject } from './register-page.js';
import type { Folded } from './states.js';

type Reads = Pick<Topout, 'project' | 'contradictions' | 'journal' | 'series' | 'changes' | 'explanation'>;

/** A page of a journal. */
type JournalPage = Parameters<Topout['journal']>[2];

/** The read side of what is asked about one project. */
export class ReadProject implements Reads {
  constructor(private readonly asking: Asking) {}

  project(project: string, asked: MomentAsked): ReturnType<Reads['project']> {
    return this.asking.unlessParked(project, () => this.figuresOf(project, asked));
  }

  private async figuresOf(project: string, asked: MomentAsked): ReturnType<Reads['project']> {
    const moment = await this.asking.moment(asked, project);
    const folded = await this.asking.known(project, moment);
    const { revision } = folded;
    const rules = this.asking.rules.at(moment.knownAt.position);
    const { figures, alerts, found } = await this.asking.states.shown(folded, rules, moment.asOf);
    const contradictions = registerPage(found, moment, { from: 0, limit: shownWithProject });
    const { version: lexiconVersion } = this.asking.rules.lexiconAt(moment.knownAt.position);
    const completion = { ...figures.completion, lexiconVersion };
    const parked = this.asking.views.parked.filter((one) => one.project === project);
    const missing = parked.length > 0 ? { parked } : {};
    return { ...moment, revision, ...figures, completion, contradictions, alerts, ...missing };
  }

  contradictions(project: string, asked: MomentAsked, page: Page): ReturnType<Reads['contradictions']> {
    return this.asking.unlessParked(project, () => this.contradictionsOf(project, asked, page));
  }

  private async contradictionsOf(
    project: string,
    asked: MomentAsked,
    page: Page,
  ): ReturnType<Reads['contradictions']> {
    const { from, moment: first } = placeOf(page);
    const moment = await this.asking.moment({ ...first, ...asked }, project);
    if (first && !isOf(first, moment)) throw badCursor();
    const { state } = await this.asking.known(project, moment);
    const found = await this.asking.turns.through(registerOf(state.contradictions, moment.asOf));
    return { ...moment, ...registerPage(found, moment, { from, limit: page.limit }) };
  }

  journal(project: string, asked: MomentAsked, page: JournalPage): ReturnType<Reads['journal']> {
    return this.asking.unlessParked(project, () => this.journalOf(project, asked, page));
  }

  private async journalOf(
    project: string,
    asked: MomentAsked,
    page: JournalPage,
  ): ReturnType<Reads['journal']> {
    const moment = await this.asking.moment(asked, project);
    return this.asking.long.run(asked.leaving, async () => {
      const folded = await this.asking.known(project, moment, 'history');
      const { state } = folded;
      const { entries } = await this.asking.turns.through(
        journalInSteps(state.journal, moment.asOf, this.asking.facts),
      );
      const lines = page.withAlerts ? withAlerts(entries, this.alertLines(project, state, moment)) : entries;
      const { contains } = page;
      const found = contains === undefined ? lines : lines.filter((line) => containsText(line, contains));
      const ordered = page.newestFirst ? found.toReversed() : found;
      const { items, ...next } = pageOfEntries(ordered, page);
      return { ...moment, items: await this.withGrown(items, folded, moment), ...next };
    });
  }

  /** Lines of a journal with the totals that grew by them. */
  private async withGrown<Line extends JournalEntry | AlertLine>(
    lines: readonly Line[],
    folded: Folded,
    { asOf }: Moment,
  ): Promise<Line[]> {
    if (!lines.some(mayGrow)) return [...lines];
    const grown = await this.asking.turns.through(
      this.asking.states.onDays(folded, asOf, (days) => grownByEntry(folded.state, asOf, days)),
    );
    return lines.map((line) => (grown.has(line.id) ? { ...line, grown: grown.get(line.id) } : line));
  }

  series(project: string, asked: MomentAsked & { from?: Day }): ReturnType<Reads['series']> {
    return this.asking.unlessParked(project, () => this.seriesOf(project, asked));
  }

  private async seriesOf(project: string, asked: MomentAsked & { from?: Day }): ReturnType<Reads['series']> {
    const moment = await this.asking.moment(asked, project);
    return this.asking.long.run(asked.leaving, async () => {
      const { state } = await this.asking.known(project, moment);
      const items = await this.asking.turns.through(
        seriesInSteps(state, { from: asked.from, to: moment.asOf }),
      );
      return { project, ...moment, items };
    });
  }

  changes(project: string, from: MomentAsked, to: MomentAsked): ReturnType<Reads['changes']> {
    return this.asking.unlessParked(project, () => this.changesOf(project, from, to));
  }

  private async changesOf(project: string, from: MomentAsked, to: MomentAsked): ReturnType<Reads['changes']> {
    const [before, after] = await this.asking.moments(from, to, project);
    return this.asking.long.run(to.leaving, async () => {
      const { state } = await this.asking.known(project, after);
      const folded = await this.asking.states.inTurns(project, before.knownAt.position);
      const knownBefore = { ...this.asking.readAt(before), state: folded?.state ?? emptyProjectState() };
      const knownAfter = { ...this.asking.readAt(after), state };
      const changed = await this.asking.turns.through(changesInSteps(knownBefore, knownAfter));
      return { project, from: before, to: after, ...changed };
    });
  }

  explanation(project: string, figure: string, asked: ExplanationAsked): ReturnType<Reads['explanation']> {
    return this.asking.unlessParked(project, () => this.explanationOf(project, figure, asked));
  }

  private async explanationOf(
    project: string,
    figure: string,
    asked: ExplanationAsked,
  ): ReturnType<Reads['explanation']> {
    const moment = await this.asking.moment(asked, project);
    const { position } = moment.knownAt;
    const upTo = asked.until === undefined ? {} : { knownAt: { position: asked.until } };
    const until = Math.max(position, await this.asking.views.knownAt(upTo));
    return this.asking.long.run(asked.leaving, async () => {
      const folded = await this.asking.known(project, moment);
      const { state } = folded;
      const latest = until === position ? undefined : await this.asking.states.inTurns(project, until);
      const explained = {
        state,
        asOf: moment.asOf,
        lexiconVersion: this.asking.rules.lexiconAt(position).version,
        rules: this.asking.rules.at(position),
        ...(latest ? { latest: latest.state } : {}),
      };
      const found = await this.asking.turns.through(
        this.asking.states.onDays(folded, moment.asOf, (days) => explainInSteps(explained, figure, days)),
      );
      if (!found) throw figureUnknown(figure, explainable(explained));
      return { project, ...moment, until, ...found };
    });
  }

  private alertLines(project: string, state: ProjectState, { asOf, knownAt }: Moment): AlertLine[] {
    const events = this.asking.views.stream(alertsStreamOf(project), knownAt.position) as AlertEvent[];
    return alertLines(project, events, asOf, itemNamesOf(state.journal));
  }
}

/** Entries and alert events between them, in log order. */
function withAlerts(
  entries: readonly JournalEntry[],
  lines: readonly AlertLine[],
): (JournalEntry | AlertLine)[] {
  return [...entries, ...lines].sort((a, b) => a.position - b.position);
}

/** A page of entries after the one in the cursor. */
function pageOfEntries<Line extends { id: string }>(entries: readonly Line[], page: Page): PageOf<Line> {
  const after = cursorOf('journal', page);
  const start = after === '' ? 0 : entries.findIndex((entry) => entry.id === after) + 1;
  if (after !== '' && start === 0) throw badCursor();
  const items = entries.slice(start, start + page.limit);
  const isLast = start + page.limit >= entries.length;
  return isLast ? { items } : { items, next: asCursor('journal', items.at(-1)?.id ?? '') };
}
