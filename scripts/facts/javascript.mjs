// Reads JavaScript as text: what constants are assigned. Nothing is run.
import ts from 'typescript';
import { Stop } from '../lib/run.mjs';

/** The constants of a module, as a function from name to value; stops when there is none. */
export function parseJavaScript(text, path) {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false, ts.ScriptKind.JS);
  const found = new Map();
  for (const statement of file.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (ts.isIdentifier(name) && initializer) found.set(name.text, initializer);
    }
  }
  return {
    names: (pattern) => [...found.keys()].filter((name) => pattern.test(name)),
    value(name) {
      if (!found.has(name)) throw new Stop(`${path}: expected a constant ${name}, found none`);
      return evaluate(found.get(name));
    },
  };
}

/** Text, number, boolean, array; objects and `new Map([...])` as Map; anything else as `{source}` of its kind. */
function evaluate(node) {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (ts.isArrayLiteralExpression(node)) return node.elements.map(evaluate);
  if (ts.isObjectLiteralExpression(node)) return object(node);
  if (ts.isNewExpression(node) && node.arguments?.length === 1)
    return new Map(evaluate(node.arguments[0]));
  if (ts.isCallExpression(node) && isFreeze(node)) return evaluate(node.arguments[0]);
  return { source: ts.SyntaxKind[node.kind] };
}

const isFreeze = ({ expression }) =>
  ts.isPropertyAccessExpression(expression) && expression.name.text === 'freeze';

function object(node) {
  const entries = node.properties.filter(ts.isPropertyAssignment).map(({ name, initializer }) => {
    return [keyOf(name), evaluate(initializer)];
  });
  return new Map(entries);
}

/** `[TYPES.fp16]: …` stands under `fp16`. */
const keyOf = (name) =>
  ts.isComputedPropertyName(name) ? (name.expression.name?.text ?? '') : name.text;
