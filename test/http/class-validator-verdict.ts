import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, type ValidationError, validateSync } from 'class-validator';
import { type RequestFault, seenAs } from '../../src/http/problems/faults.js';
import type { Shape } from '../../src/http/validation/member.js';
import type { Rule } from '../../src/http/validation/rules.js';

/** What class-validator itself says of a plain value of a shape: what is wrong with it, in its order, and the instance. */
export function verdictOfClassValidator(
  type: Shape,
  value: unknown,
): { faults: RequestFault[]; instance: object } {
  const instance = plainToInstance(type, value) as object;
  const errors = validateSync(instance, {
    whitelist: true,
    forbidNonWhitelisted: true,
    validationError: { target: false },
  });
  return { faults: errors.flatMap((error) => faultsOf(error, '', type)), instance };
}

function faultsOf(error: ValidationError, path: string, shape: object | undefined): RequestFault[] {
  const inPath = path === '' ? error.property : `${path}.${error.property}`;
  const member = /^\d+$/.test(error.property) ? `${path}[${error.property}]` : inPath;
  const rule = error.contexts?.rule as Rule | undefined;
  const finding = rule?.check(error.value);
  if (finding) {
    const { at = '', ...fault } = finding;
    return [{ member: member + at, ...fault }];
  }
  if (error.constraints && 'whitelistValidation' in error.constraints) {
    const expected = `only ${membersOf(shape).join(', ')}`;
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
