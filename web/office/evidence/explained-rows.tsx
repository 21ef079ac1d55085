import { Badge, Text, UnstyledButton } from '@mantine/core';
import { useId, useState } from 'react';
import type { ExplainedNode } from '../../../projections/explanation/explanation.js';
import { exactText, exactWords, numberWords } from '../../../projections/explanation/number-words.js';
import type { Exact } from '../../../projections/explanation/terms/exact.js';
import type { JournalEntry } from '../../../projections/project/journal.js';
import { numberWords as decimals, knownDayWords } from '../../shared/figures.js';
import { useLanguage } from '../../shared/language.js';
import styles from './explained.module.css';
import { OneLine } from './one-line.js';
import { useEvidenceTexts } from './texts.js';

/** The nodes of an explanation, and the entries that they name. */
export interface ExplainedTree {
  nodes: readonly ExplainedNode[];
  entries: ReadonlyMap<string, JournalEntry>;
}

/** What one number follows from: its sentence, its entries and its parts, each of which opens. */
export function ExplainedRows({
  tree,
  place,
  depth = 0,
}: {
  tree: ExplainedTree;
  place: number;
  depth?: number;
}) {
  const language = useLanguage();
  const say = useEvidenceTexts();
  const node = tree.nodes[place] as ExplainedNode;
  const entries = (node.entries ?? []).flatMap((id) => tree.entries.get(id) ?? []);
  const isEmpty = ({ node: part }: { node: number }) => tree.nodes[part]?.rule === 'nothing';
  const parts = node.children.filter((part) => !isEmpty(part));
  const empty = node.children.filter(isEmpty);
  const total = node.children.reduce((sum, { weight }) => sum + numberOf(weight), 0);
  const row = ({ node: part, weight }: ExplainedNode['children'][number]) => (
    <ExplainedRow
      key={part}
      tree={tree}
      place={part}
      weight={weight}
      share={node.rule === 'mean' && weight ? numberOf(weight) / total : undefined}
      depth={depth}
    />
  );
  return (
    <div className={styles.inside}>
      <Text size="xs">{node.words[language]}</Text>
      {entries.map((entry) => (
        <OneLine key={entry.id} line={entry} />
      ))}
      {parts.length > 0 && <ul className={styles.rows}>{parts.map(row)}</ul>}
      {empty.length > 0 && (
        <details>
          <summary>{say('emptyParts', { count: empty.length })}</summary>
          <ul className={styles.rows}>{empty.map(row)}</ul>
        </details>
      )}
    </div>
  );
}

function ExplainedRow({
  tree,
  place,
  weight,
  share,
  depth,
}: {
  tree: ExplainedTree;
  place: number;
  weight: Exact | undefined;
  /** Its share of the number above it, 0 to 1. */
  share: number | undefined;
  depth: number;
}) {
  const language = useLanguage();
  const say = useEvidenceTexts();
  const id = useId();
  const node = tree.nodes[place] as ExplainedNode;
  const [isOpen, setOpen] = useState(depth === 0 && node.children.length > 0);
  const entry = tree.entries.get(node.entries?.[0] ?? '');
  const number = exactWords(node)?.[language] ?? numberWords(node)[language];
  const points = share === undefined ? undefined : (share * numberOf(node)) / 100;
  return (
    <li>
      <UnstyledButton
        className={styles.row}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <span className={styles.name}>
          <span aria-hidden className={styles.chevron} data-open={isOpen}>
            ›
          </span>
          {node.name[language]}
          {node.isImplied && (
            <Badge size="xs" variant="light" ml={6}>
              {say('implied')}
            </Badge>
          )}
        </span>
        {entry && <Source entry={entry} />}
        <span className={styles.number}>
          {weight ? `${exactText(weight)} × ` : ''}
          {number}
        </span>
        <span className={styles.points}>{points === undefined ? '' : decimals(points, language, 2)}</span>
      </UnstyledButton>
      <div id={id} hidden={!isOpen}>
        {isOpen && <ExplainedRows tree={tree} place={place} depth={depth + 1} />}
      </div>
    </li>
  );
}

/** The paragraph and the quote of an entry in short, and its day. */
function Source({ entry }: { entry: JournalEntry }) {
  const language = useLanguage();
  const { source } = entry;
  const paragraph = 'paragraph' in source && source.paragraph ? `§ ${source.paragraph} · ` : '';
  return (
    <span className={styles.source}>
      {'quote' in source && source.quote ? <q>{source.quote}</q> : null} {paragraph}
      <span data-inferred={entry.isInferred === true}>{knownDayWords(entry.asOf, entry, language)}</span>
    </span>
  );
}

function numberOf(exact: Exact | undefined): number {
  return exact ? Number(exact.numerator) / Number(exact.denominator) : 1;
}
