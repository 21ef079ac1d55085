import { Group, List, Loader, Table, Text } from '@mantine/core';
import type { Severity } from '../../../../domain/governance/rules.js';
import { nameWords } from '../../../../domain/values/words.js';
import { numberWords, percentWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { Section } from '../../parts/section.js';
import { Consequences } from './consequences.js';
import type { Effect } from './draft/effect.js';
import { usePlanTexts } from './texts.js';

const mostItems = 12;

/** The effect of a plan on today's figures, before it is adopted. */
export function EffectView({ effect }: { effect: Effect | undefined }) {
  const say = usePlanTexts();
  const language = useLanguage();
  if (!effect) return <Loader size="sm" />;
  const { completion, lost, due, plannedItems } = effect;
  // New items that have not started show no change.
  const items = effect.items.filter((one) => (one.fromBasisPoints ?? 0) !== (one.toBasisPoints ?? 0));
  const points = (basisPoints: number) =>
    say('points', {
      points: `${basisPoints > 0 ? '+' : ''}${numberWords(basisPoints / 100, language, 2)}`,
    });
  const lights = ({ red, yellow, blue }: Record<Severity, number>) => `${red}, ${yellow}, ${blue}`;
  const rows = [
    ...(['percent', 'floor', 'ceiling'] as const).map((figure) => {
      const { from, to, byBasisPoints } = completion[figure];
      return [say(figure), percentWords(from, language), percentWords(to, language), points(byBasisPoints)];
    }),
    [
      say('plannedItems'),
      String(plannedItems.before),
      String(plannedItems.after),
      signed(plannedItems.after - plannedItems.before),
    ],
    [say('due'), lights(due.before), lights(due.after), lights(due.before) === lights(due.after) ? '0' : '≠'],
  ];
  return (
    <Section title={say('effect')}>
      <Consequences effect={effect} />
      <Table.ScrollContainer minWidth={360} maw="44rem" type="native" tabIndex={0} aria-label={say('effect')}>
        <Table verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              {(['figure', 'before', 'afterwards', 'change'] as const).map((head) => (
                <Table.Th key={head}>{say(head)}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(([head, ...cells]) => (
              <Table.Tr key={head}>
                <Table.Th scope="row" fw={400}>
                  {head}
                </Table.Th>
                {cells.map((cell, at) => (
                  <Table.Td key={at}>{cell}</Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {lost.length > 0 && (
        <Text size="sm" c="var(--bad)" mt="xs">
          {say('lost', {
            names: lost.map(({ name, item }) => nameWords(name, item)[language]).join(', '),
          })}
        </Text>
      )}
      {items.length > 0 && (
        <>
          <Text size="sm" mt="xs" fw={600}>
            {say('itemsChanged')}
          </Text>
          <List size="sm">
            {items.slice(0, mostItems).map(({ item, name, fromBasisPoints, toBasisPoints }) => (
              <List.Item key={item}>
                <Group gap="xs" component="span" display="inline-flex">
                  <span>{nameWords(name, item)[language]}:</span>
                  <span>
                    {fromBasisPoints === null ? say('notThere') : percentWords(fromBasisPoints, language)} →{' '}
                    {toBasisPoints === null ? say('notThere') : percentWords(toBasisPoints, language)}
                  </span>
                </Group>
              </List.Item>
            ))}
          </List>
          {items.length > mostItems && (
            <Text size="sm">{say('badMore', { count: items.length - mostItems })}</Text>
          )}
        </>
      )}
    </Section>
  );
}

function signed(count: number): string {
  return count > 0 ? `+${count}` : String(count);
}
