/** Edits of statements: they go, become empty, or become what is in them. */
import type { Edit } from '../language.ts'
import { type Patch, patch, type Range, replace } from '../patch.ts'
import { isLeaf, type Piece, piecesIn, placesIn } from './piece.ts'
import { bodiesOf, brief, columnOf, linesOf, moved, statementsIn } from './places.ts'
import type { GrammarProgram } from './program.ts'

type GrammarEdit = Edit<GrammarProgram>

function drop(text: string, piece: Range): Patch {
  return patch(`drop ${brief(text, piece)}`, replace(linesOf(text, piece)))
}

export const dropTopLevel: GrammarEdit = {
  id: 'drop what stands outermost',
  list: 'first',
  together: 16,
  *patches({ tree, text }) {
    for (const piece of tree.children) if (!isLeaf(piece) || piece.sort === 'statement') yield drop(text, piece)
  },
}

export const dropComment: GrammarEdit = {
  id: 'drop a comment',
  list: 'first',
  together: 64,
  *patches({ tree, text, grammar }) {
    for (const piece of piecesIn(tree)) if (grammar.comments.includes(piece.name)) yield drop(text, piece)
  },
}

export const dropStatement: GrammarEdit = {
  id: 'drop a statement',
  list: 'main',
  together: 8,
  *patches({ tree, text }) {
    for (const piece of statementsIn(tree)) yield drop(text, piece)
  },
}

/** For a statement that cannot go, because something has to stand there. */
export const emptyStatement: GrammarEdit = {
  id: 'empty a statement',
  list: 'main',
  together: 4,
  *patches({ tree, text, grammar }) {
    for (const piece of statementsIn(tree)) {
      const empty = grammar.emptyStatements.find(e => e !== text.slice(piece.start, piece.end))
      if (empty !== undefined) yield patch(`empty ${brief(text, piece)}`, replace(piece, empty))
    }
  },
}

/** A name goes with every statement that has it: a declaration with its uses. */
export const dropWithUses: GrammarEdit = {
  id: 'drop a name with its uses',
  list: 'main',
  together: 2,
  *patches({ tree, text }) {
    const users = new Map<string, Piece[]>()
    for (const { piece, around } of placesIn(tree)) {
      const own = text.slice(piece.start, piece.end)
      if (!isLeaf(piece) || !/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(own)) continue
      const statement = around.findLast(p => p.sort === 'statement')
      if (statement) users.set(own, [...(users.get(own) ?? []), statement])
    }
    for (const [name, statements] of users) {
      const outermost = [...new Set(statements)].filter(s => !statements.some(o => o !== s && o.start <= s.start && s.end <= o.end))
      if (statements.length < 2 || outermost.length === 0) continue
      yield patch(`drop ${name} with its uses`, ...outermost.map(s => replace(linesOf(text, s))))
    }
  },
}

export const hoistStatement: GrammarEdit = {
  id: 'a statement becomes what is in it',
  list: 'main',
  together: 2,
  *patches({ tree, text, grammar }) {
    for (const piece of statementsIn(tree)) {
      for (const body of bodiesOf(piece)) {
        const inner = grammar.isIndented ? [moved(text, body, columnOf(text, piece.start))] : [body]
        yield patch(`${brief(text, piece)} becomes what is in it`, replace(piece, ...inner))
      }
    }
  },
}
