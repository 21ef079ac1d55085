import type { QueryClient } from '@tanstack/react-query';
import type { ComponentType, LazyExoticComponent } from 'react';
import type { Permission } from '../../domain/access/permissions.js';
import type { Words } from '../../domain/values/words.js';

/** A screen of the office; each declares itself in a file `screen.ts`, which is all that is loaded before it is opened. */
export interface Screen {
  /** The pattern of its path behind the `#`: `/alerts`, `/projects/:project`. */
  path: string;
  /** Its order in the navigation, smallest first; without one it is reachable only by links. */
  navigation?: {
    order: number;
    label: Words;
    /** Shown beside its name in the navigation; loaded with the page. */
    beside?: ComponentType;
    /** Its picture in the bar of a phone; a screen without one is under "more" there. */
    icon?: ComponentType;
    /** How the paths of the screens begin that belong to it, where not with its own. */
    within?: readonly string[];
  };
  /** The permissions of which the user needs one; without any it is not offered, and says what is missing. */
  needs?: readonly Permission[];
  view: LazyExoticComponent<ComponentType>;
  /** Loads its files, where they are wanted before it is drawn. */
  load?: () => Promise<unknown>;
  /** Prefetches its first data when the page opens with it. */
  prepare?: (queries: QueryClient) => void;
}
