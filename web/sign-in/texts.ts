import { useCallback } from 'react';
import type { Words } from '../../domain/values/words.js';
import { useLanguage } from '../shared/language.js';
import { saidIn, type Values } from '../shared/said.js';

/** All texts of the sign-in, in both languages. */
const texts = {
  title: { en: 'Sign in', zh: '登录' },
  again: { en: 'Your sign-in has ended', zh: '登录已失效' },
  againHint: {
    en: 'Sign in again to go on. What you have typed is still there.',
    zh: '请重新登录以继续，已输入的内容仍在。',
  },
  who: { en: 'Name or contact', zh: '姓名或联系方式' },
  password: { en: 'Password', zh: '密码' },
  key: { en: 'Key', zh: '密钥' },
  keyHint: { en: 'As it was issued to you: tpo_…', zh: '签发给您的密钥，以 tpo_ 开头' },
  useKey: { en: 'Use a key instead', zh: '改用密钥登录' },
  usePassword: { en: 'Use a password instead', zh: '改用密码登录' },
  useCode: { en: 'Enrol this phone by a code', zh: '用代码绑定本机' },
  enrolTitle: { en: 'Enrol this phone', zh: '绑定本机' },
  enrolHint: {
    en: 'On a computer, choose your name at the top right, then “Enrol a phone”; or ask an administrator. Scan the picture there, or type the code here.',
    zh: '在电脑上点击右上角的姓名，选择“绑定手机”，或请管理员操作；然后扫码，或在此输入代码。',
  },
  phoneOut: { en: 'This phone is signed out', zh: '本机登录已失效' },
  phoneOutHint: {
    en: 'Its enrolment has expired, or somebody ended it. What {{name}} logged and was not sent is still here.',
    zh: '绑定已过期或已被停用。{{name}}尚未发送的记录仍保存在本机。',
  },
  somebody: { en: 'somebody', zh: '原使用者' },
  code: { en: 'Code', zh: '代码' },
  codeHint: { en: '10 letters and digits, valid for 10 minutes', zh: '10 位字母和数字，10 分钟内有效' },
  codeShort: { en: 'A code has 10 letters and digits.', zh: '代码为 10 位字母和数字。' },
  label: { en: 'What you call this phone', zh: '本机名称' },
  labelHint: { en: 'by which you find it in your list of phones', zh: '便于在设备列表中辨认' },
  labelFirst: { en: 'Phone', zh: '手机' },
  enrol: { en: 'Enrol', zh: '绑定' },
  enrolling: { en: 'Enrolling…', zh: '正在绑定……' },
  installApple: {
    en: 'On an iPhone: first “Share”, then “Add to Home Screen”, and type the code in the app that opens from there.',
    zh: 'iPhone：请先点“分享”，选“添加到主屏幕”，再在主屏幕打开的应用中输入代码。',
  },
  'code-invalid': {
    en: 'This code is mistyped, used, or no longer valid. Have a new one made.',
    zh: '代码输入有误、已使用或已失效，请重新生成。',
  },
  byProvider: { en: 'Sign in with {{provider}}', zh: '通过 {{provider}} 登录' },
  byProviderAgain: {
    en: 'It opens beside this page. Come back here once you are signed in there.',
    zh: '将在新标签页打开；登录后请返回此页。',
  },
  orHere: { en: 'or here', zh: '或在此登录' },
  'identity-unknown': {
    en: 'Nobody here is signed in by the account that you used there. An administrator can tie it to a person, by this subject:',
    zh: '您在身份提供方使用的账号在此无法登录。管理员可凭以下标识将其关联到人员：',
  },
  'sign-in-over': {
    en: 'The sign-in there was broken off, took too long, or was begun in another browser. Begin again.',
    zh: '身份提供方的登录已中断、超时，或在其他浏览器发起。请重新登录。',
  },
  'provider-unavailable': {
    en: 'The provider of identities does not answer. Try again in half a minute, or sign in by a password.',
    zh: '身份提供方无应答。请半分钟后重试，或使用密码登录。',
  },
  refusedTitle: { en: 'The other sign-in did not work', zh: '另一账号登录未成功' },
  stillSignedIn: {
    en: 'You are still signed in as {{name}}; nothing has changed.',
    zh: '您仍以{{name}}的身份登录，一切未变。',
  },
  goOnAs: { en: 'Go on as {{name}}', zh: '以{{name}}继续' },
  goOn: { en: 'Go on', zh: '继续' },
  goingOn: { en: 'Going on…', zh: '正在打开……' },
  enter: { en: 'Sign in', zh: '登录' },
  entering: { en: 'Signing in…', zh: '正在登录……' },
  later: { en: 'Later', zh: '稍后' },
  forgotten: {
    en: 'No password yet, or forgotten? An administrator makes a link for you.',
    zh: '尚无密码或忘记密码？请管理员为您签发链接。',
  },
  language: { en: '中文', zh: 'English' },
  linkTitle: { en: 'Set your password', zh: '设置密码' },
  linkHint: {
    en: 'This link works once. The password has at least 12 characters; four words are easy to remember.',
    zh: '此链接只能使用一次。密码至少 12 个字符，几个词语连用便于记忆。',
  },
  setupTitle: { en: 'The first administrator', zh: '首位管理员' },
  setupHint: {
    en: 'Nobody can sign in yet. You add the other people, and say what each of them may do.',
    zh: '目前无人可以登录。之后由您添加其他人员并授予角色。',
  },
  setupName: { en: 'Your name', zh: '您的姓名' },
  setupEnter: { en: 'Begin', zh: '开始使用' },
  passwordHint: {
    en: 'At least 12 characters; four words are easy to remember.',
    zh: '至少 12 个字符，几个词语连用便于记忆。',
  },
  newPassword: { en: 'New password', zh: '新密码' },
  repeated: { en: 'New password again', zh: '再次输入新密码' },
  set: { en: 'Set it and sign in', zh: '设置并登录' },
  different: { en: 'The two passwords differ.', zh: '两次输入的密码不一致。' },
  openWire: {
    en: 'Nobody can sign in over this connection: it is not encrypted, so that others could read the password.',
    zh: '此连接未加密，他人可能读到密码，因此无法登录。',
  },
  openWireHint: {
    en: 'Open the page at an address with https, or at the machine itself. The administrator of the service sets up TLS.',
    zh: '请使用 https 地址，或在服务所在的机器上打开。TLS 由系统管理员设置。',
  },
  'sign-in-failed': {
    en: 'The name and the password do not belong together.',
    zh: '姓名与密码不符。',
  },
  'sign-in-delayed': {
    en: 'Too many wrong passwords. Try again in a quarter of an hour.',
    zh: '密码错误次数过多，请 15 分钟后再试。',
  },
  'sign-in-busy': {
    en: 'Many sign in just now. Try again in a moment.',
    zh: '当前登录人数较多，请稍后再试。',
  },
  'link-ended': {
    en: 'This link was used already, or is older than a day. An administrator makes another.',
    zh: '此链接已使用或已超过一天，请管理员重新签发。',
  },
  'setup-refused': {
    en: 'This link is not valid any more: the service was started again, or there is an administrator. The start of the service prints a new one.',
    zh: '此链接已失效：服务已重新启动，或已有管理员。服务启动时会显示新的链接。',
  },
  'administrator-exists': {
    en: 'There is an administrator already. Ask them for a sign-in link.',
    zh: '已有管理员，请向其索取登录链接。',
  },
  'password-weak': {
    en: 'This password is too easy to guess: at least 12 characters, not your name, and not a few characters repeated.',
    zh: '密码过于简单：至少 12 个字符，不能是姓名，也不能是少数字符的重复。',
  },
  'key-invalid': { en: 'This is no key.', zh: '密钥无效。' },
  'key-expired': { en: 'This key has expired.', zh: '密钥已过期。' },
  'key-revoked': { en: 'This key was revoked.', zh: '密钥已撤销。' },
  unreachable: { en: 'The service cannot be reached.', zh: '无法连接服务。' },
  otherwise: { en: 'It did not work: {{why}}', zh: '未成功：{{why}}' },
} as const satisfies Record<string, Words>;

export type SignInText = keyof typeof texts;

/** The texts of the sign-in in the language of the page. */
export function useSignInTexts(): (name: SignInText, values?: Values) => string {
  const language = useLanguage();
  return useCallback((name, values) => saidIn(texts[name], language, values), [language]);
}

/** The text for a kind of problem, if there is one. */
export function textOf(kind: string): SignInText | undefined {
  return Object.hasOwn(texts, kind) ? (kind as SignInText) : undefined;
}
