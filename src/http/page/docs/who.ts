import { permissionWords, rolesWith } from '../../../../domain/access/permission-words.js';
import { roleNames } from '../../../../domain/access/roles.js';
import { statedRoutes } from '../../access/stated.js';
import type { Language } from '../../answers/accepted-language.js';
import type { Route } from './document.js';
import type { Say } from './texts.js';

/** Who may call a route, in a sentence; and in a word, for a list. */
export function whoMay(route: Route, language: Language, say: Say): { brief: string; whole: string } {
  const stated = statedRoutes[keyOf(route)];
  // Every route of the service is stated, or it does not start.
  if (stated === undefined) throw new Error(`The route ${keyOf(route)} has no stated permission.`);
  if (typeof stated === 'string') return { brief: say(stated), whole: say(stated) };
  const [comma, or] = language === 'zh' ? ['、', '或'] : [', ', ' or '];
  const brief = rolesWith(stated.any)
    .map((role) => roleNames[role][language])
    .join(comma);
  const acts = stated.any.map((permission) => permissionWords[permission][language]).join(or);
  const place = say(stated.at);
  const sentence =
    language === 'zh' ? `可${place}${acts}者：${brief}。` : `Who may ${acts} ${place}: ${brief}.`;
  const rest = stated.at === 'somewhere' ? say('narrowed') : '';
  return { brief, whole: rest ? `${sentence} ${rest}` : sentence };
}

/** A route as its permission is stated: `GET /projects/:project`. */
function keyOf({ method, address }: Route): string {
  return `${method} ${address.replaceAll('{path}', '*').replaceAll(/\{(\w+)\}/g, ':$1')}`;
}
