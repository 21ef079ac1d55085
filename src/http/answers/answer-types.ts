import type { Alert } from '../../../domain/alerts/alert.js';
import type { AlertEventType } from '../../../domain/alerts/events.js';
import type { AdoptedRules, Rule } from '../../../domain/governance/rules.js';
import type { EventType, ProjectDetails, Source } from '../../../domain/project/events.js';
import type { Day, Instant } from '../../../domain/values/days/calendar.js';
import type { WorkCalendar } from '../../../domain/values/days/working-days.js';
import type { Uuid } from '../../../domain/values/uuid.js';
import type { BackTest } from '../../../projections/alerts/back-test.js';
import type { Changes } from '../../../projections/changes/changes.js';
import type { SeriesPoint } from '../../../projections/changes/series.js';
import type { CompletionView } from '../../../projections/completion/completion.js';
import type { ExplainedNode } from '../../../projections/explanation/explanation.js';
import type { LexiconTest } from '../../../projections/lexicon/lexicon-test.js';
import type { InvestmentView } from '../../../projections/money/investment.js';
import type { JournalEntryOf } from '../../../projections/project/journal.js';
import type { ScheduleView } from '../../../projections/schedule/schedule.js';
import type { PersonName } from '../../../projections/words/author-words.js';
import type {
  CodeIssued,
  Founded,
  KeyIssued,
  LinkIssued,
  PersonAnswer,
  PersonRights,
} from '../../app/access/access.js';
import type { ReadRecorded } from '../../app/access/reads.js';
import type {
  AlertCount,
  AlertNeeds,
  AlertReceipt,
  AlertsByProject,
  NoticeOfSubscription,
  NoticeRecord,
} from '../../app/alerts/alerts.js';
import type {
  LexiconVersion,
  RulesVersion,
  SubscriptionAnswer,
  SubscriptionPreview,
  TestOutcome,
} from '../../app/governance/governance.js';
import type {
  CosignatureTaken,
  EntryProof,
  GrowthProof,
  LedgerKeys,
} from '../../app/ledger/ledger-answers.js';
import type { Moment, PageOf } from '../../app/queries/asked.js';
import type { LogEntryOf, LogPageOf } from '../../app/queries/log-page.js';
import type { RegisterPage } from '../../app/queries/register-page.js';
import type {
  ExplanationAnswerOf,
  Health,
  PortfolioAnswer,
  ProjectAnswer,
  ProjectsAnswer,
  TotalChangesAnswer,
  TotalExplanationAnswer,
  WeeklyLightsAnswer,
} from '../../app/topout.js';
import type { Parked } from '../../app/views/parked.js';
import type { Problem } from '../problems/problem.js';
import type { LineResult } from '../routes/import-lines.js';
import type { TableRead } from '../routes/read-table.js';
import type { NotBegun, ReceiptAnswer } from '../routes/write.js';
import type { Localised } from './language.js';
import type { Self } from './self.js';

type Known = Pick<Moment, 'knownAt'>;

/** The fact as stored, by its type, with integers. */
type StoredData = object;

/** The business day, whether it is configured, and the time zone of the installation. */
interface Today {
  on: Day;
  isSet: boolean;
  timeZone: string;
}

/** A sign-in link, and its address. */
interface LinkAtPage extends LinkIssued {
  /** @format uri */
  url: string;
}

/** An entry with its fact as stored. */
type EntryShown = JournalEntryOf<EventType, StoredData>;

interface ProblemKind {
  type: string;
  status: number;
  title: string;
  means: string;
}

/**
 * The answers of the routes by their name in the API document, whose schemas the build derives from these types and
 * their docstrings (`scripts/answers.mjs`). A part listed here appears under that name wherever an answer contains it.
 */
