/** Every edit of Julia programs, one a line, in the order in which they are tried. */
import type { Edit } from '../../language.ts'
import type { JuliaProgram } from '../program.ts'
import { dropStatement, dropWithUsers, slice } from './statements.ts'

export const JULIA_EDITS: readonly Edit<JuliaProgram>[] = [slice, dropStatement, dropWithUsers]
