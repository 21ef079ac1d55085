import { useStore } from '../../shared/use-store.js';

const paper = matchMedia('print');

function subscribe(changed: () => void): () => void {
  paper.addEventListener('change', changed);
  return () => paper.removeEventListener('change', changed);
}

/** True while the page is laid out for printing. */
export function useIsPrinting(): boolean {
  return useStore(subscribe, () => paper.matches);
}
