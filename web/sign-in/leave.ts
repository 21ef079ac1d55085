import { tell } from '../shared/ask.js';
import { beginWithoutAnswers } from '../shared/known-answers.js';
import { ownSelf } from '../shared/self.js';

/**
 * Signs out, empties what this device keeps of answers, and loads the page again, so that its memory is empty as well.
 * Entries that wait to be sent stay, with the person who made them.
 *
 * @param everywhere also on the other devices of the person
 * @throws Problem the service did not answer: nothing has changed
 */
export async function leave(everywhere = false): Promise<void> {
  const { person } = ownSelf.current()?.self ?? {};
  if (everywhere && person) await tell('POST', `/people/${person}/sign-out`);
  // Signing out everywhere has ended this session, too; the cookie is still here.
  await tell('DELETE', '/session').catch((error: unknown) => {
    if (!everywhere) throw error;
  });
  ownSelf.leave();
  await beginWithoutAnswers();
}
