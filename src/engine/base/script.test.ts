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
