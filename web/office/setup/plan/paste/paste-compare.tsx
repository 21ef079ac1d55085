import { Button, NativeSelect, Text } from '@mantine/core';
import { useState } from 'react';
import { dayWords, numberWords, percentWords } from '../../../../shared/figures.js';
import { useLanguage } from '../../../../shared/language.js';
import { calledIn } from '../draft/actions.js';
import { depths, type Items, shares } from '../draft/tree.js';
import { usePlanTexts } from '../texts.js';
import { type Difference, differences, type Pair } from './compared.js';
import type { Doubt } from './matching.js';
import styles from './paste-compare.module.css';

const isNew = ' new';

/** The plan in force beside the pasted one, row by row; what is doubtful is answered in its row. */
export function PasteCompare({
  pairs,
  inForce,
  pasted,
  onChoose,
}: {
  pairs: readonly Pair[];
  inForce: Items;
  pasted: Items;
  onChoose: (row: string, item: string | null | undefined) => void;
}) {
  const say = usePlanTexts();
  const language = useLanguage();
  const [shown, setShown] = useState<Difference>();
  const counts = Map.groupBy(pairs, ({ difference }) => difference);
  const [oldShares, newShares] = [shares(inForce), shares(pasted)];
  const [oldDepths, newDepths] = [depths(inForce), depths(pasted)];
  const share = (of: ReadonlyMap<string, number>, id: string | undefined) =>
    id === undefined ? '' : percentWords(of.get(id) ?? 0, language);
  const day = (on: string | undefined) => (on ? dayWords(on, language) : '…');
  return (
    <section aria-label={say('compared')} className={styles.compared}>
      <div className={styles.chips}>
        {[undefined, ...differences].map((one) => {
          const count = one ? (counts.get(one)?.length ?? 0) : pairs.length;
          if (one && count === 0) return null;
          return (
            <button
              key={one ?? 'all'}
              type="button"
              aria-pressed={shown === one}
              data-difference={one}
              onClick={() => setShown(shown === one ? undefined : one)}
            >
              {say(one ? `difference.${one}` : 'allRows')} {numberWords(count, language)}
            </button>
          );
        })}
      </div>
      <div className={styles.scroll}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say('planInForce')}</th>
              <th scope="col">{say('shareHead')}</th>
              <th scope="col">{say('difference')}</th>
              <th scope="col">{say('planPasted')}</th>
              <th scope="col">{say('shareHead')}</th>
              <th scope="col">{say('plannedDays')}</th>
            </tr>
          </thead>
          <tbody>
            {pairs
              .filter(({ difference }) => shown === undefined || difference === shown)
              .map(({ difference, was, is, doubt }, at) => (
                <tr key={is?.id ?? was?.id ?? at} data-difference={difference}>
                  <td style={{ '--depth': (oldDepths.get(was?.id ?? '') ?? 1) - 1 } as object}>
                    {was && calledIn(was, language, was.id)}
                  </td>
                  <td>{share(oldShares, was?.id)}</td>
                  <td>
                    <span className={styles.mark}>{say(`difference.${difference}`)}</span>
                  </td>
                  <td style={{ '--depth': (newDepths.get(is?.id ?? '') ?? 1) - 1 } as object}>
                    {is ? (
                      calledIn(is, language, is.id)
                    ) : (
                      <span className={styles.quiet}>{say('goneHint')}</span>
                    )}
                    {doubt && <Question doubt={doubt} inForce={inForce} onChoose={onChoose} />}
                  </td>
                  <td>{share(newShares, is?.id)}</td>
                  <td className={styles.quiet}>
                    {is && (is.plannedStart || is.plannedFinish)
                      ? `${day(is.plannedStart)} – ${day(is.plannedFinish)}`
                      : ''}
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Asks which item of the plan in force a row is; an answer can be changed. */
function Question({
  doubt: { row, candidates, chosen },
  inForce,
  onChoose,
}: {
  doubt: Doubt;
  inForce: Items;
  onChoose: (row: string, item: string | null | undefined) => void;
}) {
  const say = usePlanTexts();
  const language = useLanguage();
  const { id } = row.item;
  const known = new Map(inForce.map((item) => [item.id, item]));
  const pathOf = (of: string) => {
    const path: string[] = [];
    for (let up = known.get(of); up; up = known.get(up.parent ?? ''))
      path.unshift(calledIn(up, language, up.id));
    return path.join(' / ');
  };
  const [first] = candidates;
  return (
    <div className={styles.question}>
      {chosen === undefined && first && (
        <>
          <Button size="compact-sm" onClick={() => onChoose(id, first.id)}>
            {say('isSame')}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => onChoose(id, null)}>
            {say('isOther')}
          </Button>
        </>
      )}
      <NativeSelect
        size="xs"
        aria-label={say('doubtRow', { row: row.row, name: calledIn(row.item, language, id) })}
        value={chosen === null ? isNew : (chosen ?? '')}
        onChange={(event) => {
          const { value } = event.currentTarget;
          onChoose(id, value === '' ? undefined : value === isNew ? null : value);
        }}
        data={[
          { value: '', label: say('doubtChoose') },
          ...candidates.map((one) => ({ value: one.id, label: say('doubtSame', { name: pathOf(one.id) }) })),
          { value: isNew, label: say('doubtNew') },
        ]}
      />
      {chosen !== undefined && (
        <Button size="compact-sm" variant="subtle" onClick={() => onChoose(id, undefined)}>
          {say('undoAnswer')}
        </Button>
      )}
    </div>
  );
}

/** Why the rows cannot be taken yet. */
export function StillAsked({ doubts }: { doubts: readonly Doubt[] }) {
  const say = usePlanTexts();
  const count = doubts.filter(({ chosen }) => chosen === undefined).length;
  if (count === 0) return null;
  return (
    <Text size="sm" c="var(--waits)" role="status" className={styles.asked}>
      ⚠ {say('stillAsked', { count })}
    </Text>
  );
}