export interface AnswerTypes {
  Projects: Localised<ProjectsAnswer>;
  Project: Localised<ProjectAnswer>;
  Completion: Localised<CompletionView>;
  Investment: InvestmentView;
  Schedule: Localised<ScheduleView>;
  Details: Localised<ProjectDetails>;
  Contradictions: Localised<Moment & RegisterPage>;
  Source: Source;
  JournalEntry: Localised<JournalEntryOf<EventType | AlertEventType, StoredData>>;
  Journal: Localised<Moment & PageOf<JournalEntryOf<EventType | AlertEventType, StoredData>>>;
  LogEntry: LogEntryOf<EventType, StoredData>;
  Log: LogPageOf<LogEntryOf<EventType, StoredData>>;
  Series: Moment & { project: string; items: SeriesPoint[] };
  Changes: Localised<{ project: string; from: Moment; to: Moment } & Changes>;
  Explanation: Localised<ExplanationAnswerOf<EntryShown>>;
  ExplainedNode: Localised<ExplainedNode>;
  Portfolio: Localised<PortfolioAnswer>;
  WeeklyLights: WeeklyLightsAnswer;
  TotalChanges: Localised<TotalChangesAnswer>;
  TotalExplanation: Localised<TotalExplanationAnswer>;
  Parked: { parked: readonly Parked[] };
  Receipt: ReceiptAnswer;
  NotBegun: NotBegun;
  LineResult: LineResult;
  TableRead: TableRead;
  Alert: Localised<Alert>;
  AlertKnown: Localised<Known & Alert>;
  Alerts: Localised<Known & PageOf<Alert>>;
  AlertCount: AlertCount;
  AlertNeeds: Localised<AlertNeeds>;
  AlertsByProject: Localised<AlertsByProject>;
  AlertReceipt: Omit<AlertReceipt, 'outcome'> & { outcome: 'recorded' };
  Notice: NoticeRecord;
  Notices: Known & { alert: Uuid; items: NoticeRecord[] };
  NoticesOfSubscription: PageOf<NoticeOfSubscription>;
  VerifyingKey: {
    /** `whpk_` and the base64 of an Ed25519 key, for `v1a` signatures. */
    publicKey: string;
  };
  Rule: Rule;
  Rules: AdoptedRules;
  RulesVersion: RulesVersion;
  RulesVersions: { items: RulesVersion[] };
  RulesAdopted: RulesVersion & { outcome: 'recorded' | 'already-said' };
  BackTest: Localised<BackTest>;
  BackTestLine: BackTestLine;
  LexiconVersion: LexiconVersion;
  LexiconVersions: { items: LexiconVersion[] };
  LexiconAdopted: LexiconVersion & { outcome: 'recorded' | 'already-said' };
  LexiconTest: Localised<LexiconTest>;
  LexiconTestLine: LexiconTestLine;
  Calendar: WorkCalendar;
  Calendars: { items: WorkCalendar[] };
  Subscription: SubscriptionAnswer;
  SubscriptionAdded: SubscriptionAnswer & {
    /** Of a webhook; returned this once. */
    secret?: string;
  };
  SubscriptionPreview: SubscriptionPreview;
  Subscriptions: PageOf<SubscriptionAnswer>;
  SecretRotated: {
    secret: string;
    /** Until then the old secret signs beside the new one. */
    oldUntil: Instant;
  };
  TestOutcome: TestOutcome;
  Person: PersonAnswer;
  Self: Self;
  People: { items: PersonAnswer[] };
  PeopleNames: { items: PersonName[] };
  KeyIssued: KeyIssued;
  LinkIssued: LinkAtPage;
  FirstAdministrator: Omit<Founded, 'link'> & { link: LinkAtPage };
  Reads: PageOf<ReadRecorded>;
  CodeIssued: CodeIssued & {
    /** Where the phone opens it: the code is behind the `#`, which is sent to no server. */
    address: string;
  };
  PeopleRights: Moment & { items: PersonRights[] };
  LedgerKeys: LedgerKeys;
  CosignatureTaken: CosignatureTaken;
  EntryProof: EntryProof;
  GrowthProof: GrowthProof;
  Problem: Problem;
  ProblemKind: ProblemKind;
  ProblemKinds: { items: ProblemKind[] };
  Index: { name: string; today: Today; links: Record<string, string> };
  Live: { status: 'live' };
  /** Whether the service is ready; more than that for those who operate it. */
  Health: Pick<Health, 'isReady'> &
    Partial<Omit<Health, 'heldBack' | 'isReadable' | 'isReady'>> & {
      /** Why it is not ready, and other problems; empty if there are none, or for others. */
      reasons: string[];
    };
  Readable: {
    isReadable: boolean;
    /** How many seconds ago the views were last up to date; absent while they are. */
    ageSeconds?: number;
    /** Why reads are refused; empty while they are answered. */
    reasons: string[];
  };
}

/** Progress of a back-test, in projects; the last line is the result, or a problem instead. */
type BackTestLine =
  | { done: number; of: number }
  | { result: Localised<BackTest> }
  | { csv: string }
  | { problem: Problem };

/** Progress of a test of a lexicon, in projects; the last line is the result, or a problem instead. */
type LexiconTestLine =
  | { done: number; of: number }
  | { result: Localised<LexiconTest> }
  | { problem: Problem };
