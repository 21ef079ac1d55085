import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { nameWords } from '../../../../domain/values/words.js';
import { knownDayWords } from '../../../shared/figures.js';
import { type Language, useLanguage } from '../../../shared/language.js';
import type { Frame } from '../../../shared/replay/film.js';
import { Light } from '../../parts/light.js';
import { useIsPrinting } from '../../use/use-is-printing.js';
import styles from '../auditor.module.css';
import { type SayAuditor, useAuditorTexts } from '../texts.js';
import type { FilmSource } from './film-source.js';
import { districtWords, projectWords } from './frame-words.js';
import { useFrames } from './use-frames.js';

const heads = {
  project: ['position', 'entry', 'percent', 'floor', 'ceiling', 'money', 'light', 'stands'],
  district: ['position', 'entry', 'percent', 'money', 'light', 'districtPercent', 'districtMoney', 'lights'],
} as const;

/** Maximum number of printed rows; a longer replay is exported as a file. */
const printedMost = 1_000;

/** Every entry of a replay with the figures right after it; only visible rows are rendered. */
export function FilmTable({
  source,
  at,
  go,
}: {
  source: FilmSource;
  at: number;
  go: (index: number) => void;
}) {
  const say = useAuditorTexts();
  const language = useLanguage();
  const isPrinting = useIsPrinting();
  const frame = useRef<HTMLElement>(null);
  const count = source.ticking.length;
  const rows = useVirtualizer({
    count,
    getScrollElement: () => frame.current,
    estimateSize: () => 46,
    overscan: 8,
    useFlushSync: false,
  });
  useEffect(() => {
    rows.scrollToIndex(at, { align: 'auto' });
  }, [rows, at]);
  const shown = rows.getVirtualItems();
  const printed = Math.min(count, printedMost);
  const first = isPrinting ? 0 : (shown[0]?.index ?? 0);
  const last = isPrinting ? printed - 1 : (shown.at(-1)?.index ?? 0);
  const frameAt = useFrames(source, [[first, last]]);
  const indices = isPrinting
    ? Array.from({ length: printed }, (_, index) => index)
    : shown.map(({ index }) => index);
  const above = isPrinting ? 0 : (shown[0]?.start ?? 0);
  const below = isPrinting ? 0 : rows.getTotalSize() - (shown.at(-1)?.end ?? 0);
  const kind = source.isDistrict ? 'district' : 'project';
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
    <section ref={frame} className={styles.film} tabIndex={0} aria-label={say('replay')}>
      <table className={styles.table} data-kind={kind} aria-rowcount={count + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {heads[kind].map((head) => (
              <th key={head} scope="col" data-column={head}>
                {say(head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {above > 0 && <tr className={styles.space} style={{ height: above }} />}
          {indices.map((index) => (
            <tr
              key={index}
              ref={isPrinting ? undefined : rows.measureElement}
              data-index={index}
              aria-rowindex={index + 2}
              aria-current={index === at ? 'true' : undefined}
            >
              <Cells
                frame={frameAt(index)}
                position={source.ticking[index]?.position ?? 0}
                isDistrict={source.isDistrict}
                onGo={() => go(index)}
                say={say}
                language={language}
              />
            </tr>
          ))}
          {below > 0 && <tr className={styles.space} style={{ height: below }} />}
        </tbody>
      </table>
    </section>
  );
}

function Cells({
  frame,
  position,
  isDistrict,
  onGo,
  say,
  language,
}: {
  frame: Frame | undefined;
  position: number;
  isDistrict: boolean;
  onGo: () => void;
  say: SayAuditor;
  language: Language;
}) {
  const row = frame && (frame.after ?? frame.before);
  const [before, after] = [frame?.before, frame?.after].map((one) =>
    projectWords(one ?? null, say, language),
  );
  const totals = frame?.totals && districtWords(frame.totals, say, language);
  const cell = (figure: 'percent' | 'floor' | 'ceiling' | 'money' | 'stands') => (
    <td data-changed={frame !== undefined && before?.[figure] !== after?.[figure]}>
      {frame && after?.[figure]}
    </td>
  );
  return (
    <>
      <td>
        <button type="button" className={styles.go} aria-label={say('goTo', { position })} onClick={onGo}>
          {position}
        </button>
      </td>
      <th scope="row">
        {isDistrict && row && (
          <span className={styles.who}>{nameWords(row.name, row.project)[language]}</span>
        )}
        {frame && (
          <>
            {frame.words[language]}{' '}
            <small>{say('onDay', { day: knownDayWords(frame.asOf, frame, language) })}</small>
          </>
        )}
      </th>
      {cell('percent')}
      {!isDistrict && cell('floor')}
      {!isDistrict && cell('ceiling')}
      {cell('money')}
      <td data-changed={frame !== undefined && frame.before?.light !== frame.after?.light}>
        {frame && <Light light={frame.after?.light ?? null} none={say('noLight')} language={language} />}
      </td>
      {isDistrict ? (
        <>
          <td>{totals?.percent}</td>
          <td>{totals?.money}</td>
          <td>{totals?.lights}</td>
        </>
      ) : (
        cell('stands')
      )}
    </>
  );
}
