import type { SeriesPoint } from '../../../projections/changes/series.js';
import type { EarnedValue } from '../../../projections/schedule/earned-value.js';
import type { Forecast, ForecastSlip, TargetSlip } from '../../../projections/schedule/forecasts.js';
import type { Overdue, ScheduleView } from '../../../projections/schedule/schedule.js';
import type { Moment } from '../../app/queries/asked.js';
import { basis, entries, exactness, minor, moment } from './common.js';
import type { Localised } from './language.js';
import {
  absent,
  basisPoints,
  boolean,
  day,
  integer,
  list,
  object,
  orNull,
  ref,
  string,
  uuid,
} from './schema.js';

const days = { type: 'integer', description: 'In days; positive is later.' };

export const schedule = {
  Forecast: object<Forecast>({
    target: string,
    scope: absent(string),
    earliest: day,
    latest: day,
    reason: absent(string),
    saidOn: day,
    ...exactness,
    entry: uuid,
    slip: absent(
      object<ForecastSlip>({
        earliestDays: days,
        latestDays: days,
        boundsDays: object<ForecastSlip['boundsDays']>({ least: days, most: days }),
        previousEntry: uuid,
        isScopeChanged: boolean,
      }),
    ),
  }),
  Schedule: object<Localised<ScheduleView>>({
    plannedBasisPoints: orNull(basisPoints('What the plan says should be done')),
    datedPercentBasisPoints: orNull(basisPoints('Completion of the work that has dates')),
    plannedCoverageBasisPoints: basisPoints('The share of the weights that has dates'),
    aheadBasisPoints: orNull(basisPoints('Dated percent minus planned; negative is behind')),
    forecasts: list(ref('Forecast')),
    slips: list(
      object<TargetSlip>({ target: string, slipDays: days, latest: day, baselineOn: day, entries }),
    ),
    overdue: list(
      object<Overdue>({
        item: string,
        plannedFinish: day,
        days: integer,
        percentBasisPoints: basisPoints('Completion'),
      }),
    ),
    earnedValue: orNull(
      object<EarnedValue>({
        currency: string,
        budgetMinor: minor,
        plannedValueMinor: minor,
        earnedValueMinor: minor,
        actualCostMinor: orNull(minor),
        spiBasisPoints: orNull(basisPoints('Earned over planned value')),
        cpiBasisPoints: orNull(basisPoints('Earned value over actual cost')),
      }),
    ),
    earnedValueMissing: orNull(string),
    entries,
  }),
  SeriesPoint: object<SeriesPoint>({
    asOf: day,
    floorBasisPoints: basisPoints('Stated facts only'),
    percentBasisPoints: basisPoints('Plus what they imply'),
    ceilingBasisPoints: basisPoints('What is unreported may be done'),
    plannedBasisPoints: orNull(basisPoints('What the plan says should be done')),
    sinceStartMinor: orNull(minor),
    currency: orNull(string),
    basis: orNull(basis),
    openStalls: integer,
  }),
  Series: object<Moment & { project: string; items: SeriesPoint[] }>({
    project: string,
    ...moment,
    items: list(ref('SeriesPoint')),
  }),
};
