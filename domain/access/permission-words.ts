import type { Words } from '../values/words.js';
import type { Permission } from './permissions.js';
import { permissionsOf, type Role, roleNames, roles } from './roles.js';
import type { Scope } from './scope.js';

/** What each permission lets somebody do, as a verb with its object. */
export const permissionWords: Readonly<Record<Permission, Words>> = {
  'project-read': { en: 'read projects', zh: '查看项目' },
  replay: { en: 'read what was known earlier', zh: '查看历史时点的数据' },
  'log-read': { en: 'read the whole log', zh: '查看全部记录' },
  'entry-log': { en: 'log facts', zh: '填报记录' },
  'entry-withdraw-others': { en: 'withdraw entries of others', zh: '撤回他人的记录' },
  'project-set-up': { en: 'set up projects and plans', zh: '建立项目和计划' },
  'alerts-answer': { en: 'answer alerts', zh: '答复预警' },
  'alerts-silence': { en: 'silence alerts', zh: '暂停预警通知' },
  'subscriptions-own': { en: 'keep own subscriptions', zh: '管理自己的订阅' },
  'subscriptions-all': { en: 'see and end all subscriptions', zh: '查看和终止全部订阅' },
  'rules-adopt': { en: 'adopt rules', zh: '启用规则' },
  'rules-test': { en: 'test rules', zh: '回测规则' },
  'access-read': { en: 'read who may do what', zh: '查看权限' },
  'people-manage': { en: 'manage people, roles and keys', zh: '管理人员、角色和密钥' },
  operate: { en: 'watch the service', zh: '查看系统运行状况' },
};

/** What a scope is called: `Suyu District`. */
export function placeWords(scope: Scope): Words {
  switch (scope.kind) {
    case 'installation':
      return { en: 'whole installation', zh: '全系统' };
    case 'district':
      return { en: scope.district, zh: scope.district };
    case 'project':
      return { en: `project ${scope.project}`, zh: `项目 ${scope.project}` };
  }
}

/** Where a role holds, in a sentence. */
export function scopeWords(scope: Scope): Words {
  switch (scope.kind) {
    case 'installation':
      return { en: 'in the whole installation', zh: '在全系统' };
    case 'district':
      return { en: `in ${scope.district}`, zh: `在${scope.district}` };
    case 'project':
      return { en: `in the project ${scope.project}`, zh: `在项目 ${scope.project}` };
  }
}

/** What a role lets somebody do within a scope: `may log facts, answer alerts in Suyu District`. */
export function mayWords(role: Role, scope: Scope): Words {
  const all = permissionsOf(role).map((permission) => permissionWords[permission]);
  const where = scopeWords(scope);
  return {
    en: `may ${all.map(({ en }) => en).join(', ')} ${where.en}`,
    zh: `可${where.zh}${all.map(({ zh }) => zh).join('、')}`,
  };
}

/** The roles with any of some permissions. */
export function rolesWith(any: readonly Permission[]): Role[] {
  return roles.filter((role) => permissionsOf(role).some((permission) => any.includes(permission)));
}

/** What some permissions let somebody do, one of them being enough. */
export function anyWords(any: readonly Permission[]): Words {
  const acts = any.map((one) => permissionWords[one]);
  return { en: acts.map(({ en }) => en).join(', or to '), zh: acts.map(({ zh }) => zh).join('或') };
}

/** Which role is missing for one of some permissions, and who grants it. */
export function missingWords(any: readonly Permission[]): { seen: Words; expected: Words } {
  const [acts, named] = [anyWords(any), rolesWith(any).map((one) => roleNames[one])];
  return {
    seen: {
      en: `a request to ${acts.en}, which your roles do not include here`,
      zh: `${acts.zh}，您在此处的角色不包含此权限`,
    },
    expected: {
      en: `the role ${oneOf(
        named.map(({ en }) => en),
        ', ',
        ' or ',
      )}; an administrator grants it`,
      zh: `${oneOf(
        named.map(({ zh }) => zh),
        '、',
        '或',
      )}角色；由管理员授予`,
    },
  };
}

/** Several names as a choice, such as "inspector, auditor or planner". */
function oneOf(names: readonly string[], comma: string, or: string): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(comma)}${or}${names.at(-1)}`;
}
