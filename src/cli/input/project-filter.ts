import type { Command } from 'commander';
import type { Query } from '../client/client.js';

/** The typed filter of projects. */
export interface ProjectFilterOptions {
  district?: string;
  sector?: string;
  stage?: string;
  owner?: string;
  phase?: string;
}

/** Adds --district, --sector, --stage, --owner and --phase. */
export function projectFilterOptions(command: Command): Command {
  return command
    .option('--district <district>', 'with --total: only projects of this district')
    .option('--sector <sector>', 'with --total: only projects of this sector')
    .option('--stage <stage>', 'with --total: only projects in this stage')
    .option('--owner <owner>', 'with --total: only projects of this owner')
    .option('--phase <phase>', 'with --total: only projects of this phase');
}

/** The filter in the form of the service. */
export function projectFilterQuery(options: ProjectFilterOptions): Query {
  const { district, sector, stage, owner, phase } = options;
  return { district, sector, stage, owner, phase };
}
