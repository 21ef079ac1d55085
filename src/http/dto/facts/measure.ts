import type { Measure } from '../../../../domain/project/events.js';
import { wholeBasisPoints } from '../../../../domain/values/amounts/basis-points.js';
import { nearestPhrases, wordSaid } from '../../../../domain/values/lexicon/matching.js';
import type { Phrasebook } from '../../../../domain/values/lexicon/phrases.js';
import { lexiconWord } from '../../../../domain/values/lexicon.js';
import { omitUndefined } from '../../../../domain/values/omit-undefined.js';
import { nothing } from '../../../../domain/values/rejections.js';
import { type Words } from '../../../../domain/values/words.js';
import { refuse, seenAs } from '../../problems/faults.js';
import { type Kinds, Member, Optional } from '../../validation/member.js';
import { oneOf, percentage, text, wholeNumber, yesOrNo } from '../../validation/rules.js';
import { QuantitySaid } from './measure-quantity.js';
import { RangeSaid } from './measure-range.js';
import { MeasureSaid, mostCounted } from './measure-said.js';

class PercentSaid extends MeasureSaid {
  @Member(oneOf(['percent']), 'A share of the item.')
  kind!: 'percent';

  @Optional(percentage(100), 'Percent done, such as 85 or 62.5.')
  percent?: number;

  @Optional(wholeNumber(0, wholeBasisPoints), 'Instead of percent: basis points, 8500 for 85 %.')
  basisPoints?: number;

  toMeasure(): Measure {
    const { kind, percent, basisPoints } = this;
    if (percent !== undefined && basisPoints !== undefined)
      refuse(
        'member-unknown',
        'measure.basisPoints',
        { en: 'percent and basisPoints', zh: 'percent 与 basisPoints 并存' },
        { en: 'one of them', zh: '其中之一' },
      );
    const found = basisPoints ?? (percent === undefined ? undefined : Math.round(percent * 100));
    return {
      kind,
      basisPoints:
        found ??
        refuse('member-missing', 'measure.percent', nothing, {
          en: 'percent or basisPoints',
          zh: 'percent 或 basisPoints',
        }),
    };
  }
}

class CountSaid extends MeasureSaid {
  @Member(oneOf(['count']), 'So many of so many.')
  kind!: 'count';

  @Member(wholeNumber(0, mostCounted), 'How many are done.')
  done!: number;

  @Optional(wholeNumber(1, mostCounted), 'How many there are; absent when nobody said.')
  of?: number;

  @Optional(text(40), 'What is counted, such as 幢 or m³.')
  unit?: string;

  toMeasure(): Measure {
    return omitUndefined({ kind: this.kind, done: this.done, of: this.of, unit: this.unit });
  }
}

class StoreysSaid extends MeasureSaid {
  @Member(oneOf(['storeys']), 'A height in storeys.')
  kind!: 'storeys';

  @Member(wholeNumber(-100, 1_000), 'The storey reached; below ground negative, 0 is ground level.')
  reached!: number;

  @Optional(wholeNumber(1, 1_000), 'How many storeys there are above ground; absent when nobody said.')
  of?: number;

  @Optional(wholeNumber(0, 100), 'How many storeys there are below ground; absent when nobody said.')
  below?: number;

  @Optional(yesOrNo, 'The storey is being built, and not complete.')
  isUnderWay?: boolean;

  toMeasure(): Measure {
    const { kind, reached, of, below, isUnderWay } = this;
    return omitUndefined({ kind, reached, of, below, isUnderWay: isUnderWay || undefined });
  }
}

class WordSaid extends MeasureSaid {
  @Member(oneOf(['word']), 'A word that stands for a range.')
  kind!: 'word';

  @Member(text(200), 'The words as they were said, such as 基本完成.')
  said!: string;

  @Optional(text(40), 'The word of the lexicon that they stand for; found in the lexicon when absent.')
  word?: string;

  toMeasure(phrasebook: Phrasebook): Measure {
    const { kind, said, word } = this;
    const known = word === undefined ? wordSaid(said, phrasebook) : lexiconWord(word, phrasebook)?.word;
    return { kind, word: known ?? this.refuseWord(phrasebook), said };
  }

  private refuseWord(phrasebook: Phrasebook): never {
    const words = phrasebook.words.map(({ word }) => word).join(', ');
    if (this.word !== undefined)
      refuse('word-unknown', 'measure.word', seenAs(this.word), {
        en: `one of ${words}`,
        zh: `${words} 之一`,
      });
    return refuse(
      'word-unknown',
      'measure.said',
      seenAs(this.said),
      expectedPhrase(nearestPhrases(this.said, phrasebook)),
    );
  }
}

/** What an unknown phrase should have been, with the phrases that are nearest to it. */
function expectedPhrase(nearest: readonly string[]): Words {
  const [en, zh] =
    nearest.length === 0
      ? ['', '']
      : [
          ` such as ${nearest.map((one) => `"${one}"`).join(', ')}`,
          `（相近的有${nearest.map((one) => `“${one}”`).join('、')}）`,
        ];
  return {
    en: `a phrase of the lexicon${en}, or "word" beside "said" with the id of a word of it`,
    zh: `词表中的说法${zh}，或在 "said" 之外用 "word" 注明词表中词的编号`,
  };
}

export const measures: Kinds<MeasureSaid> = {
  member: 'kind',
  shapes: {
    percent: PercentSaid,
    range: RangeSaid,
    count: CountSaid,
    quantity: QuantitySaid,
    storeys: StoreysSaid,
    word: WordSaid,
  },
};
