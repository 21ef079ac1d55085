import { type Context, createContext, runInContext, Script } from 'node:vm';

/** A script violates the contract of a projection; the message has the fault. */
export class ScriptFault extends Error {}

/** The ES2015 members that a script may use; all others are removed. */
const given =
  'Object Function Array String Number Boolean Symbol Math JSON Date RegExp Error TypeError RangeError SyntaxError ' +
  'ReferenceError EvalError URIError Infinity NaN undefined isNaN isFinite parseInt parseFloat encodeURIComponent ' +
  'decodeURIComponent encodeURI decodeURI';

/** Members added after ES2015. */
const later: Readonly<Record<string, string>> = {
  Object: 'entries values fromEntries hasOwn groupBy getOwnPropertyDescriptors',
  Array: 'fromAsync',
  'Array.prototype': 'at findLast findLastIndex flat flatMap includes toReversed toSorted toSpliced with',
  'String.prototype':
    'at padStart padEnd trimStart trimEnd replaceAll matchAll isWellFormed toWellFormed trimLeft trimRight',
  Date: 'now',
  Math: 'random',
};

/** The functions that the server provides to a script; it keeps what the script defines. */
const definitions = `
var $definition = { source: null, partition: null, handlers: null };
(function (g) {
  function refused(name) { return function () { throw new Error(name + ' is not allowed: the projection may not write'); }; }
  var when = function (handlers) { $definition.handlers = handlers; return { outputState: function () { return {}; } }; };
  var partitioned = function (partition) { $definition.partition = partition; return { when: when }; };
  var byStream = function () { return partitioned(function (event) { return event.streamId; }); };
  function from(name) {
    g[name] = function () {
      $definition.source = [name].concat(Array.prototype.slice.call(arguments));
      return { when: when, partitionBy: partitioned, foreachStream: byStream, outputState: function () { return {}; } };
    };
  }
  ['fromAll', 'fromCategory', 'fromCategories', 'fromStream', 'fromStreams'].forEach(from);
  ['emit', 'linkTo', 'linkStreamTo', 'copyTo'].forEach(function (name) { g[name] = refused(name); });
  g.options = function () {};
  g.log = function () {};
})(this);
`;

/** Only strings cross the boundary, so that a script cannot reach host objects. */
const partitioning = '(function (eventText) { return $definition.partition(JSON.parse(eventText)); })';
const handling = `
(function (stateText, eventText) {
  var event = JSON.parse(eventText), handlers = $definition.handlers;
  var state = stateText === undefined ? handlers.$init() : JSON.parse(stateText);
  var next = handlers.$any(state, event);
  return JSON.stringify(next === undefined ? state : next);
})`;

/** Twice the default limit of a server, which is wall time. */
const timeLimitMs = 500;

/**
 * Runs a projection script in an engine like the server's: its functions, ES2015, and nothing else.
 *
 * A server accepts an invalid script, and then cannot list any projection; so every script runs here first.
 */
export class ProjectionEngine {
  readonly states = new Map<string, unknown>();
  private readonly context: Context;
  private readonly partitionOf: (event: string) => string | null | undefined;
  private readonly handle: (state: string | undefined, event: string) => string;

  /** @throws ScriptFault the script is invalid, or defines no projection */
  constructor(script: string) {
    this.context = createContext(Object.create(null), {
      codeGeneration: { strings: false, wasm: false },
      microtaskMode: 'afterEvaluate',
    });
    runInContext(bareness(), this.context);
    runInContext(definitions, this.context);
    this.trying('is read', () => new Script(script).runInContext(this.context, { timeout: timeLimitMs }));
    const isDefined =
      'typeof $definition.partition === "function" && !!$definition.handlers && typeof $definition.handlers.$any === "function"';
    if (!runInContext(isDefined, this.context))
      throw new ScriptFault('The script defines no projection of streams.');
    this.partitionOf = runInContext(partitioning, this.context);
    this.handle = runInContext(handling, this.context);
  }

  /** @throws ScriptFault a handler failed */
  handleEvent(event: { streamId: string; eventType: string }): void {
    const text = JSON.stringify(event);
    const partition = this.trying('looks for the partition', () => this.partitionOf(text));
    if (partition === null || partition === undefined) return;
    const state = this.states.get(String(partition));
    const next = this.trying(`folds ${event.eventType}`, () =>
      this.handle(state === undefined ? undefined : JSON.stringify(state), text),
    );
    this.states.set(String(partition), JSON.parse(next));
  }

  private trying<Result>(what: string, work: () => Result): Result {
    try {
      return work();
    } catch (cause) {
      // An error of the other context is not an instance of this one's Error.
      throw new ScriptFault(`The script fails when it ${what}: ${String(cause)}`, { cause });
    }
  }
}

/** Source text that removes everything an ES2015 engine does not have. */
function bareness(): string {
  const taken = Object.entries(later).flatMap(([owner, names]) =>
    names.split(' ').map((name) => `delete ${owner}.${name};`),
  );
  const kept = JSON.stringify(given.split(' '));
  return `
    ${taken.join('\n')}
    Object.getOwnPropertyNames(this).forEach(function (name) { if (${kept}.indexOf(name) < 0) delete this[name]; }, this);
  `;
}
