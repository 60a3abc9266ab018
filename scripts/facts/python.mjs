// Reads Python as text: what is assigned, which classes there are, what decorates them. Nothing is run.
import { parser } from '@lezer/python';
import { Stop } from '../lib/run.mjs';

/** One module: `path` is for messages; `sibling(name)` is the text of a module beside it, for what it imports. */
export function parsePython(text, path, sibling = () => undefined) {
  const tree = parser.parse(text);
  return new Scope(tree.topNode, { text, path, sibling });
}

/** A module, or the body of a class or function: a list of statements. */
class Scope {
  constructor(node, file) {
    this.node = node;
    this.file = file;
    this.statements = children(node).flatMap((child) => flatten(child));
  }

  /** The value last assigned to a name; stops when there is none. */
  value(name) {
    const found = this.find(name);
    if (found === undefined) throw new Stop(`${this.file.path}: expected ${name} = …, found none`);
    return found;
  }

  /** The same, undefined when there is none; `before`: only what was assigned before that place. */
  find(name, before = Number.POSITIVE_INFINITY) {
    const found = this.assignments().findLast((one) => one.name === name && one.value.to < before);
    return found ? evaluate(found.value, this) : this.imported(name);
  }

  /** A name that `from .module import …` brings. */
  imported(name) {
    const imports = this.file.text.matchAll(/^from \.(\w+) import (\([^)]*\)|.*)$/gm);
    const [, from] =
      [...imports].find(([, , names]) => new RegExp(`\\b${name}\\b`).test(names)) ?? [];
    const text = from && this.file.sibling(from);
    return text && parsePython(text, `${from}.py`, this.file.sibling).find(name);
  }

  /** Names and value nodes of all assignments, those inside `if` and `try` included. */
  assignments() {
    return this.statements
      .filter(({ name }) => name === 'AssignStatement')
      .flatMap((statement) => {
        const parts = children(statement);
        const at = parts.findLastIndex(({ name }) => name === 'AssignOp');
        return parts[0]?.name === 'VariableName' && at > 0 && parts[at + 1]
          ? [{ name: this.source(parts[0]), value: parts[at + 1] }]
          : [];
      });
  }

  /** Names of all assignments that match, once each. */
  names(pattern) {
    const names = this.assignments().map(({ name }) => name);
    return [...new Set(names.filter((name) => pattern.test(name)))];
  }

  /** Calls that stand as statements, such as `MAPPING.update({...})`. */
  calls(name) {
    const calls = this.statements.filter((one) => one.name === 'ExpressionStatement');
    const values = calls.map((statement) => evaluate(statement.firstChild, this));
    return values.filter((value) => value?.call === name);
  }

  /** What stands under each `if`, with the condition's text. */
  conditions() {
    const found = this.statements.filter(({ name }) => name === 'IfStatement');
    return found.map((statement) => {
      const [, condition] = children(statement);
      const body = children(statement).find(({ name }) => name === 'Body');
      return { condition: this.source(condition), body: new Scope(body, this.file) };
    });
  }

  /** Classes with name, bases, decorators (as values) and body. */
  classes() {
    return this.definitions('ClassDefinition').map(({ definition, decorators }) => {
      const parts = children(definition);
      const list = parts.find(({ name }) => name === 'ArgList');
      return {
        name: this.source(parts.find(({ name }) => name === 'VariableName')),
        bases: list ? call('', list, this).args : [],
        decorators: decorators.map((node) => decorator(node, this)),
        body: new Scope(
          parts.find(({ name }) => name === 'Body'),
          this.file,
        ),
      };
    });
  }

  /** Functions with name, the texts of their `return`s, and body. */
  functions() {
    return this.definitions('FunctionDefinition').map(({ definition }) => {
      const parts = children(definition);
      const body = new Scope(
        parts.find(({ name }) => name === 'Body'),
        this.file,
      );
      return { name: this.source(parts.find(({ name }) => name === 'VariableName')), body };
    });
  }

  definitions(kind) {
    return this.statements.flatMap((statement) => {
      const parts = statement.name === 'DecoratedStatement' ? children(statement) : [statement];
      const definition = parts.find(({ name }) => name === kind);
      const decorators = parts.filter(({ name }) => name === 'Decorator');
      return definition ? [{ definition, decorators }] : [];
    });
  }

  /** What this body may return, nested blocks included; `if`: the text of the nearest condition before it. */
  returns() {
    const found = this.statements.filter(({ name }) => name === 'ReturnStatement');
    return found.flatMap((node) => {
      const value = children(node)[1];
      return value ? branches(value, this, guard(node, this)) : [];
    });
  }

  source(node = this.node) {
    return this.file.text.slice(node.from, node.to);
  }
}

