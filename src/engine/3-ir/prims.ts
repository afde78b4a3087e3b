/**
 * Runtime primitives that are not scalar arithmetic, one a line: handles of arrays, strings, printing, identity.
 * Only what Base cannot say in Julia is here. `dup` primitives are run on shadows too.
 */
import type { Type } from './ir.ts'

/** `T` in a signature is any one reference type, the same throughout, `ref` any; `…` in takes repeats the last. */
type Slot = Type | 'T' | 'ref' | '...i64' | '...str' | '...any'

/** `pure`: may be dropped and moved. `read`: reads memory. `write`: changes memory. `io`: the outside sees it. */
export type PrimEffect = 'pure' | 'read' | 'write' | 'io'

/**
 * What a transform does with it: `inactive`, its results carry no derivative; `dup`, the same primitive runs on the shadows of its
 * reference arguments, giving the shadows of its reference results; `custom`, 4-ad has code for it.
 */
export type PrimShadow = 'inactive' | 'dup' | 'custom'

export interface PrimSpec {
  readonly takes: readonly Slot[]
  readonly gives: readonly Slot[]
  readonly effect: PrimEffect
  readonly shadow: PrimShadow
  /** May throw. */
  readonly traps: boolean
}

function prim(takes: readonly Slot[], gives: readonly Slot[], effect: PrimEffect, shadow: PrimShadow, traps = false): PrimSpec {
  return { takes, gives, effect, shadow, traps }
}

