import { Member, Optional } from '../validation/member.js';
import { pattern, type Rule, typeFinding } from '../validation/rules.js';

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

const mostCheckpointSigns = 16_384;

/** The text of a signed note, with its line feeds. */
const noteText: Rule = {
  schema: { type: 'string', minLength: 1, maxLength: mostCheckpointSigns },
  check: (value) => {
    const expected = {
      en: `a signed checkpoint of 1 to ${mostCheckpointSigns} characters`,
      zh: `1 至 ${mostCheckpointSigns} 个字的签名检查点`,
    };
    if (typeof value !== 'string') return typeFinding(value, false, expected);
    if (value !== '' && value.length <= mostCheckpointSigns) return undefined;
    const seen = { en: `a text of ${value.length} characters`, zh: `${value.length} 个字的文本` };
    return { type: 'text-invalid', seen, expected };
  },
};

export class CosignatureSaid {
  @Member(
    noteText,
    'The checkpoint as it was answered, with the line of the witness (C2SP tlog-cosignature).',
  )
  checkpoint!: string;
}
