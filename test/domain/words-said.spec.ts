import { describe, expect, test } from '@jest/globals';
import { nearestPhrases, wordSaid } from '../../domain/values/lexicon/matching.js';
import { normalForm, spelling } from '../../domain/values/lexicon/normal-form.js';
import { type Phrasebook, shippedPhrasebook } from '../../domain/values/lexicon/phrases.js';
import { traditional } from '../../domain/values/lexicon/traditional.js';

/** What reports say, by the word that it is read as. */
const reported: Readonly<Record<string, readonly string[]>> = {
  'not-started': [
    ...[
      '未开工',
      '尚未动工',
      '尚未开工',
      '未启动',
      '均未开工',
      '仍未开工',
      '还没开工',
      '尚未进场施工',
      '項目尚未開工',
      '待开工',
    ],
    ...[
      'Not started',
      'has not started',
      'Not yet started',
      'work has not yet begun',
      'Yet to start',
      'NOT BEGUN',
    ],
  ],
  preparing: ['施工准备阶段', '正在筹备', '即将开工', '准备开工', 'in preparation', 'About to start'],
  started: [
    ...[
      '已开工',
      '已经开工建设',
      '全面开工',
      '正式开工',
      '已破土动工',
      '開工',
      '工程已启动',
      '已进场施工',
      '顺利开工',
    ],
    ...['Ground broken', 'broke ground', 'Construction has started', 'Works have begun', 'commenced'],
  ],
  'barely-begun': [
    '刚开工',
    '刚刚开工',
    '处于起步阶段',
    '剛剛起步',
    'Barely begun',
    'only just started',
    'early stages',
  ],
  'under-way': [
    ...[
      '施工中',
      '正在施工',
      '在建',
      '稳步推进',
      '有序推进',
      '正在有序推进',
      '正在推进中',
      '扎实推进',
      '建设中',
      '安装中',
    ],
    ...['加快推进中', '穩步推進', '工程正在紧张施工中', '正 在 施 工', '尚在施工', '续建', '項目建設中'],
    ...[
      'Under Construction',
      'in progress',
      'is in progress',
      'work is ongoing',
      'is being built',
      'still under way',
    ],
    ...['Progressing steadily', 'on-going', '  Underway. '],
  ],
  'in-full-swing': [
    '全面铺开',
    '已全面铺开',
    '全面展开',
    '全面鋪開',
    '如火如荼',
    'in full swing',
    'Well under way',
  ],
  'small-part': ['一小部分', '少量完成', 'a small part'],
  partly: ['部分完成', '完成一部分', '局部完成', 'Partially complete', 'in part', 'part done'],
  'a-third': ['三分之一', '已完成三分之一', 'About a third', 'one third complete'],
  'less-than-half': ['未过半', '尚未过半', '不到一半', '不足一半', 'less than half', 'Under half done'],
  'nearly-half': ['近一半', '已近半', '完成近半', 'Almost half', 'nearly half complete'],
  'about-half': [
    '一半',
    '约一半',
    '完成了一半',
    '一半左右',
    'about half',
    'Half done',
    'half-way',
    'Roughly half complete',
  ],
  'over-half': [
    '过半',
    '已过半',
    '過半',
    '完成过半',
    '工程进度过半',
    '超过一半',
    'over half',
    'More than half done',
    'past half-way',
  ],
  'two-thirds': ['约三分之二', 'two-thirds', 'About two thirds complete'],
  mostly: [
    '大部分',
    '完成了大部分工程',
    '大部分已完成',
    '大半',
    'Well advanced',
    'largely complete',
    'MOSTLY',
    'Most done',
  ],
  'three-quarters': ['四分之三', 'three quarters', 'about three-quarters done'],
  'nearly-all': ['绝大部分完成', '絕大部分', '几乎全部完成', 'Almost all', 'nearly all complete'],
  'not-done': [
    ...['尚未完工', '未竣工', '尚未封顶', '未封頂', '尚未貫通', '尚未合龙', '尚未全部完成', '没有完成'],
    ...[
      'not complete',
      'is not yet complete',
      'Unfinished',
      'not fully complete',
      'not topped out',
      'not yet done',
    ],
  ],
  'substructure-done': [
    '出正负零',
    '已出±0',
    '±0.00',
    '達到正負零',
    'out of the ground',
    'Substructure complete',
  ],
  'topped-out': [
    ...[
      '封顶',
      '已封顶',
      '主体封顶',
      '主体结构已封顶',
      '主体完工',
      '主体已经完工',
      '主體結構封頂',
      '顺利封顶',
      '封頂',
      '全面封顶',
    ],
    ...['Topped out', 'has topped out', 'roof capped', 'The structure is complete', 'the frame is complete'],
  ],
  'broken-through': [
    '贯通',
    '隧道已貫通',
    '全线贯通',
    '顺利贯通',
    '双线贯通',
    '隧道贯通了',
    'broke through',
    'Tunnel is through',
  ],
  'span-closed': [
    '合龙',
    '合拢',
    '主桥合龙',
    '大橋已合龍',
    '顺利合龙',
    'closed the span',
    'Span closed',
    'The span is closed',
  ],
  'in-testing': [
    '调试中',
    '正在調試',
    '进入联调联试阶段',
    '试运行',
    'Testing & commissioning',
    'commissioning',
    'in testing',
  ],
  'nearly-done': [
    ...[
      '基本完工',
      '已基本完工',
      '基本建成',
      '接近尾声',
      '已接近尾声',
      '收尾阶段',
      '进入收尾阶段',
      '收尾工作',
      '扫尾',
      '扫尾阶段',
    ],
    ...['已近尾声', '即将竣工', '基本竣工', '接近尾聲', '掃尾', '基本　完成', '进入冲刺阶段', '收官'],
    ...[
      'Substantially complete',
      'nearing completion',
      'wrapping up',
      'is wrapping up',
      'Almost done',
      'all but complete',
    ],
    ...['Practically complete', 'works are nearly done'],
  ],
  snagging: [
    '消缺',
    '消缺整改阶段',
    '查漏补缺',
    'Snagging',
    'snagging works',
    'punch-list work',
    'Making good',
  ],
  'awaiting-acceptance': [
    '待验收',
    '具备验收条件',
    '已具備驗收條件',
    '待竣工验收',
    'Awaiting inspection',
    'ready for handover',
  ],
  'in-use': ['已投入使用', '投用', '全线通车', '正式启用', 'In use', 'opened to traffic', 'now operational'],
  done: [
    ...[
      '竣工',
      '已竣工',
      '全面竣工',
      '完工',
      '全部完工',
      '已完工。',
      '建成',
      '施工完毕',
      '竣工验收合格',
      '建成通车',
      '全部　完成',
    ],
    ...[
      '如期完工',
      '提前完成',
      '工程完工',
      '完成了',
      '已完成收尾',
      'Ｄｏｎｅ',
      'COMPLETED',
      'now fully complete',
      'all works complete',
    ],
    ...['has been completed', 'Handed over', 'all done'],
  ],
};

