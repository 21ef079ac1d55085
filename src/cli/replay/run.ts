import { lastDay } from '../../../domain/values/days/calendar.js';
import type { Client } from '../client/client.js';
import type { MomentOptions } from '../input/options.js';
import type { Terminal } from '../terminal.js';
import { either } from '../views/words.js';
import type { Pace, Replayed, Step } from './steps.js';
import { walk } from './walk.js';

/** The options of a replay. */
export interface ReplayOptions extends MomentOptions {
  clock: Pace['clock'];
  by?: Pace['by'];
  from?: string;
  to?: string;
}

/** What a replay works with. */
export interface Replaying {
  client: Client;
  pace: Pace;
  terminal: Terminal;
  options: ReplayOptions;
}

/** A step in words, and as a line of NDJSON. */
export interface Shown {
  text: string;
  line: object;
}

/** Shows steps by keys on a terminal, else all of them. */
export async function showSteps<Entry extends Replayed>(
  steps: readonly Step<Entry>[],
  show: (step: Step<Entry>, place: number) => Promise<Shown>,
  terminal: Terminal,
  { json, lang: language }: ReplayOptions,
): Promise<void> {
  if (steps.length === 0)
    return json ? undefined : terminal.out(either(language, 'There is no step.', '没有可回放的步骤。'));
  const keys = json ? undefined : terminal.keys?.();
  if (!keys) {
    for (const [place, step] of steps.entries()) {
      const { text, line } = await show(step, place);
      terminal.out(json ? JSON.stringify(line) : place === 0 ? text : `\n${text}`);
    }
    return;
  }
  try {
    const at = async (place: number) => (await show(steps[place] as Step<Entry>, place)).text;
    await walk(steps, at, terminal, keys, language);
  } finally {
    await keys.return?.();
  }
}

/** The steps of the days that were asked for. */
export function within<Entry extends Replayed>(
  steps: readonly Step<Entry>[],
  { from = '', to = lastDay }: ReplayOptions,
): Step<Entry>[] {
  return steps.filter(({ day }) => day >= from && day <= to);
}
