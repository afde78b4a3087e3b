import type { Blame, Severity } from './diagnostic.ts'

/** One message: severity, blame, the text from typed arguments, and what to do about it. */
interface Entry<P> {
  readonly severity: Severity
  readonly blame: Blame
  readonly text: (params: P) => string
  readonly help: readonly string[]
}

function entry<P>(severity: Severity, blame: Blame, text: (params: P) => string, ...help: string[]): Entry<P> {
  return { severity, blame, text, help }
}

/** What a limit is about, as its predicate found it. */
interface Limit {
  readonly what: string
}

/** A common mistake, and what was found where something else is expected. */
interface Mistake {
  readonly found?: string | null
}

function quoted({ found }: Mistake, otherwise: string): string {
  return found ? `a \`${found}\`` : otherwise
}

/** Every message of every stage. Codes are `area.problem` and never change meaning; each has a page under docs/codes/. */
// biome-ignore format: one message an entry
export const CATALOGUE = {
  'syntax.unexpected': entry('error', 'case', (p: { found: string; expected: string }) => `Found ${p.found} where ${p.expected} is expected.`),
  'syntax.unterminated': entry('error', 'case', (p: { what: string; end: string }) => `${p.what} is not closed: \`${p.end}\` is missing.`),
  'syntax.bad-literal': entry('error', 'case', (p: { what: string; why: string }) => `${p.what} is not valid: ${p.why}.`),
  'subset.no-syntax': entry('error', 'unsupported', (p: { what: string }) => `${p.what} is outside the supported subset.`, 'See docs/language.md for what is supported.'),
  'lower.no-macro': entry('error', 'case', (p: { name: string }) => `The macro \`@${p.name}\` is not defined.`, 'Define it before this line; macros of packages that the engine does not have are unknown to it.'),
  'lower.bad-target': entry('error', 'case', (p: { what: string }) => `A \`${p.what}\` cannot be assigned to.`),
  'lower.outside-loop': entry('error', 'case', (p: { what: string }) => `\`${p.what}\` stands outside a loop.`),
  'lower.local-const': entry('error', 'case', () => 'A local variable cannot be `const`.'),
  'lower.not-top-level': entry('error', 'case', (p: { what: string }) => `\`${p.what}\` stands inside a function; it can only stand at top level.`),
  'lower.write-only': entry('error', 'case', (p: { name: string }) => `\`${p.name}\` can be assigned, but not read.`),
  'ir.unreadable': entry('error', 'case', (p: { found: string; expected: string }) => `Found ${p.found} in the text of the IR where ${p.expected} is expected.`),
  'internal.bug': entry('error', 'internal', (p: { stage: string; why: string }) => `Enzyme compilation failed due to an internal error in ${p.stage}: ${p.why}. Please open an issue with the code to reproduce and the full error log on https://github.com/EnzymeAD/Enzyme.jl; to toggle more information for debugging use --verbose-errors.`),
  'run.exit': entry('error', 'case', (p: { code: number }) => `The program ended itself with exit code ${p.code}.`),
  'run.exception': entry('error', 'case', (p: { exception: string; message: string }) => p.message),
  'subset.int-range': entry('error', 'unsupported', (p: { text: string }) => `The integer ${p.text} does not fit; integers are exact up to 2^53.`, 'Write it as a Float64 if it need not be exact.'),
  'subset.retyped-capture': entry('error', 'unsupported', (p: { type: string }) => `A captured variable is assigned a value of type \`${p.type}\` after the function that owns it has returned, and held another type so far.`, 'Declare the variable with a type, or keep it in a `Ref{Any}`.'),
  'subset.retyped-global': entry('error', 'unsupported', (p: { name: string; from: string; to: string }) => `The global \`${p.name}\` was given a value of another type while code was running that had been compiled with the type \`${p.from}\`; it is of the type \`${p.to}\` now.`, 'Declare its type where it is defined (`x::Any = …`), or give it a first value of the type that it will have.'),
  'subset.deep-specialisation': entry('error', 'unsupported', (p: { name: string }) => `Calls of \`${p.name}\` need ever new argument types, so compiling them does not end.`, 'Make the argument types of the recursion the same at each level.'),
  'subset.no-package': entry('error', 'unsupported', (p: { name: string }) => `The package \`${p.name}\` is not part of the engine.`, 'docs/language.md lists the packages that there are.'),
  'type.not-a-type': entry('error', 'case', (p: { found: string }) => `Found a value of type \`${p.found}\` where a type is expected.`),
  'type.not-constant': entry('error', 'unsupported', (p: { found: string }) => `A type parameter of type \`${p.found}\` is only known at run time.`, 'Pass it as `Val(n)`, or write it as a literal.'),
  'name.undefined': entry('error', 'case', (p: { name: string }) => `\`${p.name}\` is not defined.`),
  'name.not-a-variable': entry('error', 'case', (p: { name: string }) => `\`${p.name}\` is a function or a type already and cannot be assigned.`),
  'name.redefined': entry('error', 'case', (p: { name: string; found: string; as: string }) => `\`${p.name}\` is ${p.found} already, so it cannot be defined as ${p.as}.`),
  'case.bad-header': entry('error', 'case', (p: { why: string }) => `The header of this case is not valid: ${p.why}.`, 'See docs/case-files.md, or docs/case-schema.json for an editor.'),
  'case.not-readable': entry('error', 'case', (p: { file: string; why: string }) => `\`${p.file}\` cannot be read: ${p.why}.`),
  'output.not-writable': entry('error', 'case', (p: { file: string; why: string }) => `\`${p.file}\` cannot be written: ${p.why}.`),
  'case.none-found': entry('error', 'case', (p: { where: string }) => `No case is found in ${p.where}.`, 'A case is a file that ends in `.jl`; give a file, a folder, or another --filter.'),
  'engine.unknown': entry('error', 'case', (p: { engine: string; known: string }) => `There is no engine \`${p.engine}\`; there are ${p.known}.`, 'See docs/engines.md.'),
  'limit.unknown': entry('error', 'case', (p: { limit: string; known: string }) => `There is no limit \`${p.limit}\`; there are ${p.known}.`, 'See adrepro limits.'),
  'limit.not-needed': entry('error', 'case', (p: { limit: string; engine: string }) => `What is recorded as failing by the limit \`${p.limit}\` of ${p.engine} does not pass without it.`, 'Make the case smaller, until nothing but the limit is in the way.'),
  'limit.no-case': entry('error', 'case', (p: { limit: string }) => `No case needs the limit \`${p.limit}\`.`, 'Add a case that fails by it and passes without it.'),
  'check.wrong-value': entry('error', 'case', (p: { pattern: string; expected: string; found: string }) => `The value is wrong (${p.pattern}): expected ${p.expected}, found ${p.found}.`),
  'check.oracle-disagrees': entry('error', 'case', (p: { oracle: string; pattern: string; expected: string; found: string }) => `The value disagrees with ${p.oracle} (${p.pattern}): that gives ${p.expected}, the call gives ${p.found}.`),
  'check.keeps-state': entry('error', 'case', (p: { first: string; second: string }) => `The same call gives ${p.first} at first and ${p.second} when it is made again: it changes what it reads.`, 'Make the call independent of what it did before, for instance by copying its inputs.', 'Write `stateful: true` at the check if that is meant.'),
  'check.mutates-input': entry('error', 'case', (p: { name: string; before: string }) => `The call changes its argument \`${p.name}\`, which was ${p.before} before.`, 'Give it a copy, or let its name end in `!` if that is what it is for.', 'Write `stateful: true` at the check if that is meant.'),
  'check.nondeterministic': entry('error', 'case', (p: { first: string; second: string }) => `The same program gives ${p.first} in one process and ${p.second} in another.`),
  'check.unexpected-pass': entry('error', 'case', (p: { engine: string; expected: string }) => `This is recorded as \`${p.expected}\` on ${p.engine}, and it passes now.`, 'Take the entry out of `on`, and say so upstream.'),
  'check.timeout': entry('error', 'case', (p: { seconds: number }) => `Nothing came back within ${p.seconds} s, so the process was ended.`, 'Give more time with --timeout, or with `limits: { seconds: N }` in the header.'),
  'check.out-of-memory': entry('error', 'case', (p: { megabytes: number }) => `More than ${p.megabytes} MB of memory was asked for, so the process was ended.`, 'Give more memory with --memory, or with `limits: { megabytes: N }` in the header.'),
  'check.crashed': entry('error', 'internal', (p: { how: string }) => `The process of this case died: ${p.how}.`),
  'test.failed': entry('error', 'case', (p: { test: string; why: string }) => `Test failed: ${p.test}${p.why ? ` (${p.why})` : ''}.`),
  'report.nothing-fails': entry('error', 'case', (p: { file: string }) => `Nothing in \`${p.file}\` fails on the engines that were tried, so there is nothing to report.`, 'Name another engine with --engine.'),
  'report.not-reproduced': entry('error', 'case', (p: { expected: string; found: string }) => `The program of the report was run again in a fresh process and ended as \`${p.found}\`, not as \`${p.expected}\`; no report was written.`, 'Make sure that nothing before the failing call fails in another way.'),
  'report.too-long': entry('error', 'case', (p: { length: number; limit: number }) => `The program needs ${p.length} characters and an issue holds ${p.limit}; no report was written.`, 'Make the program shorter.'),
  'reduce.nothing-fails': entry('error', 'case', (p: { file: string }) => `Nothing in \`${p.file}\` fails on the engines that were tried, so there is nothing to reduce.`, 'Name another engine with --engine.'),
  'reduce.not-repeated': entry('error', 'case', (p: { expected: string; found: string }) => `The program was run again before anything was changed, and ended as \`${p.found}\`, not as \`${p.expected}\`; nothing was reduced.`, 'Make sure that nothing before the failing statement fails in another way, and that the failure does not depend on chance.'),
  'reduce.command-passes': entry('error', 'case', (p: { command: string; found: string }) => `The command \`${p.command}\` does not fail on the program: it ended with ${p.found}.`, 'Give a command that ends with another code than 0 when the failure is there, or a text to look for in its output with --match.'),
  'reduce.unreadable': entry('error', 'case', (p: { file: string }) => `\`${p.file}\` cannot be read as a program of its language.`),
  'reduce.empty-fails': entry('error', 'case', (p: { signature: string }) => `An empty program fails in the same way (\`${p.signature}\`), so any program would do.`),
  'import.no-program': entry('error', 'case', (p: { file: string }) => `No Julia program is found in \`${p.file}\`.`, 'Put it between fences, ```julia and ```, or give the program alone.'),
  'replay.unreadable': entry('error', 'case', (p: { file: string; why: string }) => `\`${p.file}\` cannot be replayed: ${p.why}.`),
  'blame.operation': entry('error', 'internal', (p: { operation: string; how: string }) => `The derivative is wrong from \`${p.operation}\` on: ${p.how}.`, 'Report it with the program: adrepro reduce, then adrepro report.'),
  'blame.custom-rule': entry('error', 'case', (p: { text: string }) => `A rule that the program gives for a function is wrong: \`${p.text}\` differentiates to something else than differences.`, 'Compare the rule with the function, for one argument at a time.'),
  'blame.not-finite': entry('error', 'case', (p: { text: string; where: string; made: string; value: string }) => `\`${p.text}\` is the first operation, ${p.where}, that makes ${p.made} of finite numbers; the call gives ${p.value}.`, 'Keep the argument away from where the function or its derivative has no value; a branch around the operation keeps the derivative out too.', 'Where a zero derivative is meant to win, use `set_strong_zero(mode)`.'),
  'blame.pass': entry('error', 'internal', (p: { pass: string; how: string }) => `The pass \`${p.pass}\` is where it goes wrong: with it, ${p.how}.`, 'Report it with the program: adrepro reduce, then adrepro report.'),
  'blame.step': entry('error', 'internal', (p: { step: string; of: string; found: string }) => `It goes wrong in ${p.step}, on ${p.of}, whatever passes run: ${p.found}`, 'Report it with the program: adrepro reduce, then adrepro report.'),
  'blame.unfinished': entry('error', 'case', (p: { why: string; at: string }) => `${p.why} before a place was found; the search was ${p.at}.`, 'Give more time with `--budget 10m`, or a smaller program: adrepro reduce.'),
  'cli.bad-usage': entry('error', 'case', (p: { why: string }) => `${p.why}.`, 'See adrepro --help, or --help after a command.'),
  'ad.active-global-write': entry('error', 'case', (p: { name: string }) => `The global \`${p.name}\` is assigned a value that depends on what is differentiated; its derivative would be lost.`, 'Return the value instead, or pass the memory as an argument that is Duplicated.'),
  'ad.active-store-to-const': entry('error', 'case', (p: { name: string; fn: string; what: string }) => `Constant memory is stored into: ${p.what} depends on what is differentiated and goes into the memory of ${p.name}, which is Const in ${p.fn}; its derivative would be lost.`, 'Pass that memory as Duplicated, with a shadow.', 'Make a copy of it inside the function and work on that.'),
  'ad.bits': entry('error', 'unsupported', (p: { fn: string }) => `In ${p.fn}, bits of a float that depends on what is differentiated become a float again; integers carry no derivative.`, 'Say it in floats (`abs`, `copysign`, `significand`, `ldexp`), or give the function a rule.'),
  'ad.derivative-of-itself': entry('error', 'unsupported', (p: { fn: string }) => `${p.fn} is differentiated inside of itself.`, 'Give the function that is differentiated another name or other argument types.'),
  'misuse.array-return': entry('error', 'case', (p: Mistake) => `Reverse mode expected a function that returns a float or \`nothing\`, found one that returns ${quoted(p, 'memory')}.`, 'Let a function that writes its result into an argument end in `return nothing`.', 'Ask for the Jacobian of a function that returns an array: `jacobian(Reverse, f, x)`; in a derivative of a derivative, let the inner function return a number.', 'Set the seed yourself: `autodiff_thunk(ReverseSplitWithPrimal, …)`.'),
  'misuse.output-not-scalar': entry('error', 'case', (p: Mistake) => `The gradient expected a function that returns a float, found one that returns ${quoted(p, 'something else')}.`, 'Ask for the Jacobian: `jacobian(Reverse, f, x)`.', 'Let the function return a number, for instance the sum.'),
  'misuse.active-array': entry('error', 'case', (p: Mistake) => `\`Active\` expected a number, found ${quoted(p, 'an array')}; the adjoint of memory goes into shadow memory.`, 'Pass it as `Duplicated(x, zero(x))` and find the gradient in the shadow.', 'Pass it as `Const(x)` if it is not differentiated.'),
  'misuse.integer-input': entry('error', 'case', (p: Mistake) => `A derivative expected floats, found integers${p.found ? ` (\`${p.found}\`)` : ''}, which carry none.`, 'Write floats: `2.0` instead of `2`, `float.(x)` for an array.'),
  'misuse.integer-shadow': entry('warning', 'case', () => 'A shadow expected floats, found integers, which carry no derivative; it stays as it is.', 'Write floats: `[1.0, 2.0]` instead of `[1, 2]`, `float.(x)` for an array.'),
  'misuse.shadow-size': entry('error', 'case', (p: Mistake) => `A shadow expected the size of its value, found another one${p.found ? `: ${p.found}` : ''}.`, 'Make it from the value: `zero(x)`, or `make_zero(x)` for what holds arrays.'),
  'misuse.shadow-is-primal': entry('warning', 'case', () => 'A value is its own shadow: what reverse mode adds to the shadow changes the value.', 'Give it memory of its own: `Duplicated(x, zero(x))`.'),
  'misuse.shadow-not-zeroed': entry('warning', 'case', () => 'A shadow still holds what the last reverse sweep left in it; the new gradient is added to that.', 'Zero it between the calls: `make_zero!(dx)`.', 'If the sum of both gradients is what is meant, nothing is wrong.'),
  'misuse.seed-missing': entry('warning', 'case', () => 'All shadows are zero and the result is `Const`, so there is nothing that reverse mode could start from: every gradient is zero.', 'Set the shadow of the output to the seed before the call: `dy .= 1`.'),
  'misuse.thunk-seed': entry('error', 'case', () => 'The reverse thunk of a function with an `Active` result expected a seed between the arguments and the tape, found none.', 'Pass the seed: `reverse(Const(f), args..., 1.0, tape)[1]`.'),
  'misuse.returns-what-it-wrote': entry('warning', 'case', () => 'The function returns the number that it has also written into an argument whose shadow holds a seed: its derivative is added to that of the seed, so it counts twice if the seed asks for it, too.', 'End the function with `return nothing`.', 'Say that the result is not differentiated: `autodiff(Reverse, f!, Const, …)`.'),
  'ad.untyped-global': entry('warning', 'limit', (p: Limit) => `The global ${p.what} is not constant, so its type is not known to the derivative, and what goes through it may be lost.`),
  'ad.mixed-tape': entry('error', 'limit', (p: Limit) => `Enzyme compilation failed due to an internal error: ${p.what}, and a call with such a tape cannot be differentiated in reverse mode again.`),
  'ad.untyped-tape': entry('error', 'limit', (p: Limit) => `Allocation could not have its type statically determined: ${p.what}, and how many there are is only known at run time.`),
  'ad.runtime-activity': entry('error', 'limit', (p: Limit) => `Constant memory is stored (or returned) to a differentiable variable: ${p.what}, and runtime activity is off.`),
  'ad.closure-written': entry('error', 'limit', (p: Limit) => `Function argument passed to autodiff cannot be proven readonly: ${p.what}.`),
  'ad.foreign-operation': entry('error', 'limit', (p: Limit) => `No derivative is known for the routine ${p.what} of LAPACK, which this calls with active memory.`),
  'ad.matrix-solve': entry('error', 'limit', () => 'The rule for a solve with a dense matrix expected a vector on the right-hand side, found a matrix.'),
  'ad.union-return': entry('error', 'limit', (p: Limit) => `The types of a value disagree: the result is a ${p.what}, whose members are laid out differently.`),
  'ad.splat-under-nesting': entry('error', 'limit', (p: Limit) => `The call of \`apply_iterate\` in ${p.what} is not implemented in a derivative of a derivative.`),
  'ad.any-concatenation': entry('error', 'limit', (p: Limit) => `Enzyme compilation failed due to an internal error: the element type ${p.what} of joined arrays says nothing of what is copied.`),
  'ad.exception-frame': entry('error', 'limit', (p: Limit) => `No derivative is known for entering the exception frame in ${p.what}.`),
  'ad.abstract-keys': entry('error', 'limit', (p: Limit) => `Enzyme compilation failed due to an internal error: the keys beside the active values of ${p.what} have no known type.`),
  'ad.deep-type': entry('warning', 'limit', (p: Limit) => `The type of ${p.what} nests references deeper than six times; what is behind that is not analysed.`),
  'ad.untyped-growth': entry('error', 'limit', (p: Limit) => `The process would end here (signal SIGSEGV): in ${p.what}, an array of \`Any\` that holds active values grows.`),
  'ad.batched-functor': entry('error', 'limit', (p: Limit) => `A function object with several shadows: expected a function without fields, found a ${p.what}.`),
  'ad.no-return': entry('error', 'limit', (p: Limit) => `The return type of ${p.what} is inferred to be Union{}. Giving up.`),
  'ad.mutation': entry('error', 'limit', (p: Limit) => `Mutating arrays is not supported -- called ${p.what} on an array that was there before.`),
  'ad.resized-array': entry('error', 'limit', (p: Limit) => `Mutating arrays is not supported -- called ${p.what}, which changes the length of an array.`),
  'ad.typed-comprehension': entry('error', 'limit', (p: Limit) => `Mutating arrays is not supported -- called ${p.what} for a comprehension with an element type.`),
  'ad.try-catch': entry('error', 'limit', (p: Limit) => `try/catch is not supported: ${p.what} has one.`),
  'ad.boxed-variable': entry('error', 'limit', (p: Limit) => `The captured variable ${p.what} is assigned again, so it lives in a Core.Box, whose field \`contents\` has no derivative.`),
} as const

export type Code = keyof typeof CATALOGUE
export type ParamsOf<C extends Code> = Parameters<(typeof CATALOGUE)[C]['text']>[0]
