import type { SameTexts } from '../../shared/texts.js';
import type { en } from './texts.en.js';

export const zh: SameTexts<typeof en> = {
  title: '为{{name}}绑定手机',
  titleSelf: '绑定手机',
  step1: '用手机相机扫描此码，并打开网址。',
  step2: '或在手机上打开 {{place}}，输入代码：',
  picture: '供手机相机扫描的网址二维码',
  left: '剩余 {{minutes}}:{{seconds}}，仅限一部手机',
  over: '代码已失效。',
  again: '重新生成代码',
  making: '正在生成代码……',
  arrived: '“{{label}}”已绑定，以{{name}}的名义记录。',
  arrivedHint: '可离线使用数周；有效期 180 天，持续使用会自动延长，可随时在设备列表中停用。',
  waiting: '正在等待手机……',
  local: '当前页面是在服务所在的机器上打开的。手机只能通过加密的对外地址访问。',
  another: '再绑定一部手机',
  close: '关闭',
  phone: '手机',
};
