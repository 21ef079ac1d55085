import { type Command, Option } from 'commander';
import { ruleKinds, severities } from '../../../domain/governance/rules.js';
import type { Query } from '../client/client.js';
import type { AskOptions } from './options.js';

/** The typed filter of alerts. */
export interface FilterOptions extends AskOptions {
  project?: string;
  district?: string;
  sector?: string;
  rule?: string;
  atLeast?: string;
}

/** Adds --project, --district, --sector, --rule and --at-least. */
export function filterOptions(command: Command): Command {
  return command
    .option('--project <project>', 'only alerts of this project')
    .option('--district <district>', 'only alerts of projects of this district')
    .option('--sector <sector>', 'only alerts of projects of this sector')
    .addOption(new Option('--rule <rule>', 'only alerts of this rule').choices(ruleKinds))
    .addOption(
      new Option('--at-least <severity>', 'only alerts that are this severe or more').choices(severities),
    );
}

/** The filter in the form of the service. */
export function filterQuery({ project, district, sector, rule, atLeast }: FilterOptions): Query {
  return { project, district, sector, rule, atLeast };
}
