import { expect, test } from '@jest/globals';
import { KeptProjects } from '../../src/app/kept-projects.js';

const withEntries = (count: number) => ({ revision: count - 1 });

function keptOf(projects: KeptProjects<{ revision: number }>): string[] {
  return ['a', 'b', 'c', 'd'].filter((project) => projects.get(project));
}

test('projects leave in the order in which they were used, until the entries fit', () => {
  const projects = new KeptProjects<{ revision: number }>(10);
  projects.keep('a', withEntries(4));
  projects.keep('b', withEntries(3));
  projects.keep('c', withEntries(3));
  expect(keptOf(projects)).toEqual(['a', 'b', 'c']);
  projects.keep('a', withEntries(5));
  expect(keptOf(projects)).toEqual(['a', 'c']);
  projects.keep('d', withEntries(6));
  expect(keptOf(projects)).toEqual(['d']);
});

test('a project that is larger than all that may be kept is kept alone', () => {
  const projects = new KeptProjects<{ revision: number }>(10);
  projects.keep('a', withEntries(2));
  projects.keep('b', withEntries(50));
  expect(keptOf(projects)).toEqual(['b']);
  projects.keep('c', withEntries(10));
  expect(keptOf(projects)).toEqual(['c']);
});

test('what is forgotten makes room', () => {
  const projects = new KeptProjects<{ revision: number }>(10);
  projects.keep('a', withEntries(5));
  projects.forget('a');
  projects.forget('a');
  projects.keep('b', withEntries(5));
  projects.keep('c', withEntries(5));
  expect(keptOf(projects)).toEqual(['b', 'c']);
  projects.forgetAll();
  projects.keep('a', withEntries(5));
  projects.keep('d', withEntries(5));
  expect(keptOf(projects)).toEqual(['a', 'd']);
});