const isHan = (text: string) => /[\u3400-\u9fff±]/.test(text);
const phrases = Object.entries(reported).flatMap(([word, said]) => said.map((phrase) => ({ phrase, word })));

describe('what reports say', () => {
  test.each(phrases)('"$phrase" is read as $word', ({ phrase, word }) => {
    expect(wordSaid(phrase)).toBe(word);
  });

  test('is known in every spelling: wide, spaced, in capitals, with a full stop', () => {
    const wide = (text: string) =>
      text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
    for (const { said, word } of shippedPhrasebook.words)
      for (const phrase of said)
        for (const spelt of [phrase, `  ${phrase}\u3000`, phrase.toUpperCase(), `${phrase}。`, wide(phrase)])
          expect([spelt, wordSaid(spelt)]).toEqual([spelt, word]);
  });

  test('is known with 已 before a Chinese phrase, and with "is now" before an English one', () => {
    for (const { said, word } of shippedPhrasebook.words)
      for (const phrase of said) {
        const longer = isHan(phrase) ? `已${phrase}` : `is now ${phrase}`;
        expect([longer, wordSaid(longer)]).toEqual([longer, word]);
      }
  });

  test.each([
    ...[
      '',
      ' ',
      '。',
      'almost',
      '快了',
      '差不多吧',
      'soonish',
      'not',
      '未',
      '已',
      '了',
      'is now',
      '50%',
      '完成 50%',
    ],
    ...['停工', '暂停施工', 'on hold', 'constructor', '__proto__', 'toString'],
  ])('"%s" is no word', (phrase) => {
    expect(wordSaid(phrase)).toBeUndefined();
  });
});

