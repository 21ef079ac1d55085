import { createContext, type ReactNode, use, useRef, useState } from 'react';
import { draftOf, keepDraft, type Typed } from './drafts.js';

interface Form {
  typed: Typed;
  type(field: string, value: string | undefined): void;
}

const FormContext = createContext<Form | undefined>(undefined);

/** Persists the text of the fields inside under a name until it is dropped, and restores it. */
export function KeptTyping({ draft, children }: { draft: string; children: ReactNode }) {
  const typed = useRef<Typed>(undefined);
  typed.current ??= draftOf(draft)?.typed ?? {};
  const type = (field: string, value: string | undefined) => {
    const { [field]: _, ...others } = typed.current ?? {};
    typed.current = value === undefined ? others : { ...others, [field]: value };
    keepDraft(draft, typed.current);
  };
  return <FormContext value={{ typed: typed.current, type }}>{children}</FormContext>;
}

/**
 * The value and setter of a field; the value survives a page reload until the form is saved.
 *
 * @param field its name within the form
 * @param first the initial value, which is not saved as a draft
 */
export function useTyped<Value extends string | undefined>(
  field: string,
  first: Value,
): [Value, (value: Value) => void] {
  const form = use(FormContext);
  const [value, setValue] = useState<Value>((form?.typed[field] as Value) ?? first);
  return [
    value,
    (next) => {
      setValue(next);
      form?.type(field, next === first ? undefined : next);
    },
  ];
}
