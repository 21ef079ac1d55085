import type { ForecastGiven } from '../../../domain/project/facts/forecast-given.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import type { Uuid } from '../../../domain/values/uuid.js';
import type { When } from '../../../domain/values/when.js';
import type { Words } from '../../../domain/values/words.js';
import type { Fact } from '../../facts/facts.js';
import type { Slip } from '../../schedule/forecasts.js';
import { daysTerm, dayTerm } from './day-terms.js';
import { zero } from './exact.js';
import { leaf, least, nothing, same, type Term, type TermOf } from './term.js';

/** What a forecast is about, as figures name it: a target, or `ITEM:start`. */
export function slipping({ target, what }: Pick<ForecastGiven, 'target' | 'what'>): string {
  return what === 'start' ? `${target}:start` : target;
}

/** A slip that has days: of a forecast against the planned day, or against the first forecast for the target. */
export function slipTerm({ forecast, from }: Slip, plan: Uuid | undefined, figure: string): Term {
  const what = slipping(forecast.data);
  const of = {
    name: { en: `Slip of ${what} in days`, zh: `${what} 推迟天数` },
    unit: 'days',
    figure,
  } as const;
  if (typeof from !== 'string') return from ? movedTerm(from, forecast, of) : nothing(0, of);
  const named = forecast.data.latest ?? forecast.data.earliest ?? from;
  return daysTerm(
    dayTerm(named, { en: 'Forecast', zh: '预计' }, [forecast.id]),
    dayTerm(from, { en: 'Planned', zh: '计划' }, [plan]),
    of,
  );
}

/** By how many days a forecast is later than another one: of both ends the one that moved less. */
export function movedTerm(before: Given, after: Given, of: TermOf): Term {
  const [first, last] = [ends(before, after, 'earliest'), ends(before, after, 'latest')];
  const only = first ?? last;
  if (!first || !last) return only ? same(only, of) : nothing(0, of);
  const [from, to] = [first.value.n, last.value.n];
  if ((from >= 0n && to <= 0n) || (from < 0n && to > 0n))
    return leaf('given', zero, {
      ...of,
      entries: [before.id, after.id],
      words: {
        en: 'The expected time only got narrower, or wider on both sides: it did not move.',
        zh: '预计时间仅收窄，或向两端放宽，未推移。',
      },
    });
  return least([first, last], of);
}

type Given = Fact<'ForecastGiven'>;

function ends(before: Given, after: Given, end: keyof Pick<When, 'earliest' | 'latest'>): Term | undefined {
  const [from, to] = [before.data[end], after.data[end]];
  if (from === undefined || to === undefined) return undefined;
  const name = endWords[end];
  return daysTerm(forecastDay(to, after, name), forecastDay(from, before, name), {
    name: { en: `${name.en}: later by`, zh: `${name.zh}：推后天数` },
  });
}

function forecastDay(on: Day, { id, asOf }: Given, name: Words): Term {
  return dayTerm(on, { en: `${name.en}, as of ${asOf}`, zh: `${name.zh}（${asOf} 预计）` }, [id]);
}

const endWords = {
  earliest: { en: 'Earliest day', zh: '最早日期' },
  latest: { en: 'Latest day', zh: '最晚日期' },
} as const satisfies Record<string, Words>;
