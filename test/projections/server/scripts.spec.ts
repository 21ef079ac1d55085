import { beforeAll, describe, expect, test } from '@jest/globals';
import { transformSync } from '@swc/core';
import fc from 'fast-check';
import { applyToLife, emptyLife } from '../../../domain/alerts/alert.js';
import type { AlertEvent } from '../../../domain/alerts/events.js';
import type { AnyRecordedEvent } from '../../../domain/log/any-event.js';
import type { RecordedEvent } from '../../../domain/project/events.js';
import { figuresAt, foldProject } from '../../../projections/project/project.js';
import type { LatestFigures } from '../../../projections/server/project-figures.js';
import { compose } from '../../../src/composition/compose.js';
import { readConfig } from '../../../src/composition/settings/config.js';
import { ProjectionEngine } from '../../../src/event-store/projection-engine.js';
import { ScriptUnusable, type ServerScript, tryScript } from '../../../src/maintenance/server-scripts.js';
import { District } from '../../support/district.js';
import { eventsOf, temporaryFolder } from '../../support/event-store-ports.js';
import { historyOf, randomHistory } from '../../support/histories.js';
import { asHeld, builtScripts } from '../../support/server-events.js';

const prefix = 'topout.';
let scripts: ServerScript[];

beforeAll(() => {
  scripts = builtScripts(prefix);
});

const script = (name: string) => scripts.find(({ projection }) => projection.name === name) as ServerScript;

/** The states that a script folds from events, by project. */
function folded(name: string, events: readonly AnyRecordedEvent[]): ReadonlyMap<string, unknown> {
  const engine = new ProjectionEngine(script(name).text);
  for (const event of events) engine.handleEvent(asHeld(event, prefix));
  return engine.states;
}

/** The states that the service folds from one project's events, by revision. */
function here(events: readonly RecordedEvent[]): unknown {
  const state = foldProject(events.map((event) => ({ ...event, position: event.revision })));
  return JSON.parse(JSON.stringify({ revision: events.length - 1, state }));
}

async function exampleDistrict(): Promise<AnyRecordedEvent[]> {
  const folder = temporaryFolder();
  const { loadExample } = await import('../../../src/maintenance/example.js');
  const config = { ...readConfig({}), dataPath: folder.path, vaultPath: folder.file('vault.json') };
  const composed = await compose(config);
  await loadExample(composed, config);
  const events = await eventsOf(composed.store.readAll());
  await composed.close();
  folder.remove();
  return events;
}

