import { NativeSelect, Table } from '@mantine/core';
import { usePlanTexts } from '../texts.js';
import { type Column, type ColumnKind, columnKinds, yearIn } from './columns.js';
import styles from './paste-preview.module.css';
import type { SheetPlan } from './sheet-plan.js';

const mostShown = 60;

/** The original cells, with the detected columns and the cells that could not be read. */
export function PastePreview({
  cells,
  columns,
  hasHeader,
  plan,
  onColumns,
}: {
  cells: readonly (readonly string[])[];
  columns: readonly Column[];
  hasHeader: boolean;
  plan: SheetPlan;
  onColumns: (columns: Column[]) => void;
}) {
  const say = usePlanTexts();
  const bad = new Set(plan.bad.map(({ row, column }) => `${row}/${column}`));
  const skipped = new Set(plan.skipped.map(({ row }) => row));
  const depths = new Map(plan.rows.map(({ row, depth }) => [row, depth]));
  const first = hasHeader ? 1 : 0;
  const headOf = (column: Column, at: number) => column.head || say('column', { number: at + 1 });
  const choose = (at: number, kind: ColumnKind | undefined) =>
    onColumns(
      columns.map((column, index) => {
        const { kind: own, year: _, ...rest } = column;
        if (index === at) return kind ? { ...rest, kind, ...yearOf(kind, column) } : rest;
        // Each kind belongs to one column, but there is one of planned investment for each year.
        const isOther =
          own !== kind || (kind === 'annual' && column.year !== yearIn(columns[at]?.head ?? ''));
        return own !== undefined && isOther ? column : rest;
      }),
    );
  const nameAt = columns.findIndex(({ kind }) => kind === 'name' || kind === 'nameZh' || kind === 'nameEn');
  return (
    <Table.ScrollContainer minWidth={500} mah="24rem" type="native" tabIndex={0} aria-label={say('preview')}>
      <Table verticalSpacing={2} withTableBorder withColumnBorders fz="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{say('row')}</Table.Th>
            {columns.map((column, at) => (
              <Table.Th key={at}>
                {headOf(column, at)}
                <NativeSelect
                  size="xs"
                  miw="7rem"
                  aria-label={headOf(column, at)}
                  value={column.kind ?? ''}
                  onChange={(event) =>
                    choose(at, (event.currentTarget.value || undefined) as ColumnKind | undefined)
                  }
                  data={[
                    { value: '', label: say('kind.none') },
                    ...columnKinds.map((value) => ({ value, label: say(`kind.${value}`) })),
                  ]}
                />
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {cells.slice(first, first + mostShown).map((row, index) => {
            const number = index + first + 1;
            return (
              <Table.Tr key={number} data-skipped={skipped.has(number)} className={styles.row}>
                <Table.Th scope="row">{number}</Table.Th>
                {row.map((cell, at) => (
                  <Table.Td
                    key={at}
                    data-bad={bad.has(`${number}/${at}`)}
                    data-unused={columns[at]?.kind === undefined}
                    className={styles.cell}
                    style={at === nameAt ? { paddingLeft: `${depths.get(number) ?? 1}rem` } : undefined}
                  >
                    {bad.has(`${number}/${at}`) ? `⚠ ${cell}` : cell}
                  </Table.Td>
                ))}
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function yearOf(kind: ColumnKind, { head }: Column): Pick<Column, 'year'> {
  const year = kind === 'annual' ? yearIn(head) : undefined;
  return year === undefined ? {} : { year };
}
