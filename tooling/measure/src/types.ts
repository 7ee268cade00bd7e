import { type Parsed, nameOf, nodeAt, walk } from '@tenantry/source/syntax';

/** How often a module steps around the type checker. */
export interface TypeEscapes {
  any: number;
  nonNull: number;
  /** Casts with `as`, without `as const`. */
  casts: number;
}

/** Counts `any`, `!` and `as` in a module. Import aliases and `as const` are no casts. */
export function typeEscapes({ program }: Parsed): TypeEscapes {
  const escapes = { any: 0, nonNull: 0, casts: 0 };
  walk(program, (node) => {
    if (node.type === 'TSAnyKeyword') escapes.any += 1;
    if (node.type === 'TSNonNullExpression' || node['definite'] === true) escapes.nonNull += 1;
    if (node.type === 'TSAsExpression' || node.type === 'TSTypeAssertion') {
      const name = nameOf(nodeAt(nodeAt(node, 'typeAnnotation'), 'typeName'));
      if (name !== 'const') escapes.casts += 1;
    }
    return true;
  });
  return escapes;
}
