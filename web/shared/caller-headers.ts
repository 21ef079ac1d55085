import { authorHeader } from '../../domain/values/author.js';
import { attendanceHeaders } from './attended.js';
import { authorTyped, caller, gatewayHeaders } from './caller.js';
import { ownSelf } from './self.js';

/** The headers that name the user where nobody signs in; a person who signed in is known by the cookie. */
export function callerHeaders(): Record<string, string> {
  const author = ownSelf.current()?.self.mode === 'signed-in' ? undefined : authorTyped(caller().name ?? '');
  return {
    ...(author === undefined ? {} : { 'topout-by': authorHeader(author) }),
    ...gatewayHeaders(),
    ...attendanceHeaders(),
  };
}
