import type { WorkItem } from '../../../../domain/project/events.js';
import { forecastName } from '../../../../domain/project/facts/forecast-given.js';
import { stalledWords } from '../../../../domain/project/facts/stall-declared.js';
import { textByLanguage } from '../../../../domain/values/by-language.js';
import type { Exactness } from '../../../../domain/values/day-marks.js';
import type { Day } from '../../../../domain/values/days/calendar.js';
import { whenWords } from '../../../../domain/values/when.js';
import { nameWords } from '../../../../domain/values/words.js';
import type { Forecast } from '../../../../projections/schedule/forecasts.js';
import { stallWords } from '../../../../projections/stalls/stall-words.js';
import { knownDayWords } from '../../../shared/figures.js';
import type { Language } from '../../../shared/language.js';
import type { ShownFigures } from '../../../shared/replay/replay.js';
import type { Say } from '../texts.js';

/** A bar over some days: planned, forecast or stalled. */
export interface Bar {
  key: string;
  kind: 'plan' | 'forecast' | 'stall';
  name: string;
  /** The work item that it is about. */
  item?: string;
  note: string;
  from: Day;
  /** How exactly the two days are known, where they are those of an entry. */
  fromExactness?: Exactness | undefined;
  toExactness?: Exactness | undefined;
  /** The last day; of an open stall, the day shown. */
  to: Day;
  /** The plan has no start, or no finish: the other end alone is known. */
  unknown?: 'from' | 'to' | undefined;
  /** An open stall. */
  isOpen: boolean;
  entries: readonly string[];
}

/** Plan, forecasts and stalls of a project on a time axis. */
export function barsOf(
  { shown, plan, asOf }: { shown: ShownFigures; plan: readonly WorkItem[]; asOf: Day },
  say: Say,
  language: Language,
): Bar[] {
  const adopted = shown.completion.plan ? [shown.completion.plan.entry] : [];
  const planned = plan.flatMap((item): Bar[] => {
    const { id, name, plannedStart, plannedFinish } = item;
    const from = plannedStart ?? plannedFinish;
    const to = plannedFinish ?? plannedStart;
    if (!from || !to) return [];
    const unknown = plannedStart ? (plannedFinish ? undefined : 'to') : 'from';
    const bar = {
      name: nameWords(name, id)[language],
      note: say('schedule.plan'),
      from,
      to,
      unknown,
    } as const;
    return [{ ...bar, key: `plan/${id}`, kind: 'plan', item: id, isOpen: false, entries: adopted }];
  });
  const forecasts = shown.schedule.forecasts.map((forecast): Bar => {
    const { earliest, latest, saidOn, entry, slip, reachedOn, reachedOnExactness, missedDays } = forecast;
    return {
      key: `forecast/${entry}`,
      kind: 'forecast',
      item: forecast.target,
      isOpen: false,
      name: targetOf(forecast, plan, language),
      note: [
        say('schedule.forecast', { day: knownDayWords(saidOn, forecast, language) }),
        (earliest ?? latest) === undefined ||
        earliest === undefined ||
        latest === undefined ||
        forecast.isApproximate
          ? whenWords(forecast)[language]
          : undefined,
        slipOf(slip, say),
        missedDays === undefined ? undefined : say('missed', { count: missedDays }),
        reachedOn === undefined
          ? undefined
          : say('reached', { day: knownDayWords(reachedOn, reachedOnExactness, language) }),
        forecast.reason && textByLanguage(forecast.reason, language),
      ]
        .filter((part) => part)
        .join(' · '),
      from: earliest ?? latest ?? saidOn,
      to: latest ?? earliest ?? (asOf > saidOn ? asOf : saidOn),
      entries: slip ? [entry, slip.previousEntry] : [entry],
    };
  });
  const nameOf = (id: string) => nameWords(plan.find((item) => item.id === id)?.name, id);
  const stalls = shown.stalls.episodes.map((episode): Bar => {
    const { stall, from, to, status, clearedOn, entries } = episode;
    const isOpen = status === 'open';
    const note = say('schedule.stall', {
      what: stalledWords(episode.blocks)[language],
      cause: stallWords(episode, nameOf)[language],
    });
    return {
      key: `stall/${stall}/${from}`,
      isOpen,
      kind: 'stall',
      name: say('stands'),
      note: isOpen ? `${note} · ${say('schedule.open')}` : note,
      from,
      fromExactness: episode.fromExactness,
      to: clearedOn ?? to ?? (asOf > from ? asOf : from),
      toExactness: episode.clearedOnExactness,
      entries,
    };
  });
  return [...planned, ...forecasts, ...stalls];
}

/** The days of a bar in words; an end that the plan does not give is not made up. */
export function barDays(
  { from, fromExactness, to, toExactness, unknown }: Bar,
  say: Say,
  language: Language,
): string {
  const first = knownDayWords(from, fromExactness, language);
  if (unknown === 'to') return say('schedule.from', { day: first });
  const last = knownDayWords(to, toExactness, language);
  if (unknown === undefined && from === to) return last;
  return unknown === 'from' ? say('schedule.until', { day: last }) : `${first} – ${last}`;
}

function targetOf({ target, what, scope }: Forecast, plan: readonly WorkItem[], language: Language): string {
  const name = targetName({ target, ...(what ? { what } : {}) }, plan, language);
  return scope ? `${name} (${textByLanguage(scope, language)})` : name;
}

/** The name of what a forecast is about: of the project, or an item of the plan. */
export function targetName(
  { target, what }: Pick<Forecast, 'target' | 'what'>,
  plan: readonly WorkItem[],
  language: Language,
): string {
  const item = plan.find(({ id }) => id === target);
  return forecastName({ target, ...(what ? { what } : {}) }, item?.name)[language];
}

function slipOf(slip: Forecast['slip'], say: Say): string | undefined {
  const days = slip?.mostDays;
  if (!days) return undefined;
  return say(days > 0 ? 'later' : 'earlier', { count: Math.abs(days) });
}
