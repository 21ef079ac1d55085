import type { Words } from '../../../domain/values/words.js';

/** The texts about who logs with this phone, and about entries of others on it. */
export const deviceTexts = {
  logsAs: { en: 'This phone logs as {{name}}', zh: '本机以{{name}}的名义记录' },
  isOut: { en: 'Nobody is signed in on this phone', zh: '本机尚未登录' },
  waitHere: {
    en: 'Entries that wait on this phone: {{count}}. None is lost.',
    zh: '本机有 {{count}} 条记录待处理，不会丢失。',
  },
  person: { en: 'person {{id}}', zh: '人员 {{id}}' },
  until: { en: 'Until {{day}}, and longer while it is used.', zh: '有效至 {{day}}，持续使用会自动延长。' },
  untilSession: {
    en: 'Signed in on the page, for some hours. An enrolled phone logs for weeks without a network.',
    zh: '目前为网页短期登录。绑定本机后可离线记录数周。',
  },
  enrolThis: { en: 'Enrol this phone', zh: '绑定本机' },
  startLogging: { en: 'Start logging', zh: '开始记录' },
  offlineHint: {
    en: 'Entries are kept here without a network, and are sent by themselves.',
    zh: '没有网络时记录保存在本机，联网后自动发送。',
  },
  storageMayGo: {
    en: 'The browser may clear this page when space runs short. Put it on the home screen to prevent that.',
    zh: '空间不足时浏览器可能清除本页数据，添加到主屏幕可以避免。',
  },
  install: { en: 'Put on the home screen', zh: '添加到主屏幕' },
  'hand.signed-out': { en: 'Logged by {{name}}', zh: '{{name}}的记录' },
  'hand.foreign': { en: 'Logged by {{name}}', zh: '{{name}}的记录' },
  'hand.unsigned': { en: 'Logged before anybody signed in', zh: '登录前的记录' },
  'handHint.signed-out': {
    en: 'They are sent when {{name}} signs in here. Until then they are safe on this phone.',
    zh: '{{name}}在本机登录后自动发送；在此之前保存在本机。',
  },
  'handHint.foreign': {
    en: 'They are not sent under your name. {{name}} signs in here again, or you enter them for {{name}}.',
    zh: '不会以您的名义发送。可由{{name}}在本机重新登录，或由您代{{name}}填报。',
  },
  'handHint.unsigned': {
    en: 'They are sent once somebody who is signed in enters them.',
    zh: '由已登录的人员填报后发送。',
  },
  somebody: { en: 'somebody', zh: '未署名者' },
  saveFile: { en: 'Save as a file', zh: '存为文件' },
  shareFile: { en: 'Hand over', zh: '转交' },
  fileHint: {
    en: 'The file can be imported in the office. The entries stay here until you discard them; none is recorded twice.',
    zh: '文件可在办公室导入。记录仍保留在本机，直到您放弃；不会重复记录。',
  },
  enterFor: { en: 'Enter for {{name}}', zh: '代{{name}}填报' },
  enterSelf: { en: 'Enter under my name', zh: '以我的名义填报' },
  enterForSure: {
    en: 'Enter {{count}} as {{self}}, for {{name}}',
    zh: '以{{self}}的名义代{{name}}填报 {{count}} 条',
  },
  enterSelfSure: { en: 'Enter {{count}} as {{self}}', zh: '以{{self}}的名义填报 {{count}} 条' },
  cancel: { en: 'Cancel', zh: '取消' },
  'waits.foreign': { en: 'waits for {{name}} to sign in', zh: '等待{{name}}登录' },
  'waits.signed-out': { en: 'waits for {{name}} to sign in', zh: '等待{{name}}登录' },
  'waits.unsigned': { en: 'waits for an author', zh: '等待署名' },
} as const satisfies Record<string, Words>;
