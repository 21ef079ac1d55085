import { isDay } from '../../../domain/values/days/calendar.js';
import type { Language, Terminal } from '../terminal.js';
import { either } from '../views/words.js';
import { type Key, typedLine, wishOf } from './keys.js';
import { type Replayed, type Step, stepOn } from './steps.js';

/** Shows one step. */
export type ShowStep = (place: number) => Promise<string>;

/** Goes through steps by keys: next, back, first, last, to a day, until somebody quits. */
export async function walk(
  steps: readonly Step<Replayed>[],
  show: ShowStep,
  terminal: Pick<Terminal, 'out' | 'err' | 'progressOn'>,
  keys: AsyncIterator<Key>,
  language: Language,
): Promise<void> {
  const say = (en: string, zh: string) => terminal.err(either(language, en, zh));
  const draw = (text: string) => void terminal.progressOn?.write(`\r${text}\u001b[K`);
  const help = () =>
    say(
      'n next · b back · Home first · End last · g to a day · q quit',
      'n 下一步 · b 上一步 · Home 第一步 · End 最后一步 · g 到某日 · q 退出',
    );
  let place = 0;
  terminal.out(await show(place));
  help();
  for (;;) {
    const { value, done } = await keys.next();
    if (done) return;
    const wish = wishOf(value);
    if (wish === 'quit') return;
    if (wish === undefined) {
      help();
      continue;
    }
    const wanted =
      wish === 'day' ? await dayWished(steps, keys, say, draw) : moved(place, wish, steps.length);
    if (wanted === undefined) continue;
    if (wanted < 0) say('This is the first step.', '已是第一步。');
    else if (wanted >= steps.length) say('This is the last step.', '已是最后一步。');
    else {
      place = wanted;
      terminal.out(`\n${await show(place)}`);
    }
  }
}

function moved(place: number, wish: 'next' | 'back' | 'first' | 'last', count: number): number {
  if (wish === 'first') return 0;
  if (wish === 'last') return count - 1;
  return wish === 'next' ? place + 1 : place - 1;
}

async function dayWished(
  steps: readonly Step<Replayed>[],
  keys: AsyncIterator<Key>,
  say: (en: string, zh: string) => void,
  draw: (text: string) => void,
): Promise<number | undefined> {
  say(
    'To which day? Type it, such as 2018-06-30, then Enter.',
    '到哪一日？输入日期（如 2018-06-30）后按回车。',
  );
  const typed = await typedLine(keys, draw);
  draw('');
  if (typed === undefined) return undefined;
  if (isDay(typed)) return stepOn(steps, typed);
  say(
    `"${typed}" is no day; expected one of the calendar such as 2018-06-30.`,
    `“${typed}”不是日期；应为日历中的日期，如 2018-06-30。`,
  );
  return undefined;
}
