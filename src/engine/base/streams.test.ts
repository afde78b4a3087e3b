/** Where the output of a program goes, and what is shown in a form of its own. */
import { describe, expect, test } from 'vitest'
import { createSession } from '../index.ts'
import { newSession, shows } from './check.ts'

/** A program and all that it prints. */
const PRINTED: readonly (readonly [program: string, printed: string])[] = [
  ['redirect_stdout(() -> println("a"), devnull); println("b")', 'b\n'],
  ['try redirect_stdout(() -> error("x"), devnull) catch; end; println("b")', 'b\n'],
  ['redirect_stdout(devnull); println("a"); redirect_stdout(stdout); println("b")', ''],
  ['before = stdout; redirect_stderr(stdout) do; println(stderr, "a"); end; println(stderr, "b")', 'a\n'],
  ['redirect_stdout(() -> println("a"), stderr)', ''],
  ['@warn "a"; redirect_stderr(devnull) do; @warn "b"; println("c"); end', '[ Warning: a\nc\n'],
  ['redirect_stdout(devnull) do; @info "a"; println("b"); end', '[ Info: a\n'],
  ['redirect_stdio(stdout=devnull, stderr=devnull) do; println("a"); @warn "b"; end', ''],
  ['println(redirect_stdout(() -> 3, devnull))', '3\n'],
  ['@debug "a" println("b"); with_logger(() -> @info(println("b")), NullLogger())', ''],
  ['for i in 1:5 @warn "a$i" maxlog=2; end', '[ Warning: a1\n[ Warning: a2\n'],
  ['@info "a" x=1 2+3', '┌ Info: a\n│   x = 1\n└   2 + 3 = 5\n'],
  ['with_logger(ConsoleLogger(stdout, Logging.Debug)) do; @debug "a" x=1; end', '┌ Debug: a\n│   x = 1\n└ @ Main\n'],
  ['disable_logging(Logging.Info); @info "a"; @warn "b"; disable_logging(Logging.BelowMinLevel); @info "c"', '[ Warning: b\n[ Info: c\n'],
  ['@logmsg Logging.Info + 1 "a"', '[ LogLevel(1): a\n'],
]

describe('streams that take the place of others, and log messages', () => {
  test.each(PRINTED)('%s', (text, expected) => {
    let printed = ''
    const write = (more: string): void => {
      printed += more
    }
    const { failure } = createSession({ profile: 'none', write, verbose: false }).load({ name: 'test.jl', text: `using Logging; ${text}` })
    expect([failure?.message, printed]).toEqual([undefined, expected])
  })
  const session = newSession('using Logging\nstruct Mine <: AbstractLogger end')
  shows(
    () => session,
    `
    with_logger(() -> @info("a"), Mine()) => !A logger that the program defines is outside the supported subset
    redirect_stdout(println, IOBuffer()) => !MethodError: no method matching (::Base.RedirectStdStream)(::IOBuffer)
    redirect_stdout() => !A pipe (\`redirect_stdout()\`) is outside the supported subset
    redirect_stderr("file.txt") => !The file system (\`redirect_stderr\`) is outside the supported subset
    write(devnull, "aé"), write(devnull, 1), write(devnull, UInt8[1, 255]), write(stderr, "abc") => (3, 8, 2, 3)
    `,
  )
})

describe('texts that show themselves', () => {
  const session = newSession()
  shows(
    () => session,
    `
    text"a b", string(text"a b"), "$(Text(1))" => (a b, "a b", "1")
    html"<b>", HTML("x"), sprint(show, MIME("text/html"), html"<b>") => (HTML{String}("<b>"), HTML{String}("x"), "<b>")
    repr(MIME("text/html"), HTML(html"<b>", html"</b>")), string(Text(io -> print(io, 1, 2))) => ("<b></b>", "12")
    html"a" == HTML("a"), Text("a") == HTML("a"), hash(text"a") == hash(Text("a")) => (true, false, true)
    `,
  )
})
