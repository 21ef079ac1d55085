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
