import type { ConditionWithValueQuery, HavingClause, WhereClause } from '@jetstreamapp/soql-parser-js';
import { malformed } from './soql-error.ts';

/** A condition with a field or function on its left. */
export type Leaf = Exclude<
  ConditionWithValueQuery,
  { readonly openParen: number; readonly field?: never; readonly fn?: never }
>;

/** A WHERE or HAVING clause as a tree; the parser gives a flat chain with counted parentheses. */
export type Tree =
  | { readonly and: readonly Tree[] }
  | { readonly or: readonly Tree[] }
  | { readonly not: Tree }
  | { readonly leaf: Leaf };

type Token = '(' | ')' | 'AND' | 'OR' | 'NOT' | { readonly leaf: Leaf };

/** Builds the tree. AND beside OR without parentheses is MALFORMED_QUERY, as in Salesforce. */
export function whereTree(clause: WhereClause | HavingClause): Tree {
  const tokens = flatten(clause);
  let at = 0;
  const unary = (): Tree => {
    const token = tokens[at++];
    if (token === 'NOT') return { not: unary() };
    if (token === '(') {
      const inner = expression();
      at += 1;
      return inner;
    }
    if (token === undefined || typeof token === 'string') throw malformed(`unexpected token: '${token ?? '<EOF>'}'`);
    return token;
  };
  const expression = (): Tree => {
    const parts = [unary()];
    const operator = tokens[at];
    if (operator !== 'AND' && operator !== 'OR') return parts[0] as Tree;
    while (tokens[at] === 'AND' || tokens[at] === 'OR') {
      if (tokens[at] !== operator) throw malformed(`unexpected token: '${tokens[at]}'`);
      at += 1;
      parts.push(unary());
    }
    return operator === 'AND' ? { and: parts } : { or: parts };
  };
  return expression();
}

function flatten(clause: WhereClause | HavingClause): Token[] {
  const tokens: Token[] = [];
  let node: WhereClause | HavingClause | undefined = clause;
  while (node !== undefined) {
    const left: WhereClause['left'] | HavingClause['left'] = node.left;
    if (left !== null) {
      for (let count = left.openParen ?? 0; count > 0; count--) tokens.push('(');
      if ('operator' in left) tokens.push({ leaf: left });
      for (let count = closing(left); count > 0; count--) tokens.push(')');
    }
    if (!('operator' in node)) break;
    tokens.push(node.operator);
    node = node.right;
  }
  return tokens;
}

const closing = (left: object): number =>
  'closeParen' in left && typeof left.closeParen === 'number' ? left.closeParen : 0;

/** The conditions that must all hold: the leaves of a top-level AND, or the single leaf. */
export function conjuncts(tree: Tree): readonly Leaf[] {
  if ('leaf' in tree) return [tree.leaf];
  if ('and' in tree) return tree.and.flatMap(conjuncts);
  return [];
}
