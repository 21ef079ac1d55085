import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions, getSchemaPath } from '@nestjs/swagger';
import { ValidateBy, ValidateIf, ValidateNested } from 'class-validator';
import { isObject, oneOf, type Rule, typeFinding } from './rules.js';

/** A class whose members are declared with `Member` and `Optional`. */
export type Shape<Instance extends object = object> = new () => Instance;

/** A shape of several kinds, discriminated by one member of the value. */
export interface Kinds<Instance extends object = object> {
  member: string;
  shapes: Readonly<Record<string, Shape<Instance>>>;
}

/** A rule for values that are objects with their own shape. */
export interface ShapeRule extends Rule {
  /** The shape of a value, or of each element of a list; undefined for an unknown kind. */
  shapeOf(value: unknown): Shape | undefined;
  api: ApiPropertyOptions;
}

/** Declares a member: its validation, and its description in the API document. */
export function Member(rule: Rule | ShapeRule, about: string): PropertyDecorator {
  return declared(rule, about, true);
}

/** Declares a member that may be absent; null is not absent. */
export function Optional(rule: Rule | ShapeRule, about: string): PropertyDecorator {
  return applyDecorators(
    declared(rule, about, false),
    ValidateIf((_, value) => value !== undefined),
  );
}

/** A member as data: its rule, its description in the API document, and whether it may be absent. */
export interface MemberSpec {
  rule: Rule | ShapeRule;
  about: string;
  isOptional?: boolean;
}

/** The class of a shape whose members are data, decorated like a handwritten class; it extends `base`. */
export function shapeClass<Base extends object>(
  name: string,
  base: abstract new () => Base,
  members: Readonly<Record<string, MemberSpec>>,
): Shape<Base> {
  const type = { [name]: class extends (base as unknown as Shape) {} }[name] as Shape<Base>;
  for (const [member, { rule, about, isOptional }] of Object.entries(members)) {
    // A compiler would emit it; the API document needs it.
    Reflect.defineMetadata('design:type', Object, type.prototype, member);
    (isOptional ? Optional : Member)(rule, about)(type.prototype, member);
  }
  return type;
}

function declared(rule: Rule | ShapeRule, about: string, required: boolean): PropertyDecorator {
  const { check } = rule;
  const isShape = 'shapeOf' in rule;
  const schema = isShape ? rule.api : rule.schema;
  return applyDecorators(
    ValidateBy(
      { name: 'rule', validator: { validate: (value) => check(value) === undefined } },
      { context: { rule, about }, message: 'rule' },
    ),
    ...(isShape ? [ValidateNested()] : []),
    ApiProperty({ ...schema, description: about, required } as ApiPropertyOptions),
  );
}

const anObject = { en: 'an object', zh: '一个对象' };

/** An object of a shape, with further checks of it as a whole. */
export function shape(type: Shape, alsoCheck: Rule['check'] = () => undefined): ShapeRule {
  return {
    schema: {},
    api: { type: () => type } as ApiPropertyOptions,
    shapeOf: () => type,
    check: (value) => typeFinding(value, isObject(value), anObject) ?? alsoCheck(value),
  };
}

/** A list of objects of a shape. */
export function shapes(type: Shape, least: number, most: number): ShapeRule {
  return {
    schema: {},
    api: { type: () => type, isArray: true, minItems: least, maxItems: most } as ApiPropertyOptions,
    shapeOf: () => type,
    check(value) {
      if (!Array.isArray(value)) return typeFinding(value, false, { en: 'a list', zh: '列表' });
      if (value.length < least || value.length > most) {
        return {
          type: 'value-out-of-range',
          seen: { en: `a list of ${value.length}`, zh: `${value.length} 项` },
          expected: { en: `a list of ${least} to ${most}`, zh: `${least} 至 ${most} 项` },
        };
      }
      const index = value.findIndex((element) => !isObject(element));
      const wrong = index < 0 ? undefined : typeFinding(value[index] ?? null, false, anObject);
      return wrong && { ...wrong, at: `[${index}]` };
    },
  };
}

/** An object of one of several shapes, discriminated by one of its members. */
export function kinds({ member, shapes }: Kinds): ShapeRule {
  const known = oneOf(Object.keys(shapes));
  const kindIn = (value: unknown) => (isObject(value) ? value[member] : undefined);
  return {
    schema: {},
    api: {
      oneOf: Object.values(shapes).map((type) => ({ $ref: getSchemaPath(type) })),
    } as ApiPropertyOptions,
    shapeOf(value) {
      const kind = kindIn(value);
      // Of a body anything may come, such as an object that makes no text.
      return typeof kind === 'string' && Object.hasOwn(shapes, kind) ? shapes[kind] : undefined;
    },
    check(value) {
      const finding = known.check(kindIn(value));
      return typeFinding(value, isObject(value), anObject) ?? (finding && { ...finding, at: `.${member}` });
    },
  };
}