const BLOCKS = new Set(['IfStatement', 'TryStatement', 'WithStatement', 'ForStatement', 'Body']);

/** A statement, and those inside it when it is a block and no definition. */
function flatten(node) {
  if (!BLOCKS.has(node.name)) return [node];
  return [node, ...children(node).flatMap((child) => flatten(child))];
}

/** The condition that a statement stands directly under, negated where it is an `else`. */
function guard(node, scope) {
  const body = node.parent;
  if (body?.parent?.name !== 'IfStatement') return '';
  const before = body.prevSibling;
  return before.name === 'else'
    ? `not ${scope.source(children(body.parent)[1])}`
    : scope.source(before);
}

/** A value with its condition, or both sides of `a if condition else b`. */
function branches(node, scope, condition) {
  if (node.name !== 'ConditionalExpression')
    return [{ value: evaluate(node, scope), if: condition }];
  const [left, , test, , right] = children(node);
  const text = scope.source(test);
  return [...branches(left, scope, text), ...branches(right, scope, `not ${text}`)];
}

function children(node) {
  const found = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name !== 'Comment') found.push(child);
  }
  return found;
}

/** Text, number, true, false, null, array, Map; names as `{name}`, calls as `{call, args, named}`. */
function evaluate(node, scope) {
  if (node.type.isError) throw new Stop(`${scope.file.path}: cannot be read at ${node.from}`);
  return (VALUES[node.name] ?? unread)(node, scope);
}

const unread = (node, scope) => ({ source: scope.source(node) });

/** The values of a list; `*NAME` and `*list(NAME.items())` stand for what is in them. */
function items(node, scope) {
  const parts = children(node);
  return parts.flatMap((part, at) => {
    if (!isExpression(part)) return [];
    if (parts[at - 1]?.name !== '*') return [evaluate(part, scope)];
    const [, map] = /(\w+)\.items\(\)/.exec(scope.source(part)) ?? [];
    if (map) return [...asMap(scope.value(map), scope)];
    const value = resolve(part, scope);
    return Array.isArray(value) ? value : [value];
  });
}

const VALUES = {
  String: (node, scope) => unquote(scope.source(node)),
  ContinuedString: (node, scope) => items(node, scope).join(''),
  Number: (node, scope) => Number(scope.source(node).replaceAll('_', '')),
  Boolean: (node, scope) => scope.source(node) === 'True',
  None: () => null,
  ArrayExpression: items,
  TupleExpression: items,
  SetExpression: items,
  ParenthesizedExpression: (node, scope) => items(node, scope)[0],
  DictionaryExpression: dictionary,
  DictionaryComprehensionExpression: filtered,
  VariableName: (node, scope) => ({ name: scope.source(node) }),
  MemberExpression: member,
  CallExpression: (node, scope) => call(name(node.firstChild, scope), node.lastChild, scope),
};

/** Neither punctuation nor keyword: those are named by themselves, or in small letters. */
const isExpression = ({ name }) => /^[A-Z⚠]/.test(name);

