import { expect, it } from 'vitest'
import { createSession } from '../index.ts'
import { newSession, shows } from './check.ts'

const session = newSession('using BenchmarkTools\nv = [1.0, 2.0]\n')
shows(
  () => session,
  `
    abspath(PROGRAM_FILE) == @__FILE__ => true
    (basename(PROGRAM_FILE), dirname(@__FILE__) == @__DIR__) => ("test.jl", true)
    isabspath(pwd()) => true
    abspath("/a/./b", "../c") => "/a/c"
    map(normpath, ["", ".", "..", "a/..", "a//b", "/a/../../b/", "../x", "a/../b/./c", "/"]) => [".", ".", "..", ".", "a/b", "/b/", "../x", "b/c", "/"]
    splitpath("/a/b") => ["/", "a", "b"]
    (isinteractive(), ARGS, get(ENV, "CI", "no"), haskey(ENV, "HOME")) => (false, String[], "no", false)
    ENV["HOME"] => !KeyError: key "HOME" not found
    sleep(0) => nothing
    sleep(-1) => !ArgumentError: cannot sleep for -1 seconds
    @btime sum($v) => 3.0
    @btime(sum(w), setup = (w = 2v)) => 6.0
    0 < @belapsed(sum($v)) < 10 => true
    0 < minimum(@benchmark sum(w) setup=(w = $v)) < 1e10 => true
    exit(4) => !The program ended itself with exit code 4.
  `,
)

it.each([
  ['exit()', null],
  ['exit(2)', 'run.exit'],
])('%s ends the program, whatever would catch it', (call, code) => {
  let output = ''
  const own = createSession({ profile: 'none', verbose: false, write: text => (output += text) })
  const text = `f() = try; print("a"); ${call}; catch; print("b"); finally; print("c"); end\nf()\nprint("d")\n`
  expect(own.load({ name: 'test.jl', text }).failure?.code ?? null).toBe(code)
  expect(output).toBe('a')
})

it.each([
  ['function (@main)(args)::Cint; print("m", args); 0; end; print("s")', null, 'smString[]'],
  ['(@main)(args) = (print("m"); 3)', 'run.exit', 'm'],
  ['main(args) = print("m"); @main', null, 'm'],
  ['# @main\nmain(args) = print("m"); module A; (@main)(x) = print("a"); end; :(@main)', null, ''],
  ['atexit(() -> print(1)); atexit(c -> print(c, ";")); (@main)(x) = exit(4)', 'run.exit', '4;1'],
  ['atexit(() -> print(1)); error("x")', 'run.exception', '1'],
  ['atexit(() -> error("x")); atexit(() -> print(2)); print(1)', 'run.exception', '12'],
])('the end of %s', (text, code, printed) => {
  let output = ''
  const own = createSession({ profile: 'none', verbose: false, write: more => (output += more) })
  expect(own.load({ name: 'test.jl', text }).failure?.code ?? null).toBe(code)
  expect(output).toBe(printed)
})
