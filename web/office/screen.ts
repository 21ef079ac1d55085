import type { QueryClient } from '@tanstack/react-query';
import type { ComponentType, LazyExoticComponent } from 'react';
import type { Words } from '../../projections/words/words.js';

/** A screen of the office; each room says its own in a file `screen.ts`, which is all that is loaded before it is opened. */
export interface Screen {
  /** Pattern of its path behind the `#`: `/alerts`, `/projects/:project`. */
  path: string;
  /** Its place in the navigation, smallest first; without one it is reached by links only. */
  navigation?: {
    order: number;
    label: Words;
    /** What is said beside its name there; loaded with the page. */
    beside?: ComponentType;
  };
  view: LazyExoticComponent<ComponentType>;
  /** Begins to fetch what it shows first, before it is drawn, when the page opens with it. */
  prepare?: (queries: QueryClient) => void;
}
