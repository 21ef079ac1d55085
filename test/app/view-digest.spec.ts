import { DatabaseSync } from 'node:sqlite';
import { expect, test } from '@jest/globals';
import { digestOf } from '../../src/app/views/view-digest.js';

const view = {
  schema:
    'CREATE TABLE b (day TEXT, item TEXT, PRIMARY KEY (item, day)) STRICT, WITHOUT ROWID; CREATE TABLE a (n INTEGER) STRICT;',
};

function holding(...statements: string[]): DatabaseSync {
  const db = new DatabaseSync(':memory:');
  db.exec(`${view.schema} CREATE TABLE other (n INTEGER) STRICT`);
  for (const statement of statements) db.exec(statement);
  return db;
}

test('a digest is equal for equal rows, in any order', () => {
  const one = holding("INSERT INTO b VALUES ('2018-06-30', 'roof'), ('2018-06-01', 'walls')");
  const two = holding(
    "INSERT INTO b VALUES ('2018-06-01', 'walls')",
    "INSERT INTO b VALUES ('2018-06-30', 'roof')",
    'INSERT INTO other VALUES (1)',
  );
  expect(digestOf(view, one)).toBe(digestOf(view, two));
});

test.each([
  ['another row', "INSERT INTO b VALUES ('2018-07-01', 'roof')"],
  ['a row of another table', 'INSERT INTO a VALUES (1)'],
  ['another value', "UPDATE b SET day = '2018-06-29'"],
  ['no row', 'DELETE FROM b'],
])('%s changes the digest', (_, change) => {
  const row = "INSERT INTO b VALUES ('2018-06-30', 'roof')";
  expect(digestOf(view, holding(row, change))).not.toBe(digestOf(view, holding(row)));
});
