import { useCallback, useEffect, useReducer, useRef } from 'react';
import { keep } from '../../kept.js';
import type { Base, KeptDraft, PlanDraft } from './plan-draft.js';

interface State extends KeptDraft {
  past: readonly PlanDraft[];
  future: readonly PlanDraft[];
  /** False for the unchanged plan in force. */
  isTouched: boolean;
}

type Step =
  | { step: 'change'; change: (draft: PlanDraft) => PlanDraft; base?: Base }
  | { step: 'undo' | 'redo' }
  | { step: 'reset'; kept: KeptDraft };

const mostSteps = 100;
const settledMs = 300;

/** A draft plan with undo; the draft is stored on the device. */
export function useDraft(project: string, first: KeptDraft, isKept: boolean) {
  const [state, step] = useReducer(after, { ...first, past: [], future: [], isTouched: isKept });
  const { draft, base, isTouched } = state;
  const latest = useRef(() => {});
  latest.current = () => keep(`plan.${project}`, isTouched ? { draft, base } : undefined);
  useEffect(() => {
    const waiting = setTimeout(() => latest.current(), settledMs);
    return () => clearTimeout(waiting);
  }, [project, draft, base, isTouched]);
  useEffect(() => () => latest.current(), []);
  const change = useCallback(
    (change: (draft: PlanDraft) => PlanDraft, base?: Base) =>
      step({ step: 'change', change, ...(base ? { base } : {}) }),
    [],
  );
  const reset = useCallback((kept: KeptDraft) => step({ step: 'reset', kept }), []);
  return {
    draft,
    base,
    isTouched,
    change,
    reset,
    undo: state.past.length > 0 ? () => step({ step: 'undo' }) : undefined,
    redo: state.future.length > 0 ? () => step({ step: 'redo' }) : undefined,
  };
}

function after(state: State, step: Step): State {
  switch (step.step) {
    case 'change': {
      const draft = step.change(state.draft);
      const base = step.base ?? state.base;
      if (draft === state.draft && base === state.base) return state;
      const past = [...state.past.slice(1 - mostSteps), state.draft];
      return { draft, base, past, future: [], isTouched: true };
    }
    case 'undo': {
      const draft = state.past.at(-1);
      if (!draft) return state;
      return { ...state, draft, past: state.past.slice(0, -1), future: [state.draft, ...state.future] };
    }
    case 'redo': {
      const [draft, ...future] = state.future;
      return draft ? { ...state, draft, past: [...state.past, state.draft], future } : state;
    }
    case 'reset':
      return { ...step.kept, past: [], future: [], isTouched: false };
  }
}
