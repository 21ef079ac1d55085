import { exitCodeMeanings, exitCodes } from '../exit-codes.js';

/** How figures are to be read, under the help of every command that shows them. */
export const figuresHelp = `How to read the figures:
  Percent    how far the work is, by what is stated and what that implies (a roof implies its walls)
  Stated     what somebody stated; whatever nobody reported counts as 0
  At most    whatever nobody reported counts as done, unless something rules it out
  In one line the three are written as 57.4 % (36.2 % stated, at most 83.2 %).
  A project without a plan has no percentage; money that nobody reported is "-", not 0.`;

/** Examples for the example district, which "npm start" loads into an empty store. */
export const logExamples = (
  calledAs: string,
): string => `Examples (they work on the example district; its business day is 2018-07-10):
  ${calledAs} log huaao-2 structure-welding-shop --done --as-of 2018-07-05
  ${calledAs} log huaao-2 rain-pipe --percent 92
  ${calledAs} log tengjun structure-dormitories --count 4/5 --as-of yesterday
  ${calledAs} log tengjun structure-office --storey 3/6
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

const exitCodeHelp = [
  'Exit codes:',
  ...Object.entries(exitCodes).map(
    ([name, code]) => `  ${String(code).padStart(3)}  ${exitCodeMeanings[name as keyof typeof exitCodes]}`,
  ),
  '',
  'With --json a problem is printed on stderr as {"problem": {...}}, shaped as in RFC 9457.',
].join('\n');

/** Help that is about no command, by topic. */
export const helpTopics: ReadonlyMap<string, string> = new Map([
  ['exit-codes', exitCodeHelp],
  ['figures', figuresHelp],
]);
