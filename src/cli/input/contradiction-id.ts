import { exitCodes } from '../../composition/exit-codes.js';
import type { ContradictionsPage } from '../client/answers.js';
import type { Client } from '../client/client.js';
import { failure, usage } from '../client/failure.js';

/**
 * The id of a contradiction of a project that no entry has settled, from how its id or that of one of its entries begins.
 *
 * @param path of the project
 * @throws Failure it begins none of them, or several
 */
export async function contradictionIdOf(client: Client, path: string, typed: string): Promise<string> {
  const wanted = typed.trim();
  const hasSettled = ({ items }: ContradictionsPage) => items.some(({ state }) => state === 'settled');
  const { items } = await client.all<ContradictionsPage>(`${path}/contradictions`, {}, hasSettled);
  const unsettled = items.filter(({ state }) => state !== 'settled');
  const meant = unsettled.filter((one) => one.id === wanted);
  const found =
    meant.length > 0 || wanted === ''
      ? meant
      : unsettled.filter(
          ({ id, entries }) => id.startsWith(wanted) || entries.some((entry) => entry.startsWith(wanted)),
        );
  const [only] = found;
  if (found.length > 1)
    throw usage({
      en: `"${typed}" is of ${found.length} contradictions: ${found.map(({ id }) => id).join(', ')}; expected the id of one of them.`,
      zh: `“${typed}”涉及 ${found.length} 条矛盾：${found.map(({ id }) => id).join('、')}；应为其中一条的编号。`,
    });
  if (only) return only.id;
  throw failure(
    exitCodes.notFound,
    { en: 'No such contradiction', zh: '没有此矛盾' },
    {
      en: `No unsettled contradiction has an id or an entry that begins with "${typed}"; expected one that "topout show PROJECT --contradictions" shows.`,
      zh: `没有编号或记录号以“${typed}”开头的未解决矛盾；应为“topout show 项目 --contradictions”所列。`,
    },
  );
}
