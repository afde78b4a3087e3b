/** Trees of Lezer's grammars. They are those of editors: they forgive what is missing, so a mistake is a piece of the sort `error`. */
import { NodeProp, type SyntaxNode, type Tree } from '@lezer/common'
import type { Piece } from './piece.ts'

function sortOf(node: SyntaxNode): Piece['sort'] {
  if (node.type.isError) return 'error'
  const groups = node.type.prop(NodeProp.group) ?? []
  if (groups.includes('Statement') || groups.includes('ClassItem')) return 'statement'
  // A name that is defined is called so as well, and is a leaf.
  if (node.firstChild && /(?:Definition|Declaration|Item|Directive)$/.test(node.name)) return 'statement'
  return groups.includes('Expression') ? 'expression' : 'other'
}

function pieceOf(node: SyntaxNode, text: string): Piece {
  const children: Piece[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(pieceOf(child, text))
  // Some grammars take line breaks behind a statement as a part of it.
  const end = node.from + text.slice(node.from, node.to).trimEnd().length
  return { name: node.name, sort: sortOf(node), start: node.from, end, children }
}

export function lezerTree(tree: Tree, text: string): Piece {
  return pieceOf(tree.topNode, text)
}
