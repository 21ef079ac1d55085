import { LineChart } from 'echarts/charts';
import {
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
} from 'echarts/components';
import * as echarts from 'echarts/core';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';
import { minorDigits } from '../../../domain/values/amounts/money.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import type { SeriesPoint } from '../../../projections/changes/series.js';
import type { StallEpisode } from '../../../projections/stalls/episode.js';
import { dayWords, moneyShort, percentWords } from '../../shared/figures.js';
import type { Language } from '../../shared/language.js';
import type { Say } from './texts.js';

echarts.use([
  LineChart,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
  CanvasRenderer,
  SVGRenderer,
]);

/** The data of the curve. */
export interface Shown {
  points: readonly SeriesPoint[];
  /** The plan in force from start to end, including future days; also between two given days. */
  planned: readonly { asOf: Day; basisPoints: number }[];
  episodes: readonly StallEpisode[];
  asOf: Day;
  language: Language;
  say: Say;
}

/** A chart on the page. */
export interface Drawn {
  show(shown: Shown): void;
  /** Resizes to its container. */
  fit(): void;
  /** Downloads an image of it. */
  save(kind: 'png' | 'svg', name: string): void;
  end(): void;
}

/** The tokens (web/shared/tokens.css) of what is drawn. */
const tokens = {
  percent: '--main',
  floor: '--curve-floor',
  ceiling: '--field-line',
  planned: '--curve-planned',
  money: '--curve-money',
  ink: '--ink',
  quiet: '--quiet',
  line: '--line',
  paper: '--paper',
} as const;

type Colours = Record<keyof typeof tokens, string>;

/** The colours of the scheme that an element is shown in; a canvas cannot read them itself. */
function coloursOf(element: HTMLElement): Colours {
  const style = getComputedStyle(element);
  return Object.fromEntries(
    Object.entries(tokens).map(([name, token]) => [name, style.getPropertyValue(token).trim()]),
  ) as Colours;
}

/** Renders into an element until disposed. */
export function drawIn(element: HTMLElement): Drawn {
  const chart = echarts.init(element, null, { renderer: 'canvas' });
  let options: echarts.EChartsCoreOption = {};
  return {
    show(shown) {
      options = optionsOf(shown, coloursOf(element), getComputedStyle(element).fontFamily);
      chart.setOption(options, { notMerge: true });
    },
    fit: () => chart.resize(),
    save(kind, name) {
      if (kind === 'png') {
        const backgroundColor = coloursOf(element).paper;
        download(chart.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor }), `${name}.png`);
        return;
      }
      const size = { width: chart.getWidth(), height: chart.getHeight() };
      const drawing = echarts.init(null, null, { renderer: 'svg', ssr: true, ...size });
      drawing.setOption({ ...options, animation: false, backgroundColor: coloursOf(element).paper });
      const url = URL.createObjectURL(new Blob([drawing.renderToSVGString()], { type: 'image/svg+xml' }));
      drawing.dispose();
      download(url, `${name}.svg`);
      URL.revokeObjectURL(url);
    },
    end: () => chart.dispose(),
  };
}

function optionsOf(
  { points, planned, episodes, asOf, language, say }: Shown,
  colours: Colours,
  font: string,
): echarts.EChartsCoreOption {
  const currency = points.findLast((point) => point.currency !== null)?.currency ?? 'CNY';
  const digits = minorDigits(currency);
  const line = (
    name: 'percent' | 'floor' | 'ceiling',
    of: (point: SeriesPoint) => number | null,
    dashes: number[] | 'solid' = 'solid',
  ) => ({
    name: say(`curve.${name}`),
    type: 'line',
    step: 'end',
    showSymbol: points.length < 60,
    connectNulls: true,
    lineStyle: { type: dashes, color: colours[name], width: name === 'percent' ? 3 : 1.5 },
    itemStyle: { color: colours[name] },
    data: reaching(points.map((point) => [point.asOf, of(point)])).map(([day, value]) => [
      day,
      value === null ? null : value / 100,
    ]),
  });
  const reaching = (known: [Day, number | null][]): [Day, number | null][] => {
    // The last known value holds up to the day shown.
    const last = known.at(-1);
    return last && last[0] < asOf ? [...known, [asOf, last[1]]] : known;
  };
  const money = reaching(points.map((point) => [point.asOf, point.sinceStartMinor]));
  const hasMoney = money.some(([, amount]) => amount !== null);
  return {
    animation: false,
    textStyle: { fontFamily: font, color: colours.ink },
    grid: { left: 52, right: hasMoney ? 72 : 20, top: 56, bottom: 32 },
    legend: {
      top: 0,
      type: 'scroll',
      textStyle: { color: colours.ink },
      pageTextStyle: { color: colours.ink },
    },
    // Text only: the content security policy forbids inline styles.
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      backgroundColor: colours.paper,
      textStyle: { color: colours.ink },
    },
    xAxis: {
      type: 'time',
      axisLabel: {
        color: colours.quiet,
        hideOverlap: true,
        formatter: (value: number) => shortDay(value, language),
      },
    },
    yAxis: [
      {
        type: 'value',
        min: 0,
        max: 100,
        splitLine: { lineStyle: { color: colours.line } },
        axisLabel: { color: colours.quiet, formatter: '{value} %' },
      },
      ...(hasMoney
        ? [
            {
              type: 'value',
              min: 0,
              splitLine: { show: false },
              axisLabel: {
                color: colours.quiet,
                formatter: (value: number) =>
                  moneyShort(Math.round(value * 10 ** digits), currency, language),
              },
            },
          ]
        : []),
    ],
    series: [
      {
        ...line('percent', (point) => point.percentBasisPoints),
        tooltip: { valueFormatter: (value: unknown) => percentWords(Number(value) * 100, language) },
        markLine: {
          silent: true,
          symbol: 'none',
          lineStyle: { color: colours.ceiling, type: 'solid', width: 1 },
          label: { color: colours.quiet, formatter: dayWords(asOf, language) },
          data: [{ xAxis: asOf }],
        },
        markArea: {
          silent: true,
          itemStyle: { color: 'rgba(224, 49, 49, 0.12)' },
          label: { show: false },
          data: episodes.map(({ from, to, clearedOn, cause }) => [
            { name: `${say('curve.stall')} (${cause})`, xAxis: from },
            { xAxis: clearedOn ?? to ?? asOf },
          ]),
        },
      },
      line('floor', (point) => point.floorBasisPoints, [2, 2]),
      line('ceiling', (point) => point.ceilingBasisPoints, [6, 4]),
      ...(planned.length > 0
        ? [
            {
              name: say('curve.planned'),
              type: 'line',
              showSymbol: false,
              lineStyle: { type: [8, 3], color: colours.planned, width: 1.5 },
              itemStyle: { color: colours.planned },
              data: planned.map((corner) => [corner.asOf, corner.basisPoints / 100]),
            },
          ]
        : []),
      ...(hasMoney
        ? [
            {
              name: say('curve.money'),
              type: 'line',
              step: 'end',
              yAxisIndex: 1,
              connectNulls: true,
              lineStyle: { color: colours.money },
              itemStyle: { color: colours.money },
              tooltip: {
                valueFormatter: (value: unknown) =>
                  moneyShort(Math.round(Number(value) * 10 ** digits), currency, language),
              },
              data: money.map(([day, amount]) => [day, amount === null ? null : amount / 10 ** digits]),
            },
          ]
        : []),
    ],
  };
}

function shortDay(instant: number, language: Language): string {
  return dayWords(new Date(instant).toISOString().slice(0, 10), language);
}

function download(url: string, name: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
}
