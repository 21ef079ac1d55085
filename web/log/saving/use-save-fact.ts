import type { Day } from '../../../domain/values/days/calendar.js';
import { aboutOf, inWords } from '../../forms/about.js';
import type { FactSaid } from '../../forms/said/facts.js';
import type { ProjectItems } from '../../forms/said/known.js';
import { resumptionOf } from '../../forms/said/resumption.js';
import { authorTyped } from '../../shared/caller.js';
import { personHere, useKnownSelf } from '../../shared/self.js';
import { useAround } from '../around.js';
import { useBy } from '../by.js';
import { noteRecent } from '../recent.js';
import type { Outlook, Reckoning } from '../reckoning/reckoning.js';
import { reckoningOnceKnown } from '../reckoning/use-reckoning.js';
import { type Answer, askPerson } from './question.js';
import { show } from './saved.js';
import { answered, wasAnswered } from './stalls-answered.js';

/** From how many implied items, or basis points that they add, on the person is asked. */
const muchImplied = { items: 3, basisPoints: 500 };

/**
 * Saves a fact on this phone, after one question where it says less than before, implies much, or says that stalled
 * works moved. It can be undone for some seconds before it is sent.
 *
 * @param known the project, if its entries are loaded; else it is waited for, so that the question is not left out
 * @param on the business day
 * @returns a function that resolves to false if the person cancelled
 */
export function useSaveFact(
  project: string,
  projectName: string,
  items: ProjectItems,
  known: Reckoning | undefined,
  on: Day,
): (fact: FactSaid) => Promise<boolean> {
  const { language, outbox, office, entries } = useAround();
  const [by] = useBy();
  const here = personHere(useKnownSelf());
  return async (fact) => {
    const author = authorTyped(by);
    const named = author === undefined || here ? {} : { by: author };
    const about = (one: FactSaid) => aboutOf(one, items, language);
    const reckoning = known ?? (await reckoningOnceKnown(project, entries, on));
    const outlook = reckoning?.outlookOf([fact]);
    const asked = outlook && toAsk(outlook);
    const now = inWords(fact, language);
    const answer = asked ? await askPerson({ about: about(fact), now, outlook: asked }) : 'save';
    if (answer === undefined) return false;
    if (asked?.stall && answer === 'still') answered(project, asked.stall);
    const facts = answeredFacts(fact, answer, outlook);
    const effect = facts.length === 1 && facts[0] === fact ? outlook : reckoning?.outlookOf(facts);
    const saved: string[] = [];
    for (const [index, one] of facts.entries()) {
      const isLast = index === facts.length - 1;
      const shown = { project, projectName, about: about(one), fact: one };
      const withEffect = effect && isLast ? { effect: effect.effect } : {};
      saved.push((await outbox.add({ ...shown, ...named, ...withEffect }, { isHeld: true })).id);
    }
    noteRecent(project);
    show({ is: 'saved', entries: saved });
    office.send();
    return true;

    function toAsk({ stall, ...rest }: Outlook): Outlook | undefined {
      const isOpen = stall && !wasAnswered(project, stall);
      const sum = rest.implied.reduce((total, { basisPoints }) => total + basisPoints, 0);
      const isMuch = rest.implied.length >= muchImplied.items || sum >= muchImplied.basisPoints;
      if (rest.lowerThan === undefined && !isOpen && !isMuch) return undefined;
      return { ...rest, ...(isOpen ? { stall } : {}) };
    }
  };
}

/** What is saved by the answer: the fact, with why it says less, or after the end of the stall. */
function answeredFacts(fact: FactSaid, answer: Answer, outlook: Outlook | undefined): readonly FactSaid[] {
  if (answer === 're-measured' || answer === 'undone') return [{ ...fact, change: answer } as FactSaid];
  if (answer !== 'resumed' || !outlook?.stall) return [fact];
  const { asOf, source, precision, isInferred } = fact;
  const when = { asOf, ...(precision ? { precision } : {}), ...(isInferred ? { isInferred } : {}) };
  const resumed = { ...resumptionOf(outlook.stall), ...when, ...(source ? { source } : {}) } as FactSaid;
  return [resumed, fact];
}
