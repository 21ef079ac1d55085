import { expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import { startService } from '../http/service.js';
import { textOf } from './tree.js';

/** The names that a text of the format of Prometheus declares, with their kinds. */
function declared(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name = '', kind = '']) => [name, kind]),
  );
}

/** The series of a metric: a histogram has three. */
function seriesOf(names: Map<string, string>): Set<string> {
  const parts = (name: string, kind: string) =>
    kind === 'histogram' ? ['_bucket', '_sum', '_count'].map((part) => name + part) : [name];
  return new Set([...names].flatMap(([name, kind]) => parts(name, kind)));
}

/** Metrics that an expression names; `up` is of Prometheus itself. */
const namedIn = (expression: string) =>
  [...expression.replaceAll(/"[^"]*"/g, '').matchAll(/\b(?:topout|process|nodejs)_\w+\b/g)].map(
    ([name]) => name,
  );

interface Panel {
  title: string;
  targets?: { expr: string }[];
}
const dashboard = JSON.parse(textOf('deploy/grafana/topout.json')) as {
  panels: Panel[];
  templating: { list: { query: string | { query: string } }[] };
};
const rules = load(textOf('deploy/prometheus/rules.yml')) as {
  groups: { rules: { alert: string; expr: string; for: string; annotations: Record<string, string> }[] }[];
};
const alerts = rules.groups.flatMap((group) => group.rules);

const printed = async () => {
  const service = await startService();
  try {
    const hall = { project: 'hall', asOf: '2018-01-01', name: { en: 'Hall' } };
    expect((await service.send('POST', '/projects', hall)).status).toBe(201);
    await service.get('/projects/hall');
    await service.get('/projects/nowhere');
    await service.get('/a-secret-path');
    return (await service.get('/metrics')).text;
  } finally {
    await service.close();
  }
};
const text = await printed();
const names = declared(text);
const series = seriesOf(names);

test('every query of the dashboard names metrics that the service prints', () => {
  const variables = dashboard.templating.list.map(({ query }) =>
    typeof query === 'string' ? query : query.query,
  );
  const expressions = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
  expect(expressions.length).toBeGreaterThan(20);
  const asked = [...variables, ...expressions].flatMap(namedIn);
  expect(asked.filter((name) => !series.has(name))).toEqual([]);
});

test('every alert rule names metrics that the service prints, waits, and says what to do', () => {
  for (const { alert, expr, for: waits, annotations } of alerts) {
    expect([alert, namedIn(expr).filter((name) => !series.has(name))]).toEqual([alert, []]);
    expect([alert, waits]).toEqual([alert, expect.stringMatching(/^\d+m$/)]);
    expect([alert, annotations.summary, annotations.action]).not.toContain(undefined);
  }
  expect(alerts.length).toBeGreaterThan(8);
});

test('a metric that nobody prints is found', () => {
  expect(namedIn('rate(topout_appends_total[5m]) > on (route) topout_no_such{a="topout_b"}')).toEqual([
    'topout_appends_total',
    'topout_no_such',
  ]);
  expect(series.has('topout_no_such')).toBe(false);
});

test('every metric of Topout is shown on the dashboard or watched by a rule', () => {
  const asked = new Set(
    [
      ...dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
      ...alerts.map(({ expr }) => expr),
    ].flatMap(namedIn),
  );
  const unseen = [...names.keys()].filter(
    (name) =>
      name.startsWith('topout_') && ![name, `${name}_bucket`, `${name}_sum`].some((one) => asked.has(one)),
  );
  // Positions, and the details of leadership, are for a closer look.
  expect(unseen).toEqual([
    'topout_store_head',
    'topout_spoilt_streams',
    'topout_view_position',
    'topout_deliveries_leader_since_timestamp_seconds',
    'topout_deliveries_unfit',
    'topout_ledger_size',
  ]);
});

test('names follow the conventions of Prometheus: counters end with _total, and units are basic', () => {
  for (const [name, kind] of names) {
    if (!name.startsWith('topout_')) continue;
    expect([name, name.endsWith('_total')]).toEqual([name, kind === 'counter']);
    expect(name).toMatch(/^topout_[a-z]+(_[a-z]+)*$/);
    expect(name).not.toMatch(/_(ms|milliseconds|minutes|hours|kb|mb|percent|count|bucket|sum)(_|$)/);
  }
  expect(text).not.toMatch(/^# HELP \w+ *$/m);
});

test('requests are counted by route, as templates, and never by what a client wrote', () => {
  expect(text).toContain('topout_http_requests_total{method="POST",route="/projects",status="201"} 1');
  expect(text).toContain(
    'topout_http_requests_total{method="GET",route="/projects/:project",status="200"} 1',
  );
  expect(text).toContain(
    'topout_http_requests_total{method="GET",route="/projects/:project",status="404"} 1',
  );
  expect(text).not.toMatch(/hall|nowhere|secret/);
});

test('an entry is counted by its type, its append by its outcome, and its commit by its size', () => {
  expect(text).toContain('topout_events_recorded_total{type="ProjectRegistered"} 1');
  expect(text).toMatch(/^topout_appends_total\{outcome="stored"\} [1-9]/m);
  expect(text).toMatch(/^topout_append_duration_seconds_count [1-9]/m);
  expect(text).toMatch(/^topout_commit_events_count [1-9]/m);
});

test.each(['nodejs_eventloop_lag_p99_seconds', 'process_resident_memory_bytes', 'process_open_fds'])(
  'the process is measured: %s',
  (name) => {
    expect(Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1])).toBeGreaterThan(0);
  },
);