function unquote(text) {
  const [, prefix, quote] = /^([a-zA-Z]*)("""|'''|"|')/.exec(text) ?? [];
  if (quote === undefined) return text;
  return text.slice(prefix.length + quote.length, -quote.length);
}

function dictionary(node, scope) {
  const entries = [];
  const parts = children(node).filter(({ name }) => !['{', '}', ',', ':'].includes(name));
  for (let at = 0; at < parts.length; at += 2) {
    if (parts[at].name === '**') entries.push(...asMap(resolve(parts[at + 1], scope), scope));
    else entries.push([evaluate(parts[at], scope), evaluate(parts[at + 1], scope)]);
  }
  return new Map(entries);
}

/** `{k: v for k, (_, class) in OTHER.items() if class == "Name"}`: the one kind of loop that lists contain. */
function filtered(node, scope) {
  const [, other, wanted] =
    /\bin (\w+)\.items\(\)\s+if \w+ == "(\w+)"\s*\}$/.exec(scope.source(node)) ?? [];
  if (!other) return unread(node, scope);
  const entries = [...asMap(scope.value(other), scope)];
  return new Map(entries.filter(([, value]) => [value].flat().includes(wanted)));
}

/** `a.b`, or `Literal["x", "y"]` with its items. */
function member(node, scope) {
  const inside = children(node);
  const at = inside.findIndex(({ name }) => name === '[');
  if (at < 0) return { name: scope.source(node) };
  const list = inside.slice(at + 1).filter(isExpression);
  return { name: name(node.firstChild, scope), items: list.map((one) => evaluate(one, scope)) };
}

/** What is called, without type arguments: `OrderedDict[str, str]` is `OrderedDict`. */
function name(node, scope) {
  const text = scope.source(node);
  return text.includes('(') ? text : text.replace(/\[[^\]]*\]$/s, '');
}

function call(what, list, scope) {
  const [args, named] = [[], {}];
  const parts = children(list).filter(({ name }) => !['(', ')', ','].includes(name));
  for (let at = 0; at < parts.length; at += 1) {
    if (parts[at + 1]?.name === 'AssignOp') {
      named[scope.source(parts[at])] = evaluate(parts[at + 2], scope);
      at += 2;
    } else if (parts[at].name === '*') {
      args.push(...[evaluate(parts[at + 1], scope)].flat());
      at += 1;
    } else if (parts[at].name === '**') {
      Object.assign(named, Object.fromEntries(asMap(resolve(parts[at + 1], scope), scope)));
      at += 1;
    } else {
      args.push(evaluate(parts[at], scope));
    }
  }
  return { call: what, args, named };
}

function decorator(node, scope) {
  const text = scope.source(node).trim();
  const list = children(node).find(({ name }) => name === 'ArgList');
  return list
    ? call(text.slice(1, text.indexOf('(')).trim(), list, scope)
    : { name: text.slice(1) };
}

/** A name in a `**` spread stands for what it was assigned in the same module. */
function resolve(node, scope) {
  const value = evaluate(node, scope);
  return value?.name ? (scope.find(value.name, node.from) ?? value) : value;
}

/** A dict however it is written: `{...}`, `OrderedDict([...])`, `OrderedDict(**{...}, **OTHER)`, `dict(a=1)`. */
export function asMap(value, scope) {
  if (value instanceof Map) return value;
  if (['OrderedDict', 'dict'].includes(value?.call)) {
    const [first] = value.args;
    const pairs = first === undefined ? [] : first instanceof Map ? [...first] : first;
    return new Map([...pairs, ...Object.entries(value.named)]);
  }
  const where = scope?.file?.path ?? 'a module';
  throw new Stop(`${where}: expected a dictionary, found ${JSON.stringify(value)?.slice(0, 80)}`);
}

/** Text values of a list, or of `Literal[...]`, also joined by `Union`; anything else is left out. */
export function texts(value) {
  const list = Array.isArray(value) ? value : (value?.items ?? []);
  return list.flatMap((one) => (typeof one === 'string' ? [one] : one?.items ? texts(one) : []));
}

/** The decorator or other calls inside a module, such as `@register("a")`, by name. */
export const isCall = (value, pattern) =>
  typeof value?.call === 'string' && pattern.test(value.call);