describe('a script for the server', () => {
  test('is plain ES2015 without modules, maps, sets or big integers', () => {
    expect(scripts.map(({ projection }) => projection.name)).toEqual([
      'project-state',
      'project-figures',
      'alert-life',
    ]);
    for (const { text } of scripts) {
      // Compiling to ES2015 would change nothing.
      const down = (target: 'es2015' | 'es2024') =>
        transformSync(text, {
          swcrc: false,
          isModule: false,
          jsc: { target, parser: { syntax: 'ecmascript' } },
        }).code;
      expect(down('es2015')).toBe(down('es2024'));
      expect(
        text.match(/^(import|export)\b|\b(Map|Set|WeakMap|WeakSet|Promise|Proxy|BigInt|console|require)\b/gm),
      ).toBeNull();
    }
  });

  test('has a version derived from its text and the prefix', () => {
    const [first] = scripts;
    expect(first?.name).toMatch(/^topout\.project-state@[0-9a-f]{8}$/);
    expect(builtScripts(prefix).map(({ name }) => name)).toEqual(scripts.map(({ name }) => name));
    expect(builtScripts('north.')[0]?.version).not.toBe(first?.version);
  });

  test('folds the example district like the service', async () => {
    const events = await exampleDistrict();
    const projects = [...new Set(events.map(({ stream }) => stream))].filter((stream) =>
      stream.startsWith('project-'),
    );
    const states = folded('project-state', events);
    const figures = folded('project-figures', events);
    expect(projects).toHaveLength(8);
    expect(states.size).toBe(8);
    for (const stream of projects) {
      const own = events.filter((event) => event.stream === stream) as RecordedEvent[];
      const project = stream.slice('project-'.length);
      expect(states.get(project)).toEqual(here(own));
      const { state } = figures.get(project) as { state: LatestFigures };
      const whole = foldProject(own.map((event) => ({ ...event, position: event.revision })));
      expect(state.figures).toEqual(JSON.parse(JSON.stringify(figuresAt(whole, state.asOf))));
      expect(state.asOf).toBe(
        whole.identity.sightings
          .map(({ asOf }) => asOf)
          .sort()
          .at(-1),
      );
    }
  });

  test('folds any history like the service', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0 }), { minLength: 1, maxLength: 40 }), (seeds) => {
        const { project, events } = historyOf(seeds);
        expect(folded('project-state', events).get(project)).toEqual(here(events));
        const { state } = folded('project-figures', events).get(project) as { state: LatestFigures };
        const whole = foldProject(events.map((event) => ({ ...event, position: event.revision })));
        expect(state.figures).toEqual(JSON.parse(JSON.stringify(figuresAt(whole, state.asOf))));
      }),
      { numRuns: 25 },
    );
  });

  test('separates interleaved projects, and ignores other streams', () => {
    const [a, b] = [randomHistory(1, { entries: 20 }), randomHistory(2, { entries: 20 })];
    const mixed = a.events.flatMap((event, i) => [event, b.events[i]]).filter((event) => event !== undefined);
    const foreign = mixed.map((event) => ({
      ...event,
      stream: `${event.stream}`.replace('project-', 'order-'),
    }));
    const states = folded('project-state', [...foreign, ...mixed]);
    expect([...states.keys()].sort()).toEqual([a.project, b.project].sort());
    expect(states.get(a.project)).toEqual(here(a.events.slice(0, 20)));
  });

  test('follows the alerts of a project', async () => {
    const district = new District('2018-07-10');
    await district.say('harbour', {
      type: 'ProjectRegistered',
      data: { name: { en: 'Harbour' } },
      entry: { asOf: '2018-01-01', precision: 'day', source: { kind: 'inspection' } },
    });
    await district.say('harbour', {
      type: 'StallDeclared',
      data: { stall: 'money', cause: 'financing', blocks: ['works'], from: '2018-06-01' },
      entry: { asOf: '2018-06-01', precision: 'day', source: { kind: 'inspection' } },
    });
    await district.watch();
    await district.on('2018-09-01');
    const events = await district.events('harbour');
    await district.close();
    expect(events.length).toBeGreaterThan(0);
    const life = events.reduce(
      (state, event) => applyToLife(state, { ...event, position: event.revision } as AlertEvent),
      emptyLife('harbour'),
    );
    expect(folded('alert-life', events).get('harbour')).toEqual(
      JSON.parse(JSON.stringify({ revision: events.length - 1, state: life })),
    );
  });

  test('stops at an event of a newer Topout in its project only', () => {
    const [a, b] = [randomHistory(1, { entries: 5 }), randomHistory(2, { entries: 5 })];
    const engine = new ProjectionEngine(script('project-state').text);
    for (const event of a.events) {
      const held = asHeld(event, prefix);
      engine.handleEvent(
        event.revision === 3 ? { ...held, metadata: { ...held.metadata, schema: 9 } } : held,
      );
    }
    for (const event of b.events) engine.handleEvent(asHeld(event, prefix));
    const before = here(a.events.slice(0, 3)) as object;
    const why = `${a.events[3]?.type} has schema 9 and this version knows 1; use a newer one`;
    expect(engine.states.get(a.project)).toEqual({ ...before, stopped: { revision: 3, why } });
    expect(engine.states.get(b.project)).toEqual(here(b.events));
  });

  test('is refused before it reaches the server if it is invalid or does not fold', () => {
    const good = script('project-state');
    expect(() => tryScript(good, prefix)).not.toThrow();
    const broken = [
      `${good.text}\n}`,
      good.text.replace('fromAll()', 'fromNowhere()'),
      'var nothing = 1;',
      good.text.replace(/\bfunction applyToProject\([^)]*\) \{/, '$& throw new Error("broken");'),
      `${good.text.replace(/\bfunction applyToProject\([^)]*\) \{/, '$& return state;')}`,
    ];
    for (const text of broken) {
      expect(text).not.toBe(good.text);
      expect(() => tryScript({ ...good, text }, prefix)).toThrow(ScriptUnusable);
    }
  });

  test('cannot reach the host', () => {
    for (const name of [
      'process',
      'console',
      'Map',
      'Promise',
      'setTimeout',
      'globalThis',
      'BigInt',
      'Reflect',
    ])
      expect(() => new ProjectionEngine(`${name};`)).toThrow(`${name} is not defined`);
    expect(() => new ProjectionEngine("this.constructor.constructor('return process')()")).toThrow();
  });
});
