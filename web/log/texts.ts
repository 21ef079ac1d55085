import type { Words } from '../../domain/values/words.js';
import { formTexts } from '../forms/texts.js';
import type { Language } from '../shared/language.js';
import { saidIn, type Values } from '../shared/said.js';
import { deviceTexts } from './device/texts.js';
import { walkTexts } from './walk/texts.js';

/** All texts of the log, in both languages; those of its forms are shared with the office. */
const texts = {
  ...formTexts,
  ...deviceTexts,
  ...walkTexts,
  title: { en: 'Site log', zh: '现场记录' },
  search: { en: 'Find a project', zh: '查找项目（可输入拼音首字母）' },
  noProjects: {
    en: 'No project is known on this device yet. Open this page once with a network.',
    zh: '本机还没有项目资料，请先在有网络时打开本页一次。',
  },
  signInFirst: {
    en: 'Sign in, and the projects are here.',
    zh: '登录后即可看到项目。',
  },
  noneRegistered: { en: 'No project is registered yet.', zh: '还没有登记任何项目。' },
  noneForYou: {
    en: 'There is no project yet where you may log.',
    zh: '目前没有您可以填报的项目。',
  },
  mayNotLog: {
    en: 'You may not log facts. That takes {{role}}.',
    zh: '您无权填报记录。填报需要{{role}}。',
  },
  nothingFound: { en: 'No match.', zh: '没有找到这样的项目。' },
  loading: { en: 'One moment …', zh: '请稍候……' },
  back: { en: 'Back', zh: '返回' },
  language: { en: '中文', zh: 'English' },
  office: { en: 'All projects', zh: '全部项目' },
  noItems: {
    en: 'The items of this project are not on this device yet. Money, stalls and forecasts can be logged all the same.',
    zh: '本机还没有该项目的工程部位，仍可记录投资、停工和预计时间。',
  },
  outbox: { en: 'Outbox', zh: '待发送' },
  outboxEmpty: { en: 'Nothing was logged on this device yet.', zh: '本机还没有记录。' },
  notOpen: { en: 'This entry is not open any more.', zh: '这条记录已不在待处理之列。' },
  takenBack: { en: 'taken back', zh: '已撤回' },
  corrected: { en: 'corrected', zh: '更正' },
  takes: { en: 'Takes back', zh: '撤回' },
  corrects: { en: 'Corrects', zh: '更正' },
  waiting: { en: 'waits to be sent', zh: '等待发送' },
  recorded: { en: 'recorded', zh: '已记录' },
  alreadySaid: { en: 'was recorded before by somebody', zh: '此前已有相同记录' },
  refused: { en: 'Refused', zh: '被退回' },
  mend: { en: 'Edit', zh: '修改后重发' },
  sendAgain: { en: 'Send unchanged', zh: '原样重发' },
  sendAllAgain: { en: 'Send all of these again', zh: '全部原样重发' },
  discard: { en: 'Discard', zh: '放弃这条' },
  sendNow: { en: 'Send now', zh: '立即发送' },
  'hint.waiting': { en: 'sent when back online', zh: '联网后自动发送' },
  'hint.recorded': { en: 'can be corrected', zh: '可改正' },
  'list.refused': { en: 'Needs you', zh: '需要处理' },
  'list.waiting': { en: 'Waiting', zh: '等待发送' },
  'list.recorded': { en: 'Recorded', zh: '已记录' },
  'count.refused': { en: '{{count}} to be looked at', zh: '{{count}} 条需要您处理' },
  'count.waiting': { en: '{{count}} waiting to be sent', zh: '{{count}} 条等待发送' },
  lastReached: { en: 'Last connected {{at}}', zh: '上次联网 {{at}}' },
  dataFrom: {
    en: 'Offline. Saved on this phone, sent when back online · data from {{at}}',
    zh: '离线。记录存在手机上，联网后自动发送 · 数据截至 {{at}}',
  },
  noData: {
    en: 'Offline. Saved on this phone, sent when back online',
    zh: '离线。记录存在手机上，联网后自动发送',
  },
  'aside.login': {
    en: 'Not delivered: another page answered{{status}}, probably a login',
    zh: '未送达：由其他页面答复{{status}}，可能要求登录',
  },
  'aside.too-large': {
    en: 'Not delivered: too large for a gateway on the way{{status}}',
    zh: '未送达：超过中途网关允许的大小{{status}}',
  },
  'aside.refused': {
    en: 'Not delivered: refused by a gateway on the way{{status}}',
    zh: '未送达：被中途的网关拒收{{status}}',
  },
  'aside.failing': {
    en: 'Not delivered yet: the way to the service fails{{status}}',
    zh: '尚未送达：通往服务的途中出错{{status}}',
  },
  'aside.cut': { en: 'Not delivered yet: the connection breaks', zh: '尚未送达：连接中断' },
  asideHint: {
    en: 'The service has not seen this entry. Often the network asks for a login, or blocks words of the note. The other entries go out all the same.',
    zh: '服务没有收到，也没有评判这条记录。常见原因：网络要求登录，或备注中的文字被拦截。已搁置，不影响其他记录发送。',
  },
  'asideHint.too-large': {
    en: 'The service has not seen this entry. A shorter note may help. The other entries go out all the same.',
    zh: '服务没有收到，也没有评判这条记录。缩短备注或可解决。已搁置，不影响其他记录发送。',
  },
  troubleHint: {
    en: 'Tried {{count}} times; it is tried again by itself, and the other entries go out all the same. It may have arrived, and is never recorded twice.',
    zh: '已尝试 {{count}} 次，会自动重试，不影响其他记录发送。它可能已经送达，但不会重复记录。',
  },
  laterSaid: {
    en: 'A later entry about the same thing and day is recorded already. Sent now, this one would count as the last word of that day.',
    zh: '同一对象、同一天之后的一条记录已经送达。现在再发送，这一条会成为当天最后的说法。',
  },
  details: { en: 'Details for the administrator', zh: '给管理员看的详情' },
  answered: { en: 'Answered', zh: '答复' },
  'post.at-rest': { en: 'All is sent.', zh: '全部已发送。' },
  'post.aside': { en: 'Everything else is sent.', zh: '其余已全部发送。' },
  'post.sending': { en: 'Sending …', zh: '正在发送……' },
  'post.no-network': {
    en: 'No network. Entries are safe here and go out by themselves.',
    zh: '没有网络。记录已保存在本机，联网后自动发送。',
  },
  'post.service': {
    en: 'The service takes nothing at the moment. It is tried again by itself.',
    zh: '服务暂时无法接收，稍后自动重试。',
  },
  'post.gateway': {
    en: 'Something else answers in the place of the service, perhaps a login of the network. Entries are safe here; it is tried again by itself.',
    zh: '答复的不是本服务，可能是网络要求登录。记录已保存在本机，稍后自动重试。',
  },
  'post.single': {
    en: 'This does not come through yet; it is tried again by itself. Everything else goes out.',
    zh: '尚未送达，会自动重试；其他记录照常发送。',
  },
  'post.device': {
    en: 'This device cannot read its entries at the moment. It is tried again by itself.',
    zh: '本机暂时无法读取已保存的记录，稍后自动重试。',
  },
  'post.signed-out': {
    en: 'Sign in to send them. Entries are safe here.',
    zh: '登录后即可发送。记录已保存在本机。',
  },
  signOut: { en: 'Sign out', zh: '退出登录' },
  signOutHint: {
    en: '{{count}} entries wait for you here; they stay, and are sent when you sign in again.',
    zh: '本机还有 {{count}} 条您的记录未发送；退出后保留，再次登录时发送。',
  },
  signInHere: { en: 'Sign in', zh: '登录' },
  signIn: { en: 'Open the office to sign in', zh: '打开办公端以登录' },
  draftMark: { en: 'not saved yet', zh: '未保存' },
  onBehalfOf: { en: 'on behalf of {{name}}', zh: '代{{name}}填报' },
  by: { en: 'Your name or number', zh: '您的姓名或工号' },
  byHint: { en: 'stands beside what you log', zh: '随记录一起保存' },
} as const satisfies Record<string, Words>;

export type TextName = keyof typeof texts;

/** A text in a language, with each `{{name}}` replaced by its value. */
export function said(name: TextName, language: Language, values?: Values): string {
  return saidIn(texts[name], language, values);
}
