import { Member, Optional } from '../validation/member.js';
import { pattern } from '../validation/rules.js';

const size = pattern(/^[1-9]\d{0,14}$/, 'a number of entries, a whole number from 1');

export class LedgerProofQuery {
  @Optional(size, 'The size of the tree; that of the latest checkpoint when absent.')
  size?: string;
}

export class LedgerGrowthQuery {
  @Member(size, 'The smaller size.')
  from!: string;

  @Optional(size, 'The larger size; that of the latest checkpoint when absent.')
  to?: string;
}
