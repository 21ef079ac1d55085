import { Text } from '@mantine/core';
import { severities } from '../../../../domain/governance/rules.js';
import { nameWords } from '../../../../domain/values/words.js';
import { severityWords } from '../../../../projections/alerts/happening-words.js';
import { numberWords, percentWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import styles from './consequences.module.css';
import type { Effect } from './draft/effect.js';
import { usePlanTexts } from './texts.js';

/** The immediate consequences of adopting a plan, in words. */
export function Consequences({ effect }: { effect: Effect | undefined }) {
  const say = usePlanTexts();
  const language = useLanguage();
  if (!effect) return null;
  const { completion, due, lost } = effect;
  const { from, to, byBasisPoints } = completion.percent;
  const points = `${byBasisPoints > 0 ? '+' : byBasisPoints < 0 ? '−' : ''}${numberWords(Math.abs(byBasisPoints) / 100, language, 1)}`;
  const raised = severities.toReversed().flatMap((severity) => {
    const more = due.after[severity] - due.before[severity];
    return more > 0 ? say('raised', { count: more, colour: severityWords[severity][language] }) : [];
  });
  const ended = severities.reduce(
    (sum, severity) => sum + Math.max(0, due.before[severity] - due.after[severity]),
    0,
  );
  return (
    <ul className={styles.list}>
      <li data-kind={byBasisPoints === 0 ? 'fine' : 'note'}>
        <strong>
          {say('completionGoes', { from: percentWords(from, language), to: percentWords(to, language) })}
        </strong>
        <Text size="xs" c="var(--quiet)">
          {byBasisPoints === 0 ? say('completionStays') : say('scopeOnly', { points })}
        </Text>
      </li>
      <li data-kind={raised.length > 0 ? 'alert' : 'fine'}>
        <strong>
          {raised.length > 0 ? say('raisesAtOnce', { alerts: raised.join(', ') }) : say('raisesNone')}
        </strong>
        {ended > 0 && (
          <Text size="xs" c="var(--quiet)">
            {say('endsAtOnce', { count: ended })}
          </Text>
        )}
      </li>
      <li data-kind={lost.length > 0 ? 'note' : 'fine'}>
        <strong>
          {lost.length > 0
            ? say('countsNoMore', {
                names: lost.map(({ name, item }) => nameWords(name, item)[language]).join(', '),
              })
            : say('allCount')}
        </strong>
        {lost.length > 0 && (
          <Text size="xs" c="var(--quiet)">
            {say('reportsKept')}
          </Text>
        )}
      </li>
    </ul>
  );
}
