import { exitCodeMeanings, exitCodes } from '../../composition/exit-codes.js';

/** How to read figures, in the help of every command that shows them. */
export const figuresHelp = `How to read the figures:
  Percent    how far the work is, by what is stated and what that implies (fit-out implies the walls before it)
  Stated     what somebody stated; whatever nobody reported counts as 0
  At most    whatever nobody reported counts as done, unless something rules it out
  In one line the three are written as 49.9 % (36.2 % stated, at most 86.2 %).
  A project without a plan has no percentage; money that nobody reported is "-", not 0.`;

/** Examples for the example district, which "npm start" loads into an empty store. */
export const logExamples = (
  calledAs: string,
): string => `Examples (they work on the example district; its business day is 2018-07-10):
  ${calledAs} log huaao-2 structure-welding-shop --done --as-of 2018-07-05
  ${calledAs} log huaao-2 rain-pipe --percent 92
  ${calledAs} log tengjun structure-dormitories --count 4/5 --as-of yesterday
  ${calledAs} log tengjun structure-office --storey 3/6
  ${calledAs} log huaao-2 sewer --quantity 1.2公里 --of 2,400米
  ${calledAs} log huaao-2 greening --percent 60-70 --re-measured
  ${calledAs} log xunfa --percent 约40%
  ${calledAs} log baiyou-2 fit-out-showroom --word 基本完成 --note "lights are missing"
  ${calledAs} log tengjun equipment --step delivered --done
  ${calledAs} log huaao-2 --money 7200万元 --basis accounting
  ${calledAs} log huaao-2 --resumed financing
  ${calledAs} log zhuoyi --stall labour --blocks works,staffing --from 2018-07-02
  ${calledAs} log zhuoyi --resumed labour-2018-07-02
  ${calledAs} log tengjun --forecast 2019-04..2019-06 --target production --reason "licence still missing"
  ${calledAs} log xunfa --no-change 2018-06
  ${calledAs} log jiujiuxing --stage accepted --by wang.gong --json
  ${calledAs} log huaao-2 sewer --percent 50 --id 0197e7a0-0000-7000-8000-000000000001
  ${calledAs} log huaao-2 sewer --percent 48 --withdraw 0197e7a0-0000-7000-8000-000000000001 --reason misread

Items and their ids: ${calledAs} show PROJECT. Ids of entries: ${calledAs} journal PROJECT.`;

/** How to read and answer alerts, in the help of `alerts`. */
export const alertsHelp = (calledAs: string): string => `How to read alerts:
  Blue, yellow, red   how serious it is; time alone makes it more serious, never less
  Deadline            the last day to answer, and whose duty that is; after it the alert climbs
  Not sent            muted (a declared stall explains it), silenced (by a person) or exempt (force majeure)
  An alert ends on a fact only, such as "works resumed"; missing reports end nothing.

Examples (they work on the example district):
  ${calledAs} alerts
  ${calledAs} alerts --status all --at-least red
  ${calledAs} alerts show 7c1c0f2f
  ${calledAs} alerts acknowledge 7c1c0f2f --name "Wang Gong" --due 2018-07-20 --note "bank meets on the 18th"
  ${calledAs} alerts silence 7c1c0f2f --until 2018-07-16 --reason "known, see the minutes of 9 July"
  ${calledAs} alerts notices 7c1c0f2f
  ${calledAs} watch --at-least yellow

An id may be cut to its first 6 characters or more. How rules are set: ${calledAs} help rules.`;

/** The content of a rules file, in the help of `rules`. */
export const rulesHelp = (calledAs: string): string => `How rules are set:
  A file of rules is adopted whole, as the next version; every alert names the version it was evaluated under.
  Thresholds are whole numbers in the unit of the rule: days, months, or points of a percentage.
  "where" names a project, a district, a sector, or a district and a sector; the narrowest rule of a kind counts.

Examples:
  ${calledAs} rules show
  ${calledAs} rules show --json > rules.json
  ${calledAs} rules test rules.json --from 2018-01-01 --to 2018-07-10
  ${calledAs} rules test rules.json --from 2018-01-01 --to 2018-07-10 --format csv > tested.csv
  ${calledAs} rules adopt rules.json --by wang.gong

A file that has a "version" is adopted only while that version is in force. Every member of a file: docs/alerts.md.`;

/** The content of a file of words, in the help of `lexicon`. */
export const lexiconHelp = (calledAs: string): string => `How words are set:
  A lexicon is adopted whole, as the next version, with every word of the one in force, because entries name them.
  Ranges are in basis points (85 % is 8500); only "done" and "not-started" are exact. A phrase belongs to one word.

Examples:
  ${calledAs} lexicon show
  ${calledAs} lexicon show --json > lexicon.json
  ${calledAs} lexicon test lexicon.json --as-of 2018-06-30
  ${calledAs} lexicon adopt lexicon.json --by wang.gong

How a phrase is matched: docs/lexicon.md.`;

/** How to make a subscription, in the help of `subscriptions`. */
export const subscriptionsHelp = (calledAs: string): string => `Examples:
  ${calledAs} subscriptions add webhook https://hooks.example.org/topout --at-least red
  ${calledAs} subscriptions add email office@example.org --district "XX District (xx区)" --daily 08:30 --hours 08:30-17:30
  ${calledAs} subscriptions test 0197e7a0
  ${calledAs} subscriptions change 0197e7a0 --weekly mon,08:00 --rule declared-stall --rule silent-stall

Several values of one kind are given by the option several times; an alert has to fit each kind with one of its values.
A secret is read from a file (--secret-file) and never from the command line, which others can see.
A receiver of webhooks has to answer a challenge first, see docs/webhooks.md.`;

const exitCodeHelp = [
  'Exit codes:',
  ...Object.entries(exitCodes).map(
    ([name, code]) => `  ${String(code).padStart(3)}  ${exitCodeMeanings[name as keyof typeof exitCodes]}`,
  ),
  '',
  'With --json a problem is printed on stderr as {"problem": {...}}, shaped as in RFC 9457.',
].join('\n');

/** General help, by topic. */
export const helpTopics: ReadonlyMap<string, string> = new Map([
  ['exit-codes', exitCodeHelp],
  ['figures', figuresHelp],
]);
