import { omitUndefined } from '../../../domain/values/omit-undefined.js';
import type { AlertCount, AlertNeeds } from '../../app/alerts/alerts.js';
import type { PortfolioAnswer, Topout } from '../../app/topout.js';
import { type Caller, rightsOf, within } from '../access/caller.js';
import type { SelfView } from '../access/self.js';
import { indexOf } from '../answers/index-answer.js';
import { type Language, type Localised, localised } from '../answers/language.js';
import type { Self } from '../answers/self.js';

/** What the first screen says before any script of it runs: the answers that its requests would get at this moment. */
export interface FirstAnswers {
  /** `GET /` */
  index: ReturnType<typeof indexOf>;
  /** `GET /people/self` */
  self: Self;
  /** `GET /portfolio?groupBy=district` */
  portfolio: Localised<PortfolioAnswer>;
  /** `GET /alerts/needs`, of as many projects as the screen lists. */
  needs: Localised<AlertNeeds>;
  /** `GET /alerts/count?status=open` */
  openAlerts: AlertCount;
}

/**
 * The answers for the first screen of a caller, at the present; undefined for one who may read no project, and while the
 * views are not up to date.
 *
 * @param needsListed how many projects that need action it lists
 */
export async function firstAnswers(
  topout: Topout,
  selfView: Pick<SelfView, 'of'>,
  caller: Caller,
  language: Language,
  needsListed: number,
): Promise<FirstAnswers | undefined> {
  const { isMade, ageSeconds } = topout.standing();
  if (!rightsOf(caller)['project-read'] || !isMade || ageSeconds !== undefined) return undefined;
  const asked = omitUndefined({ within: within(caller, 'project-read') });
  const [portfolio, needs, openAlerts] = await Promise.all([
    topout.portfolio(asked, 'district', {}),
    topout.alerts.needs(asked, {}, needsListed),
    topout.alerts.count(asked, { status: 'open' }),
  ]);
  return {
    index: indexOf(topout),
    self: selfView.of(caller),
    portfolio: localised(portfolio, language),
    needs: localised(needs, language),
    openAlerts,
  };
}
