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
  ['@warn "a"; redirect_stderr(devnull) do; @warn "b"; println("c"); end', '┌ Warning: a\n└ @ Main test.jl:1\nc\n'],
  ['redirect_stdout(devnull) do; @info "a"; println("b"); end', '[ Info: a\n'],
  ['redirect_stdio(stdout=devnull, stderr=devnull) do; println("a"); @warn "b"; end', ''],
  ['println(redirect_stdout(() -> 3, devnull))', '3\n'],
  ['@debug "a" println("b"); with_logger(() -> @info(println("b")), NullLogger())', ''],
  ['for i in 1:5 @info "a$i" maxlog=2; end', '[ Info: a1\n[ Info: a2\n'],
  ['@info "a" x=1 2+3', '┌ Info: a\n│   x = 1\n└   2 + 3 = 5\n'],
  ['with_logger(ConsoleLogger(stdout, Logging.Debug)) do; @debug "a" x=1; end', '┌ Debug: a\n│   x = 1\n└ @ Main test.jl:1\n'],
  [
    'disable_logging(Logging.Info); @info "a"; @warn "b"; disable_logging(Logging.BelowMinLevel); @info "c"',
    '┌ Warning: b\n└ @ Main test.jl:1\n[ Info: c\n',
  ],
  ['@logmsg Logging.Info + 1 "a"', '[ LogLevel(1): a\n'],
  ['@info "a\nb" v=[1, 2]', '┌ Info: a\n│ b\n│   v =\n│    2-element Vector{Int64}:\n│     1\n└     2\n'],
  ['@error "a" exception=ErrorException("bad") _module=Base _line=7', '┌ Error: a\n│   exception = bad\n└ @ Base test.jl:7\n'],
  [
    'io = IOBuffer(); with_logger(() -> @warn("a", s="b"), SimpleLogger(io)); print(String(take!(io)))',
    '┌ Warning: a\n│   s = b\n└ @ Main test.jl:1\n',
  ],
  [
    'io = IOBuffer(); with_logger(() -> (@info "a"), ConsoleLogger(io, Logging.Warn)); with_logger(() -> @info("b"), ConsoleLogger(io)); print(String(take!(io)))',
    '[ Info: b\n',
  ],
  ['global_logger(NullLogger()); @info "a"; with_logger(() -> @info("b"), ConsoleLogger(stderr)); @info "c"', '[ Info: b\n'],
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
  const session = newSession(`
using Logging, Test, ForwardDiff, Enzyme
struct Mine <: AbstractLogger end
struct Kept <: AbstractLogger; all::Vector{Any}; end
Logging.min_enabled_level(::Kept) = Logging.Debug
Logging.shouldlog(::Kept, level, _module, group, id) = group !== :left_out
Logging.catch_exceptions(::Kept) = false
Logging.handle_message(l::Kept, level, text, _module, group, id, file, line; kws...) = (text == "!" ? error("no") : push!(l.all, (level, text, group, line, (; kws...))); nothing)
kept(f) = (l = Kept([]); with_logger(f, l); l.all)
messages(f; options...) = [r.message for r in first(Test.collect_test_logs(f; options...))]
logged(x) = (@info "at" x first=x[1]; sum(abs2, x))
`)
  shows(
    () => session,
    `
    with_logger(() -> @info("a"), Mine()) => !MethodError: no method matching min_enabled_level(::Mine)
    kept(() -> (@info "a" x=1 1+1; @debug 2 _group=:g; @warn "b" _group=:left_out)) => Any[(Info, "a", :test, 1, (x = 1, var"1 + 1" = 2)), (Debug, 2, :g, 1, NamedTuple())]
    kept(() -> @info("!")) => !no
    kept(() -> @info("a", maxlog=3))[1][5] => (maxlog = 3,)
    messages(() -> (@info("a"); @debug("b"); for i in 1:3; @warn(i, maxlog=2); end)) => Any["a", 1, 2]
    messages(() -> (@info("a"); @debug("b")), min_level=Logging.Debug) => ["a", "b"]
    (l = TestLogger(); with_logger(() -> @info("a", x=[1]), l); r = l.logs[1]; (r.level, r._module, r.kwargs[:x])) => (Info, Main, [1])
    Test.collect_test_logs(() -> ForwardDiff.gradient(logged, [1.0, 2.0]))[2] => [2.0, 4.0]
    Test.collect_test_logs(() -> gradient(Reverse, logged, [1.0, 2.0]))[2] => ([2.0, 4.0],)
    (@test_logs (:info, "a") (:warn, r"b+", Main) begin @info "a"; @warn "bb"; 5 end) => 5
    (@test_logs (:warn, Test.Ignored(), Main, :test) match_mode=:any begin @info "a"; @warn "b"; 5 end) => 5
    (@test_logs (:debug, "a") min_level=Logging.Debug (@debug "a"; 5)) => 5
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
