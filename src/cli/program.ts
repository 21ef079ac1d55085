import { Command, CommanderError } from 'commander';
import type { FactTable } from '../../domain/project/facts/fact.js';
import { facts as knownFacts } from '../../domain/project/facts/facts.js';
import { textIn } from '../../domain/values/words.js';
import { type ExitCode, exitCodes } from '../composition/exit-codes.js';
import { Failure, invalidTitle, type Problem } from './client/failure.js';
import { adminCommand } from './commands/admin/admin.js';
import { alertsCommand } from './commands/alerts/alerts.js';
import { subscriptionsCommand } from './commands/alerts/subscriptions.js';
import { watchCommand } from './commands/alerts/watch.js';
import { changesCommand } from './commands/changes.js';
import { anchorCommand } from './commands/evidence/anchor.js';
import { bundleCommand } from './commands/evidence/bundle.js';
import { witnessCommand } from './commands/evidence/witness.js';
import { explainCommand } from './commands/explain.js';
import { importCommand } from './commands/import.js';
import { journalCommand } from './commands/journal.js';
import { logCommand } from './commands/log.js';
import { portfolioCommand } from './commands/portfolio.js';
import { replayCommand } from './commands/replay.js';
import { calendarsCommand } from './commands/rules/calendars.js';
import { lexiconCommand } from './commands/rules/lexicon.js';
import { rulesCommand } from './commands/rules/rules.js';
import { seriesCommand } from './commands/series.js';
import { serveCommand } from './commands/serve.js';
import { showCommand } from './commands/show.js';
import { copyCommand } from './commands/store/copy.js';
import { drillCommand } from './commands/store/drill.js';
import { ledgerCommand } from './commands/store/ledger.js';
import { projectionsCommand } from './commands/store/projections.js';
import { salvageCommand } from './commands/store/salvage.js';
import {
  backupCommand,
  doctorCommand,
  rebuildCommand,
  restoreCommand,
} from './commands/store/store-commands.js';
import { verifyCommand } from './commands/store/verify.js';
import { tableCommand } from './commands/table.js';
import { viewsCommand } from './commands/views.js';
import type { Language, Terminal } from './terminal.js';
import { languageIn, refusalWords } from './views/command-line-words.js';
import { helpTopics } from './views/help-topics.js';
import { plain } from './views/table.js';
import { either } from './views/words.js';

/**
 * Runs one command line, without the program's own name, and returns the exit code.
 *
 * @param facts the facts that can be logged; all of the domain by default
 */
export async function run(
  args: readonly string[],
  terminal: Terminal,
  facts: FactTable = knownFacts,
): Promise<ExitCode> {
  const isJson = args.includes('--json');
  const language = languageIn(args, terminal.language);
  let code: ExitCode = exitCodes.ok;
  try {
    await programOf({ ...terminal, language }, facts, isJson, (ended) => {
      code = ended;
    }).parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof Failure) {
      terminal.err(problemText(error.problem, language, isJson));
      return error.exitCode;
    }
    if (error instanceof CommanderError) return endOf(error, { ...terminal, language }, isJson);
    throw error;
  }
}

function programOf(
  terminal: Terminal,
  facts: FactTable,
  isJson: boolean,
  end: (code: ExitCode) => void,
): Command {
  const program = new Command('topout')
    .description('Milestones of construction projects: log a fact, see the number, look back to any day.')
    .exitOverride()
    .showSuggestionAfterError()
    .helpCommand(false)
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      // With --json the same message comes as a problem.
      writeErr: (text) => isJson || terminal.err(text.trimEnd()),
      outputError: (text, write) => write(`topout: ${refusalWords(text, terminal.language)}`),
    })
    .configureHelp({ helpWidth: 110 });
  program.commandsGroup('The service:');
  serveCommand(program, end);
  viewsCommand(program, terminal);
  program.commandsGroup('Facts (through a running service):');
  logCommand(program, terminal, facts);
  importCommand(program, terminal, facts);
  tableCommand(program, terminal);
  program.commandsGroup('Looking (through a running service):');
  showCommand(program, terminal);
  journalCommand(program, terminal);
  explainCommand(program, terminal);
  bundleCommand(program, terminal);
  changesCommand(program, terminal);
  replayCommand(program, terminal);
  portfolioCommand(program, terminal);
  seriesCommand(program, terminal);
  program.commandsGroup('Alerts (through a running service):');
  alertsCommand(program, terminal);
  watchCommand(program, terminal);
  rulesCommand(program, terminal);
  lexiconCommand(program, terminal);
  subscriptionsCommand(program, terminal);
  calendarsCommand(program, terminal);
  program.commandsGroup('Access:');
  adminCommand(program, terminal);
  program.commandsGroup('The store (with the service stopped):');
  rebuildCommand(program, terminal);
  backupCommand(program, terminal);
  restoreCommand(program, terminal);
  drillCommand(program, terminal);
  doctorCommand(program, terminal);
  verifyCommand(program, terminal);
  ledgerCommand(program, terminal);
  salvageCommand(program, terminal);
  copyCommand(program, terminal);
  program.commandsGroup('Evidence (on the machine of an auditor):');
  witnessCommand(program, terminal);
  anchorCommand(program, terminal);
  program.commandsGroup('EventStoreDB (at EVENT_STORE_URL):');
  projectionsCommand(program, terminal);
  program.commandsGroup('Help:');
  helpCommand(program, terminal);
  return program;
}

function helpCommand(program: Command, terminal: Terminal): void {
  const topics = [...helpTopics.keys()].join(', ');
  program
    .command('help [topic] [part]')
    .summary(`help on a command, or on: ${topics}`)
    .description(`Shows help on a command, on a part of one ("help alerts show"), or on one of: ${topics}.`)
    .action((topic: string | undefined, part: string | undefined) => {
      const text = topic === undefined ? program.helpInformation() : helpTopics.get(topic);
      if (text !== undefined) return terminal.out(text.trimEnd());
      const command = program.commands.find((one) => one.name() === topic);
      if (!command)
        program.error(
          either(
            terminal.language,
            `no command and no topic "${topic}"; expected a command, or one of: ${topics}`,
            `没有命令或主题“${topic}”；应为某个命令，或：${topics}`,
          ),
        );
      const shown = part === undefined ? command : command?.commands.find((one) => one.name() === part);
      if (!shown)
        program.error(
          either(
            terminal.language,
            `"${topic}" has no part "${part}"; see "topout help ${topic}"`,
            `“${topic}”中没有“${part}”；见“topout help ${topic}”`,
          ),
        );
      shown?.outputHelp();
    });
}

/** Commander ends with an error after help, too. */
function endOf(error: CommanderError, terminal: Terminal, isJson: boolean): ExitCode {
  if (error.exitCode === 0) return exitCodes.ok;
  if (isJson) {
    const detail = refusalWords(error.message, terminal.language);
    terminal.err(problemText({ type: 'about:blank', title: invalidTitle, detail }, terminal.language, true));
  }
  return exitCodes.usage;
}

function problemText(said: Problem, language: Language, isJson: boolean): string {
  const [title, detail] = [textIn(said.title, language), textIn(said.detail, language)];
  const problem = { ...said, title, detail };
  if (isJson) return JSON.stringify({ problem });
  // A single fault is in the detail; several are listed.
  const faults = problem.errors?.slice(1) ?? [];
  const lines = faults.map(
    ({ member, seen, expected }) =>
      `  ${either(language, `${member}: ${seen}; expected ${expected}.`, `${member}：${seen}；应为${expected}。`)}`,
  );
  return [`topout: ${problem.detail}`, ...lines].map(plain).join('\n');
}
