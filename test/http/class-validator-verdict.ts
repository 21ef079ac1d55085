import { getMetadataStorage, type ValidationError, validateSync } from 'class-validator';
import { type RequestFault, seenAs } from '../../src/http/problems/faults.js';
import type { Shape } from '../../src/http/validation/member.js';
import type { Rule } from '../../src/http/validation/rules.js';

/** What class-validator itself finds wrong with an instance of a shape, in its order. */
export function faultsOfClassValidator(type: Shape, instance: object): RequestFault[] {
  const errors = validateSync(instance, {
    whitelist: true,
    forbidNonWhitelisted: true,
    validationError: { target: false },
  });
  return errors.flatMap((error) => faultsOf(error, '', type));
}

function faultsOf(error: ValidationError, path: string, shape: object | undefined): RequestFault[] {
  const inPath = path === '' ? error.property : `${path}.${error.property}`;
  const member = /^\d+$/.test(error.property) ? `${path}[${error.property}]` : inPath;
  const rule = (error.contexts?.rule as { rule: Rule } | undefined)?.rule;
  const finding = rule?.check(error.value);
  if (finding) {
    const { at = '', ...fault } = finding;
    return [{ member: member + at, ...fault }];
  }
  if (error.constraints && 'whitelistValidation' in error.constraints) {
    const names = membersOf(shape);
    const expected = { en: `only ${names.join(', ')}`, zh: `仅 ${names.join('、')}` };
    return [{ member, type: 'member-unknown', seen: seenAs(error.value), expected }];
  }
  const inner = (error.value as object | undefined)?.constructor;
  return (error.children ?? []).flatMap((child) => faultsOf(child, member, inner));
}

function membersOf(shape: object | undefined): string[] {
  if (typeof shape !== 'function') return [];
  const declared = getMetadataStorage().getTargetValidationMetadatas(shape, '', false, false);
  return [...new Set(declared.map(({ propertyName }) => propertyName))];
}