describe('a negation', () => {
  const negations = ['未', '尚未', '没有', '还未', '并未', '未能', '不', '非'];
  const negationsInEnglish = ['not', 'not yet', 'never', 'has not been', 'is not', 'nowhere near'];
  const exact = (word: string | undefined) => word === 'done';

  test('of done, or of a state, never means it', () => {
    for (const { said, word, state } of shippedPhrasebook.words) {
      if (word !== 'done' && state === undefined) continue;
      for (const phrase of said)
        for (const not of isHan(phrase) ? negations : negationsInEnglish) {
          const denied = isHan(phrase) ? `${not}${phrase}` : `${not} ${phrase}`;
          const read = wordSaid(denied);
          expect([denied, read === word || exact(read)]).toEqual([denied, false]);
        }
    }
  });

  test('of over half or of half is less than half, or no word', () => {
    expect(['未过半', '尚未过半', 'not half', 'not over half'].map((phrase) => wordSaid(phrase))).toEqual([
      'less-than-half',
      'less-than-half',
      'less-than-half',
      undefined,
    ]);
  });
});

describe('the longest phrase', () => {
  test.each([
    ['全部完成', 'done'],
    ['基本完成', 'nearly-done'],
    ['大部分完成', 'mostly'],
    ['绝大部分完成', 'nearly-all'],
    ['主体完成', 'topped-out'],
    ['基础完成', 'substructure-done'],
    ['全面施工', 'in-full-swing'],
    ['just started', 'barely-begun'],
    ['well under way', 'in-full-swing'],
    ['all but complete', 'nearly-done'],
  ])('of "%s" counts: %s', (phrase, word) => {
    expect(wordSaid(phrase)).toBe(word);
  });
});

describe('an unknown phrase', () => {
  test.each([
    ['基本做完', '基本完工'],
    ['隧道快贯通', '隧道贯通'],
    ['未全面开工', '未开工'],
    ['nearly completed', 'nearly complete'],
    ['substantialy complete', 'substantially complete'],
  ])('"%s" has "%s" among the nearest', (phrase, near) => {
    if (wordSaid(phrase) === undefined) expect(nearestPhrases(phrase)).toContain(near);
    else expect(wordSaid(phrase)).toBe(wordSaid(near));
  });

  test('has at most four near ones, in its own language, and none that is far', () => {
    for (const phrase of ['快竣工', 'near done', '完成得差不多', 'halfish', 'xyzzy', '？']) {
      const near = nearestPhrases(phrase);
      expect(near.length).toBeLessThanOrEqual(4);
      expect(near.filter((one) => isHan(one) !== isHan(phrase))).toEqual([]);
    }
    expect([nearestPhrases('xyzzy'), nearestPhrases('')]).toEqual([[], []]);
  });
});

describe('a phrasebook', () => {
  const strict: Phrasebook = {
    version: 3,
    words: [
      {
        word: 'nearly-done',
        range: { low: 9500, point: 9700, high: 9900 },
        said: ['大部分'],
        name: { en: 'nearly done', zh: '收尾' },
      },
    ],
  };

  test('of another installation reads the same phrase differently', () => {
    expect([wordSaid('大部分'), wordSaid('大部分', strict), wordSaid('部分', strict)]).toEqual([
      'mostly',
      'nearly-done',
      undefined,
    ]);
    expect(nearestPhrases('部分', strict)).toEqual(['大部分']);
  });

  test('has no phrase for two words, in any spelling, and a hundred or more in each language', () => {
    const words = new Map<string, Set<string>>();
    for (const { word, said } of shippedPhrasebook.words)
      for (const phrase of [word, ...said])
        for (const form of [spelling(phrase), normalForm(phrase)])
          words.set(form, (words.get(form) ?? new Set()).add(word));
    expect([...words].filter(([form, named]) => form === '' || named.size > 1)).toEqual([]);
    const said = shippedPhrasebook.words.flatMap((one) => one.said);
    expect(said.filter((phrase, index) => said.indexOf(phrase) !== index)).toEqual([]);
    expect(said.filter(isHan).length).toBeGreaterThan(100);
    expect(said.filter((phrase) => !isHan(phrase)).length).toBeGreaterThan(100);
  });

  test('is written in simplified characters', () => {
    const said = shippedPhrasebook.words.flatMap((one) => [...one.said, one.name.zh]).join('');
    expect([...traditional].filter((character) => said.includes(character))).toEqual([]);
  });
});