// biome-ignore format: one primitive a line
export const PRIMS = {
  'arr.len':       prim(['T'], ['i64'], 'read', 'inactive'),
  'arr.dim':       prim(['T', 'i64'], ['i64'], 'read', 'inactive'),              // 0-based axis; 1 past the rank
  'arr.check':     prim(['T', 'i64'], [], 'read', 'inactive', true),             // BoundsError unless 0 <= index < length
  'arr.check_dim': prim(['T', 'i64', 'i64', '...i64'], [], 'read', 'inactive', true), // array, 0-based axis, 0-based index; BoundsError. Then the 1-based index along the other axis, for the message
  'arr.reshape':   prim(['T', '...i64'], ['T'], 'pure', 'dup'),                  // shares the columns
  'arr.resize':    prim(['T', 'i64'], [], 'write', 'dup'),                       // a vector, in place; what is cut stays readable below
  'arr.same':      prim(['T', 'T'], ['bool'], 'pure', 'inactive'),               // identity
  'arr.zeros_like': prim(['T'], ['T'], 'read', 'custom'),                        // deep zero shadow of any reference: floats 0, other data kept
  'arr.zeros_beside': prim(['T'], ['T'], 'read', 'custom'),                      // the same; a vector's follows when that is resized
  'arr.stand_in':  prim(['T'], ['T'], 'read', 'custom'),                         // the same, of memory that is constant
  'arr.stand_in_of_call': prim(['any', '...any'], ['any'], 'read', 'custom'),     // the same, of what a call gave with these arguments: constant or new
  'ad.storable':   prim(['T', 'str', 'str', 'str'], [], 'read', 'inactive', true), // a shadow that something active goes into: an error if it stands for constant memory
  'ad.watch':      prim([], [], 'io', 'inactive'),                               // a derivative begins: what was marked before does not count any more
  'ad.lost':       prim(['T', 'i64'], [], 'io', 'inactive'),                     // marks constant memory with Module.failures[n]; with what others are marked with, if any is, for n = -1
  'ad.lost_in':    prim(['ref', 'ref', 'i64'], [], 'io', 'inactive'),                // marks all that is behind the second, which goes into the first: as above, or if that is marked, for n = -1
  'ad.lost_doubtful': prim(['ref', 'ref', 'i64'], [], 'io', 'inactive'),         // the same as `lost` of the second, if the first, its shadow, stands in for one of constant memory
  'ad.lost_in_doubt': prim(['ref', 'ref', 'i64'], [], 'io', 'inactive'),         // the same as `lost_in` of the second, if the shadow stands in
  'ad.lost_on':    prim(['ref', 'ref'], [], 'io', 'inactive'),                   // marks all that is behind the second, if anything behind the first is marked, or at all for null
  'ad.lost_on_globals': prim(['ref'], [], 'io', 'inactive'),                     // the same from anything behind a global
  'ad.not_lost':   prim(['T'], [], 'io', 'inactive', true),                      // throws what this memory is marked with
  'ad.not_held':   prim(['ref'], [], 'io', 'inactive', true),                    // throws what this memory is marked with, if it was `lost_in` other memory
  'ad.none_lost_behind': prim(['ref'], [], 'io', 'inactive', true),              // throws what anything behind this is marked with
  'ad.none_lost':  prim([], [], 'io', 'inactive', true),                         // throws what any is marked with
  'arr.zero':      prim(['T'], [], 'write', 'custom'),                           // zero the float data in place (make_zero!)
  'ref.is_null':   prim(['T'], ['bool'], 'pure', 'inactive'),
  'ref.same':      prim(['T', 'T'], ['bool'], 'pure', 'inactive'),
  'any.type':      prim(['any'], ['any'], 'pure', 'inactive'),                   // its Julia type, boxed
  'any.isa':       prim(['any', 'i64'], ['bool'], 'pure', 'inactive'),           // is its type a subtype of Module.types[n]
  'any.type_is':   prim(['any', 'i64'], ['bool'], 'pure', 'inactive'),           // is its type exactly Module.types[n]
  'any.same':      prim(['any', 'any'], ['bool'], 'read', 'inactive'),           // ===
  'any.position':  prim(['T', 'any'], ['i64'], 'read', 'inactive'),              // where an array of any that only grows holds the same value, from 1; 0 if nowhere
  'any.print':     prim(['any'], [], 'io', 'inactive'),                          // print(x)
  'any.string':    prim(['any'], ['str'], 'read', 'inactive'),                   // string(x)
  'any.repr':      prim(['any'], ['str'], 'read', 'inactive'),                   // repr(x)
  'any.display':   prim(['any'], ['str'], 'read', 'inactive'),                   // repr(MIME"text/plain"(), x)
  'any.shown':     prim(['any', 'bool', 'bool', 'i64', 'i64'], ['str'], 'read', 'inactive'), // in this context: plain, compact, rows and columns of a screen (0 rows: no limit)
  'any.showerror': prim(['any'], ['str'], 'read', 'inactive'),                   // what showerror prints
  'any.hash':      prim(['any'], ['i64'], 'read', 'inactive'),                   // alike for what is isequal
  'any.identity':  prim(['any'], ['i64'], 'read', 'inactive'),                   // alike for what is ===
  'str.concat':    prim(['...str'], ['str'], 'pure', 'inactive'),
  'str.length':    prim(['str'], ['i64'], 'pure', 'inactive'),                   // in characters
  'str.bytes':     prim(['str'], ['i64'], 'pure', 'inactive'),                   // in bytes of UTF-8
  'str.byte':      prim(['str', 'i64'], ['i64'], 'pure', 'inactive'),            // byte, from 1, where the character with a 0-based index begins
  'str.character': prim(['str', 'i64'], ['i64'], 'pure', 'inactive'),            // 0-based index of the character that a byte, from 1, belongs to
  'str.char':      prim(['str', 'i64'], ['i64'], 'pure', 'inactive', true),      // code point at 0-based character index
  'char.is':       prim(['i64', 'i64'], ['bool'], 'pure', 'inactive'),           // is the code point of this class: letter, upper, lower, space, punctuation, number
  'char.in_case':  prim(['i64', 'bool'], ['i64'], 'pure', 'inactive'),           // the code point in upper (true) or lower case
  'str.from_char': prim(['i64'], ['str'], 'pure', 'inactive'),
  'str.slice':     prim(['str', 'i64', 'i64'], ['str'], 'pure', 'inactive'),     // characters [from, to)
  'str.find':      prim(['str', 'str'], ['i64'], 'pure', 'inactive'),            // 0-based character index or -1
  'str.find_from': prim(['str', 'str', 'i64'], ['i64'], 'pure', 'inactive'),     // the same from a character on
  'str.is_null':   prim(['str'], ['bool'], 'pure', 'inactive'),                  // an element or a field that was never set
  'str.print':     prim(['str'], [], 'io', 'inactive'),
  'str.decimal':   prim(['f64', 'i64'], ['str'], 'pure', 'inactive'),            // `1.25e+0`: so many digits after the point, rounded from the exact value, ties to even
  'str.parse_f64': prim(['str'], ['f64', 'bool'], 'pure', 'inactive'),           // value and whether it parsed
  'str.parse_i64': prim(['str'], ['i64', 'bool'], 'pure', 'inactive'),
  'str.pattern':   prim(['str', 'str'], ['str'], 'pure', 'inactive'),            // a regular expression and its flags, for JavaScript; `!` or `?` and why not
  'str.match':     prim(['str', 'str', 'str', 'i64'], ['str'], 'pure', 'inactive'), // source, flags, text, first character; places by character
  'str.groups':    prim(['str'], ['str'], 'pure', 'inactive'),                   // names of a pattern's groups, with commas between
  'wide.op':       prim(['str', 'str', 'str'], ['str'], 'pure', 'inactive', true), // integers of any size, as text in base 16: what is done, with which
  'wide.compare':  prim(['str', 'str'], ['i64'], 'pure', 'inactive'),            // -1, 0 or 1
  'wide.wrap':     prim(['str', 'i64', 'bool'], ['str'], 'pure', 'inactive'),    // the low bits, with a sign or without
  'wide.of_i64':   prim(['i64'], ['str'], 'pure', 'inactive'),
  'bits.high':     prim(['f64'], ['i64'], 'pure', 'inactive'),                    // the words of 32 bits of a float; 4-ad says where their way back would lose a derivative
  'bits.low':      prim(['f64'], ['i64'], 'pure', 'inactive'),
  'bits.f64':      prim(['i64', 'i64'], ['f64'], 'pure', 'inactive'),             // the float of these words
  'bits.word':     prim(['f32'], ['i64'], 'pure', 'inactive'),
  'bits.f32':      prim(['i64'], ['f32'], 'pure', 'inactive'),
  'wide.of_f64':   prim(['f64'], ['str'], 'pure', 'inactive'),                   // of a float without a fraction
  'wide.to_i64':   prim(['str'], ['i64', 'i64'], 'pure', 'inactive'),            // the value, and 0; 1 if it does not fit, 2 if it is not exact
  'wide.to_f64':   prim(['str'], ['f64'], 'pure', 'inactive'),
  'wide.text':     prim(['str', 'i64'], ['str'], 'pure', 'inactive'),            // in this base
  'wide.parse':    prim(['str', 'i64'], ['str', 'bool'], 'pure', 'inactive'),    // from this base, and whether it parsed
  'expr.build':    prim(['str', '...any'], ['any'], 'read', 'inactive'),         // an Expr from its data as JSON, with these values in its holes
  'expr.parse':    prim(['str'], ['any'], 'read', 'inactive', true),             // Meta.parse
  'any.call':      prim(['...any'], ['any'], 'io', 'inactive', true),            // a function and its arguments; no derivative follows the call
  'expr.eval':     prim(['any', 'any'], ['any'], 'io', 'inactive', true),        // module, code
  'expr.expand':   prim(['any', 'any', 'bool'], ['any'], 'io', 'inactive', true), // module, code, also the calls of macros inside
  'dict.new':      prim([], ['any'], 'write', 'inactive'),                       // hash index: boxed key -> slot number
  'dict.find':     prim(['any', 'any'], ['i64'], 'read', 'inactive'),            // slot or -1; by isequal
  'dict.insert':   prim(['any', 'any', 'i64'], [], 'write', 'inactive'),
  'dict.remove':   prim(['any', 'any'], [], 'write', 'inactive'),
  'rng.seed':      prim(['i64'], [], 'write', 'inactive'),
  'rng.make':      prim([], ['i64'], 'write', 'inactive'),                       // a new generator, a copy of the one in use
  'rng.use':       prim(['i64'], ['i64'], 'write', 'inactive'),                  // draws from this one from now on; the one before
  'rng.uniform':   prim([], ['f64'], 'write', 'inactive'),                       // in [0, 1)
  'rng.normal':    prim([], ['f64'], 'write', 'inactive'),
  'time.now':      prim([], ['f64'], 'io', 'inactive'),                          // seconds
  'time.elapsed':  prim([], ['f64'], 'io', 'inactive'),                          // seconds since the process began
  'sys.exit':      prim(['i64'], [], 'io', 'inactive', true),                     // ends the program
  'sys.sleep':     prim(['f64'], [], 'io', 'inactive'),                          // seconds
  'sys.cwd':       prim([], ['str'], 'pure', 'inactive'),                        // the folder that relative paths are of
  'ad.within':     prim([], ['bool'], 'read', 'custom'),                         // false; true in what a transform makes
  'tape.mark':     prim(['tape'], [], 'write', 'custom'),                         // what is on the tape now …
  'tape.rewind':   prim(['tape'], [], 'write', 'custom'),                         // … is on it again
  'tape.set_aside': prim(['tape'], [], 'write', 'custom'),                        // the adjoint of rewind: the floats on the tape are moved away …
  'tape.add_aside': prim(['tape'], [], 'write', 'custom'),                        // … and of mark: they are added to those that are on it now
  'exc.place':     prim(['any'], [], 'io', 'inactive'),                           // this exception is thrown here, whatever throws it on
  'ad.hint':       prim(['any', 'str'], [], 'io', 'inactive'),                    // an exception that is about to be thrown, and the code of the mistake behind it
  'ad.notice':     prim(['str'], [], 'io', 'inactive'),                           // the code of a mistake that is not an error
  'ad.entered':    prim(['T'], ['bool'], 'io', 'inactive'),                       // does this shadow hold what the last reverse sweep left in it?
  'ad.left':       prim(['T'], [], 'io', 'inactive'),                             // a reverse sweep is done with this shadow
  'ad.seeded':     prim(['T', 'str'], [], 'io', 'inactive'),                      // tells of a mistake if the shadow holds a seed
  'ad.mark':       prim(['str', 'T'], [], 'read', 'inactive', true),              // names the foreign routine of other engines that works on this here; nothing
  'ad.fail':       prim(['i64'], [], 'io', 'inactive', true),                     // throws Module.failures[n]: a limit of a profile, in a derivative
  'test.record':   prim(['str', 'str', 'str', 'i64'], [], 'io', 'inactive'),     // status, expression, message, line
} as const satisfies Record<string, PrimSpec>

export type Prim = keyof typeof PRIMS
