import { expect, test } from '@jest/globals';
import type { Command } from '../../domain/project/commands.js';
import type { ProjectEvent } from '../../domain/project/events.js';
import { decide, emptyProject, replay } from '../../domain/project/project.js';
import { repeated } from '../../domain/project/repeated.js';
import { CommandRejected } from '../../domain/values/rejections.js';
import { givenId, seenOn, today } from '../support/given.js';

const events: ProjectEvent[] = [
  { type: 'ProjectRegistered', data: { name: { en: 'Quay' } }, entry: seenOn('2018-01-01') },
  { type: 'StageEntered', data: { stage: 'resumed' }, entry: seenOn('2018-06-30') },
];
const contradiction = `resumed-but-not-suspended:${givenId(1)}`;
const explain: Command = {
  type: 'ExplainContradiction',
  entry: seenOn('2018-07-05'),
  data: { contradiction, reason: 'the suspension was before the register began' },
};
const recorded: ProjectEvent = {
  type: 'ContradictionExplained',
  data: { ...explain.data, entries: [givenId(1)] },
  entry: explain.entry,
};
const projectOf = (...said: ProjectEvent[]) =>
  replay(
    emptyProject,
    said.map((event, revision) => ({ ...event, id: givenId(revision), revision })),
  );
const decided = (found: Parameters<typeof decide>[5], ...more: ProjectEvent[]) =>
  decide(explain, projectOf(...events, ...more), today, false, () => today, found);
const refusal = (attempt: () => unknown) => {
  try {
    return attempt();
  } catch (error) {
    return error instanceof CommandRejected ? error.reason : error;
  }
};

test('an explanation is recorded with the entries that the contradiction names', () => {
  expect(decided({ entries: [givenId(1)] })).toEqual({ append: [recorded] });
});

test('the same explanation of the same day is recorded once, another reason again', () => {
  const found = { entries: [givenId(1)] };
  expect(decided(found, recorded)).toMatchObject({ alreadySaid: { id: givenId(2) } });
  const other: ProjectEvent = { ...recorded, data: { ...recorded.data, reason: 'by phone' } } as ProjectEvent;
  expect(decided(found, other)).toEqual({ append: [recorded] });
});

test('a contradiction that the register does not have is not explained', () => {
  expect(refusal(() => decided(undefined))).toBe('contradiction-unknown');
});

test('a contradiction that an entry settled is not explained', () => {
  expect(refusal(() => decided({ entries: [givenId(1)], settledBy: givenId(2) }))).toBe(
    'contradiction-settled',
  );
});

test('nothing is explained in a project that nobody registered', () => {
  const attempt = () => decide(explain, emptyProject, today, false, () => today, { entries: [] });
  expect(refusal(attempt)).toBe('project-unknown');
});

test('an explanation that is sent again is the same one, whatever was settled since', () => {
  const project = projectOf(...events, recorded);
  const said = project.status === 'registered' ? project.said.byId(givenId(2)) : undefined;
  if (!said) throw new Error('It was recorded.');
  expect(repeated(explain, project, said)).toEqual({ repeat: [recorded] });
});
