import { decide } from '../../../domain/governance/decide.js';
import type { GovernanceEvent } from '../../../domain/governance/events.js';
import { type LexiconInTime, lexiconInForce } from '../../../domain/governance/governance.js';
import { lexiconFault } from '../../../domain/governance/lexicon-fault.js';
import { type AdoptedLexicon, type LexiconSet, lexiconContent } from '../../../domain/governance/lexicons.js';
import type { Where } from '../../../domain/governance/rules.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import { isSame } from '../../../domain/values/equal.js';
import { nameWords } from '../../../domain/values/words.js';
import { identity } from '../../../projections/facts/identity.js';
import { type LexiconTest, lexiconTesting } from '../../../projections/lexicon/lexicon-test.js';
import type { ProjectState } from '../../../projections/project/project.js';
import type { WriteRequest } from '../queries/asked.js';
import { Refused, requireRevision } from '../refusals.js';
import type { Views } from '../views/views.js';
import type { EachProject } from './each-project.js';
import type { Following, Governance } from './governance.js';
import { type GovernanceLog, withoutGaps } from './governance-log.js';
import type { Governed } from './governed.js';

/** The lexicons of an installation: shown, adopted and tested. */
export class Lexicons {
  constructor(
    private readonly log: GovernanceLog,
    private readonly governed: Governed,
    private readonly views: Pick<Views, 'entries' | 'position'>,
    private readonly eachProject: EachProject,
  ) {}

  /** The lexicon in force now, with its phrases. */
  inForce(): AdoptedLexicon {
    return this.governed.lexicon().lexicon;
  }

  /** @throws Refused `lexicon-unknown` */
  version(version?: number): LexiconInTime {
    if (version === undefined) return this.governed.lexicon();
    const { lexicons } = this.governed.present();
    const found = lexicons.find(({ lexicon }) => lexicon.version === version);
    if (found) return found;
    const known = lexicons.map(({ lexicon }) => lexicon.version).join(', ');
    const expected = {
      en: `a version that was adopted or comes with Topout: ${known}`,
      zh: `已启用或系统自带的版本：${known}`,
    };
    throw new Refused('lexicon-unknown', { member: 'version', seen: String(version), expected });
  }

  /** All versions, latest first. */
  versions(): LexiconInTime[] {
    return this.governed.present().lexicons.toReversed();
  }

  async adopt(lexicon: LexiconSet, request: WriteRequest): ReturnType<Governance['adoptLexicon']> {
    const content = withoutGaps(lexiconContent(lexicon));
    const { state, event, outcome } = await this.log.write(
      request,
      (event) => event.type === 'LexiconAdopted' && isSame(lexiconContent(event.data), content),
      (state) => {
        const { lexicon: current } = lexiconInForce(state);
        check(content, current);
        requireRevision(request.expectedRevision, current.version, {
          en: 'the version of the lexicon in force',
          zh: '现行词表的版本',
        });
        return decide({ type: 'AdoptLexicon', lexicon: content }, state);
      },
    );
    return { ...(event ? versionOf(event) : lexiconInForce(state)), outcome };
  }

  /** @throws Refused `lexicon-invalid`, `rules-tests-busy`; ClientLeft */
  async test(candidate: LexiconSet, on: Day, where: Where, following: Following): Promise<LexiconTest> {
    const adopted = this.inForce();
    check(candidate, adopted);
    const next = { ...lexiconContent(candidate), version: adopted.version + 1 };
    const testing = lexiconTesting(next, adopted, on);
    await this.eachProject.visit(where, on, following, ({ project, state }) => {
      const entries = this.views.entries(project, this.views.position);
      testing.add({ project, name: nameOf(project, state, on), entries });
    });
    return testing.answer();
  }
}

function check(lexicon: LexiconSet, before: AdoptedLexicon): void {
  const fault = lexiconFault(lexicon, before);
  if (fault) throw new Refused('lexicon-invalid', fault);
}

function nameOf(project: string, { identity: known }: ProjectState, on: Day) {
  return nameWords(identity.view(known, on).details.name, project);
}

function versionOf(event: GovernanceEvent): LexiconInTime {
  if (event.type !== 'LexiconAdopted') throw new Error(`${event.type} adopts no lexicon.`);
  const { data: lexicon, id: entry, position, recordedAt, by } = event;
  return { lexicon, entry, position, recordedAt, by };
}
