import { Button, Drawer, Group, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { labelled } from '../../../domain/values/punctuation.js';
import { explain } from '../../../projections/explanation/explain.js';
import type { Explanation } from '../../../projections/explanation/explanation.js';
import type { ExplainedMoment } from '../../../projections/explanation/moment.js';
import { exactWords, numberWords } from '../../../projections/explanation/number-words.js';
import { dayWords } from '../../shared/figures.js';
import { useLanguage } from '../../shared/language.js';
import { RangeBar } from '../parts/range-bar.js';
import { save } from '../use/sheet-files.js';
import styles from './explained.module.css';
import { ExplainedRows, type ExplainedTree } from './explained-rows.js';
import { OneLine } from './one-line.js';
import { useEvidenceTexts } from './texts.js';

/** A figure with everything that it follows from, down to the entries, beside the page. */
export default function ExplainedDrawer({
  isOpen,
  title,
  figure,
  moment,
  onClose,
  onClosed,
}: {
  isOpen: boolean;
  title: string;
  figure: string;
  moment: ExplainedMoment;
  onClose: () => void;
  /** It is no longer to be seen. */
  onClosed: () => void;
}) {
  const language = useLanguage();
  const say = useEvidenceTexts();
  const explanation = useMemo(() => (isOpen ? explain(moment, figure) : undefined), [isOpen, moment, figure]);
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      returnFocus={false}
      onExitTransitionEnd={onClosed}
      position="right"
      size="min(100%, 52rem)"
      title={labelled(say('evidence'), title, language)}
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      {explanation ? (
        <Content key={explanation.figure} explanation={explanation} moment={moment} />
      ) : (
        <Text size="sm">{say('noEntries')}</Text>
      )}
    </Drawer>
  );
}

function Content({ explanation, moment: { asOf } }: { explanation: Explanation; moment: ExplainedMoment }) {
  const say = useEvidenceTexts();
  const language = useLanguage();
  const { nodes, entries, notUsed, notUsedCount, plan, lexiconVersion, rulesVersion, figure } = explanation;
  const [root] = nodes;
  if (!root) return null;
  const tree: ExplainedTree = { nodes, entries: new Map(entries.map((entry) => [entry.id, entry])) };
  const exact = exactWords(root)?.[language];
  const { bounds } = root;
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="flex-end" wrap="wrap">
        <div>
          <Text size="xs">{say('asOf', { day: dayWords(asOf, language) })}</Text>
          <Text className={styles.large}>{numberWords(root)[language]}</Text>
          {exact && <Text size="xs">{say('exactly', { number: exact })}</Text>}
        </div>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() =>
            save(
              new Blob([JSON.stringify(explanation, undefined, 2)], { type: 'application/json' }),
              `${figure.replaceAll(':', '-')}-${asOf}.json`,
            )
          }
        >
          {say('export')}
        </Button>
      </Group>
      {bounds && (
        <div>
          <RangeBar
            range={{
              floorBasisPoints: bounds.low.shown,
              percentBasisPoints: bounds.point.shown,
              ceilingBasisPoints: bounds.high.shown,
            }}
            label={rangeOf(bounds, say)}
          />
          <Text size="xs">{rangeOf(bounds, say)}</Text>
        </div>
      )}
      <ExplainedRows tree={tree} place={0} />
      {root.unit !== 'light' && (
        <div className={styles.total}>
          <Text fw={600}>{say('total')}</Text>
          <Text fw={600}>{numberWords(root)[language]}</Text>
        </div>
      )}
      {notUsedCount > 0 && (
        <details className={styles.notUsed}>
          <summary>{say('notUsed', { count: notUsedCount })}</summary>
          <Stack gap="xs" mt="xs">
            {notUsed.map(({ entry, words }) => (
              <OneLine
                key={entry.id}
                line={entry}
                action={
                  <Text size="xs" fw={600}>
                    {say('because', { reason: words[language] })}
                  </Text>
                }
              />
            ))}
          </Stack>
        </details>
      )}
      <Text size="xs">
        {plan
          ? say('versions', { plan: plan.version, lexicon: lexiconVersion, rules: rulesVersion })
          : say('versionsWithoutPlan', { lexicon: lexiconVersion, rules: rulesVersion })}
      </Text>
    </Stack>
  );
}

function rangeOf(
  { low, point, high }: NonNullable<Explanation['nodes'][number]['bounds']>,
  say: ReturnType<typeof useEvidenceTexts>,
): string {
  const [floor, percent, ceiling] = [low, point, high].map(({ shown }) => shown / 100);
  return say('range', { floor: floor ?? 0, percent: percent ?? 0, ceiling: ceiling ?? 0 });
}
