import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { MeasureKind, WorkItem } from '../../../../domain/project/events.js';
import { decimalOf, decimalText } from '../../../../domain/values/amounts/decimal.js';
import type { Act } from './draft/actions.js';
import { usePlanTexts } from './texts.js';

const measures: readonly MeasureKind[] = ['percent', 'done', 'count', 'quantity', 'storeys', 'steps'];

type Patch = (Act & { act: 'change' })['patch'];

interface Props {
  item: WorkItem;
  onChange(patch: Patch): void;
}

/** How an item is measured, with the totals and the unit of that measure. */
export function MeasureFields({ item, onChange }: Props) {
  const say = usePlanTexts();
  const { measure, of, below, unit } = item;
  const isCounted = measure === 'count' || measure === 'storeys';
  const changeMeasure = (next: MeasureKind) =>
    onChange({
      measure: next,
      ...(next === 'count' || next === 'quantity' ? {} : { unit: undefined }),
      ...(next === 'count' || next === 'storeys' ? {} : { of: undefined }),
      ...(next === 'quantity' ? {} : { total: undefined }),
      ...(next === 'storeys' ? {} : { below: undefined }),
      steps: next === 'steps' ? [{ id: 'step-1', name: {}, weight: 1 }] : undefined,
    });
  return (
    <>
      <NativeSelect
        size="xs"
        label={say('measure')}
        value={measure}
        onChange={(event) => changeMeasure(event.currentTarget.value as MeasureKind)}
        data={measures.map((value) => ({ value, label: say(`measure.${value}`) }))}
      />
      {isCounted && (
        <WholeField
          label={say(measure === 'storeys' ? 'ofStoreys' : 'of')}
          value={of}
          onChange={(next) => onChange({ of: next })}
        />
      )}
      {measure === 'storeys' && (
        <WholeField
          label={say('below')}
          value={below}
          most={100}
          onChange={(next) => onChange({ below: next })}
        />
      )}
      {measure === 'quantity' && <TotalField item={item} onChange={onChange} />}
      {(measure === 'count' || measure === 'quantity') && (
        <TextInput
          size="xs"
          label={say('unit')}
          value={unit ?? ''}
          maxLength={40}
          onChange={(event) => onChange({ unit: event.currentTarget.value || undefined })}
        />
      )}
    </>
  );
}

function WholeField({
  label,
  value,
  most = 999_999_999,
  onChange,
}: {
  label: string;
  value: number | undefined;
  most?: number;
  onChange(next: number | undefined): void;
}) {
  return (
    <TextInput
      size="xs"
      label={label}
      inputMode="numeric"
      value={value === undefined ? '' : String(value)}
      onChange={(event) => {
        const digits = event.currentTarget.value.normalize('NFKC').replace(/\D/g, '').slice(0, 9);
        const next = Math.min(Number(digits), most);
        onChange(next > 0 ? next : undefined);
      }}
    />
  );
}

/** The total of an amount; typed text is kept until it is a decimal. */
function TotalField({ item: { total }, onChange }: Props) {
  const say = usePlanTexts();
  const [typed, setTyped] = useState(total ? decimalText(total) : '');
  const read = decimalOf(typed.normalize('NFKC').trim());
  return (
    <TextInput
      size="xs"
      label={say('total')}
      inputMode="decimal"
      value={typed}
      error={typed.trim() !== '' && !read ? `${typed}?` : undefined}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        const next = decimalOf(event.currentTarget.value.normalize('NFKC').trim());
        onChange({ total: next && next.digits > 0 ? next : undefined });
      }}
    />
  );
}
