import { roomTexts, type SameTexts } from '../../shared/texts.js';

const en = {
  title: 'Your keys and devices',
  open: 'This installation is open: nobody signs in, so that there are no own keys or devices.',
  may: 'What you may do',
  asRole: '{{role}}: {{may}}.',
  mayNothing: 'Nothing yet: an administrator gives you a role.',
  keys: 'Your keys for programs and the terminal',
  signIns: 'Where you are signed in',
  password: 'Your password',
  passwordHint: 'With a new password all your other browsers are signed out. Phones and keys stay.',
  passwordElsewhere: 'A password is changed in a browser that is signed in by it, not on an enrolled phone.',
  old: 'Present password',
  new: 'New password',
  newHint: 'At least 12 characters; four words are easy to remember.',
  repeated: 'New password again',
  different: 'The two passwords differ.',
  show: 'Show what is typed',
  change: 'Change the password',
  changed: 'Changed. Other browsers are signed out.',
};

const zh: SameTexts<typeof en> = {
  title: '我的密钥和设备',
  open: '本系统处于开放模式，无需登录，因此没有个人密钥和设备。',
  may: '我的权限',
  asRole: '{{role}}：{{may}}。',
  mayNothing: '暂无权限，请管理员授予角色。',
  keys: '我的密钥（供程序和终端使用）',
  signIns: '我的登录',
  password: '我的密码',
  passwordHint: '修改密码后，其他浏览器上的登录全部失效；手机和密钥不受影响。',
  passwordElsewhere: '请在以密码登录的浏览器中修改密码；已绑定的手机上不能修改。',
  old: '当前密码',
  new: '新密码',
  newHint: '至少 12 个字符，几个词语连用便于记忆。',
  repeated: '再次输入新密码',
  different: '两次输入的密码不一致。',
  show: '显示输入内容',
  change: '修改密码',
  changed: '已修改，其他浏览器均已退出。',
};

/** Translates the texts of the own keys and devices. */
export const useOwnTexts = roomTexts('own', { en, zh });
