import { expect, test } from '@jest/globals';
import { KeptProjects } from '../../src/app/commands/kept-projects.js';

const withEntries = (count: number) => ({ revision: count - 1 });

function keptOf(projects: KeptProjects<{ revision: number }>): string[] {
  return ['a', 'b', 'c', 'd'].filter((project) => projects.get(project));
}

test('others leave until the entries fit, and the latest used stays', () => {
  const projects = new KeptProjects<{ revision: number }>(10);
  projects.keep('a', withEntries(4));
  projects.keep('b', withEntries(3));
  projects.keep('c', withEntries(3));
  expect(keptOf(projects)).toEqual(['a', 'b', 'c']);
  projects.keep('a', withEntries(5));
  expect(keptOf(projects)).toHaveLength(2);
  expect(projects.get('a')).toEqual(withEntries(5));
  projects.keep('d', withEntries(10));
  expect(keptOf(projects)).toEqual(['d']);
});

test('of projects used in rotation, some are still cached the next time', () => {
  const projects = new KeptProjects<{ revision: number }>(500);
  let found = 0;
  for (let round = 0; round < 10; round += 1) {
    for (let project = 0; project < 100; project += 1) {
      if (projects.get(`p${project}`)) found += 1;
      projects.keep(`p${project}`, withEntries(10));
    }
  }
  // Half of them fit; a strict LRU would find none.
  expect(found).toBeGreaterThan(100);
});

test('a removed project is forgotten', () => {
  const projects = new KeptProjects<{ revision: number }>(10);
  projects.keep('a', withEntries(4));
  projects.keep('b', withEntries(3));
  expect(projects.take('a')).toEqual(withEntries(4));
  expect(projects.take('a')).toBeUndefined();
  projects.keep('c', withEntries(7));
  expect(keptOf(projects)).toEqual(['b', 'c']);
});

test('a project larger than the cache is cached alone', () => {
  const projects = new KeptProjects<{ revision: number }>(10);
  projects.keep('a', withEntries(2));
  projects.keep('b', withEntries(50));
  expect(keptOf(projects)).toEqual(['b']);
  projects.keep('c', withEntries(10));
  expect(keptOf(projects)).toEqual(['c']);
});

test('a forgotten project makes room', () => {
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
