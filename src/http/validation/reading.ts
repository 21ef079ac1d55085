import { Readable } from 'node:stream';
import { getMetadataStorage, ValidationTypes } from 'class-validator';
import { nothing, oneOfThese } from '../../../domain/values/rejections.js';
import { type RequestFault, RequestRefused, refuse, seenAs } from '../problems/faults.js';
import { reserved } from './json-members.js';
import type { Kinds, Shape, ShapeRule } from './member.js';
import { isObject, type Rule } from './rules.js';

/**
 * Reads a plain value as an instance of a shape; members that the shape does not declare are refused, nothing is converted.
 *
 * @throws RequestRefused with every fault that was found
 */
export function shaped<Instance extends object>(
  type: Shape<Instance> | Kinds<Instance>,
  value: unknown,
): Instance {
  if (value instanceof Readable)
    refuse('content-type-unsupported', 'Content-Type', 'application/x-ndjson', 'application/json');
  if (value === undefined || value === null) refuse('body-invalid', 'body', nothing, aJsonObject);
  if (!isObject(value)) refuse('type-wrong', 'body', seenAs(value), aJsonObject);
  const shape = 'member' in type ? kindOf(type, value) : type;
  for (const name of reserved)
    if (Object.hasOwn(value, name))
      refuse('member-reserved', name, `"${name}"`, {
        en: 'no member of this name',
        zh: '没有此名称的字段',
      });
  const faults: RequestFault[] = [];
  const instance = readingOf(shape).read(value, '', faults);
  const [first, ...rest] = faults;
  if (first) throw new RequestRefused([first, ...rest.slice(0, 49)]);
  return instance as Instance;
}

const aJsonObject = { en: 'a JSON object', zh: 'JSON 对象' };

/** The shape that a value says it is of. */
function kindOf<Instance extends object>(
  { member, shapes }: Kinds<Instance>,
  value: Record<string, unknown>,
): Shape<Instance> {
  const kind = value[member];
  const shape = typeof kind === 'string' && Object.hasOwn(shapes, kind) ? shapes[kind] : undefined;
  if (shape) return shape;
  const type =
    kind === undefined ? 'member-missing' : typeof kind === 'string' ? 'kind-unknown' : 'type-wrong';
  return refuse(type, member, seenAs(kind), oneOfThese(Object.keys(shapes)));
}

/** A member of a shape, as its decorators declare it. */
interface Declared {
  name: string;
  rule: Rule & Partial<ShapeRule>;
  about: string;
  mayBeAbsent: boolean;
}

/**
 * A compiled validator for one shape: built once from class-validator's metadata of the class.
 *
 * It gives the same faults as `validateSync`, member by member and in the same order; that one walks over all metadata
 * for each value, and takes twenty times as long.
 */
class Reading {
  private readonly members: readonly Declared[];
  private readonly names: ReadonlySet<string>;

  constructor(private readonly type: Shape) {
    this.members = declaredBy(type);
    this.names = new Set(this.members.map(({ name }) => name));
  }

  /** The instance for a plain value; its faults are added. */
  read(plain: Record<string, unknown>, path: string, faults: RequestFault[]): object {
    const instance = new this.type() as Record<string, unknown>;
    for (const name of Object.keys(plain)) {
      const isKnown = this.names.has(name);
      if (!isKnown) faults.push(this.unknown(pathTo(path, name), plain[name]));
      // A rule of the whole may count existing members, known or not; members of Object.prototype do not count.
      if (isKnown || !(name in instance)) instance[name] = plain[name];
    }
    for (const { name, rule, mayBeAbsent } of this.members) {
      let value = instance[name];
      if (value === undefined && mayBeAbsent) continue;
      if (rule.tidy) value = instance[name] = rule.tidy(value);
      const before = faults.length;
      if (rule.shapeOf && typeof value === 'object' && value !== null)
        value = instance[name] = within(value, rule.shapeOf(value), pathTo(path, name), faults);
      const finding = rule.check(value);
      if (!finding) continue;
      // A fault of the whole is reported, and not those inside.
      faults.length = before;
      const { at = '', ...fault } = finding;
      faults.push({ member: pathTo(path, name) + at, ...fault });
    }
    return instance;
  }

  private unknown(member: string, value: unknown): RequestFault {
    const names = [...this.names];
    const expected = { en: `only ${names.join(', ')}`, zh: `仅 ${names.join('、')}` };
    return { member, type: 'member-unknown', seen: seenAs(value), expected };
  }
}

const readings = new Map<Shape, Reading>();

/** The validator of a shape. */
export function readingOf(type: Shape): Reading {
  const reading = readings.get(type) ?? new Reading(type);
  readings.set(type, reading);
  return reading;
}

/** An object as an instance of a shape, or each object of a list; values without a shape are unchanged. */
function within(value: object, type: Shape | undefined, path: string, faults: RequestFault[]): unknown {
  if (!type) return value;
  const reading = readingOf(type);
  if (isObject(value)) return reading.read(value, path, faults);
  return (value as unknown[]).map((element, index) =>
    isObject(element) ? reading.read(element, `${path}[${index}]`, faults) : element,
  );
}

/** The members of a shape and of those that it extends, in the order in which class-validator looks at them. */
export function declaredBy(type: Shape): Declared[] {
  const metadata = Map.groupBy(
    getMetadataStorage().getTargetValidationMetadatas(type, '', false, false),
    ({ propertyName }) => propertyName,
  );
  return [...metadata].map(([name, ofMember]) => {
    const [custom, ...others] = ofMember.filter(({ type }) => type === ValidationTypes.CUSTOM_VALIDATION);
    if (!custom || others.length > 0)
      throw new Error(`${type.name}.${name} is declared otherwise than by one Member or Optional.`);
    const mayBeAbsent = ofMember.some(({ type }) => type === ValidationTypes.CONDITIONAL_VALIDATION);
    return { name, mayBeAbsent, ...(custom.context as Pick<Declared, 'rule' | 'about'>) };
  });
}

function pathTo(path: string, name: string): string {
  if (/^\d+$/.test(name)) return `${path}[${name}]`;
  return path === '' ? name : `${path}.${name}`;
}
