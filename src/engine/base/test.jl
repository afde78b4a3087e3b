# Julia's Test: the macros become calls of these functions, which record one result each through `test_record`.
module Test
export TestLogger, LogRecord

"What `@test` reports for an expression that threw."
thrown_text(text, e) = string("Test threw exception\n  Expression: ", text, "\n  ", sprint(showerror, e))

"What a test gives: `@test` and its kin have it as their value, and a test set keeps those that did not pass."
abstract type Result end
struct Pass <: Result
    test_type::Symbol
    orig_expr::Any
    data::Any
    value::Any
    source::Any
    message_only::Bool
    line::Int
end
Pass(kind, text, value, line) = Pass(kind, text, nothing, value, nothing, false, line)
struct Fail <: Result
    test_type::Symbol
    orig_expr::Any
    data::Any
    value::Any
    line::Int
end
struct Error <: Result
    test_type::Symbol
    orig_expr::Any
    value::Any
    backtrace::Any
    line::Int
end
struct Broken <: Result
    test_type::Symbol
    orig_expr::Any
    line::Int
end
Base.show(io::IO, t::Pass) = print(io, "Test Passed", t.test_type !== :test_throws ? "" :
    t.message_only ? string("\n     Message: ", repr(t.value)) : string("\n      Thrown: ", typeof(t.value)))
Base.show(io::IO, t::Broken) = print(io, "Test Broken\n  ", t.test_type === :skipped ? "Skipped: " : "Expression: ", t.orig_expr)
Base.show(io::IO, t::Fail) = print(io, "Test Failed\n", t.data)
Base.show(io::IO, t::Error) = print(io, "Error During Test\n", t.backtrace)

abstract type AbstractTestSet end
"The test set that `@testset` makes. Tests that passed are only counted."
mutable struct DefaultTestSet <: AbstractTestSet
    description::String
    results::Vector{Any}
    n_passed::Int64
    anynonpass::Bool
end
DefaultTestSet(description; options...) = DefaultTestSet(description, Any[], 0, false)
"What takes the tests outside of all test sets."
struct FallbackTestSet <: AbstractTestSet end
const open_sets = Ref{Any}(())
"The test set that is open."
get_testset() = open_sets[] === () ? FallbackTestSet() : first(open_sets[])
"How many test sets are open."
get_testset_depth() = length(open_sets[])
"Opens a test set."
push_testset(ts) = (open_sets[] = (ts, open_sets[]...); nothing)
"Closes the test set that is open."
pop_testset() = (ts = get_testset(); open_sets[] === () || (open_sets[] = Base.tail(open_sets[])); ts)
"Takes a result, or a set that is done, into a test set. Sets of the program's own types have methods of their own."
record(ts::FallbackTestSet, result) = (tell(result); result)
record(ts::DefaultTestSet, result::Pass) = (tell(result); ts.n_passed += 1; result)
record(ts::DefaultTestSet, result) = (tell(result); push!(ts.results, result); ts.anynonpass |= did_not_pass(result); result)
did_not_pass(r::Result) = !(r isa Broken)
did_not_pass(ts::AbstractTestSet) = ts.anynonpass
"What becomes of a test set that is done: it goes into the one around it."
finish(ts::DefaultTestSet) = (record(get_testset(), ts); ts)
# What the program that runs this is told of a result that got to a set of Julia's own types.
tell(r::Pass) = Intrinsics.test_record("pass", text_of(r.orig_expr), "", r.line)
tell(r::Fail) = Intrinsics.test_record("fail", text_of(r.orig_expr), string(r.data), r.line)
tell(r::Error) = Intrinsics.test_record("error", text_of(r.orig_expr), string(r.backtrace), r.line)
tell(r::Broken) = Intrinsics.test_record("broken", text_of(r.orig_expr), "", r.line)
tell(ts::AbstractTestSet) = nothing
text_of(text::String) = text
text_of(x) = string(x)
@noinline kept(result) = (record(get_testset(), result); result)
passed(kind, text, line, value) = kept(Pass(kind, text, value, line))
failed(kind, text, line, value, message) = kept(Fail(kind, text, message, value, line))
threw(text, line, e) = kept(Error(:test_error, text, e, thrown_text(text, e), line))

"Records the value of a tested expression: true passes, false fails, anything else is an error. `shown()` is what it was evaluated as, if that is told."
record_value(text, line, value::Bool, not, shown) =
    value ? passed(:test, text, line, true) : failed(:test, text, line, false, Base.inferencebarrier(failure_text)(text, not, shown)::String)
# Behind a barrier: most tests pass, and to compile how values of their types print takes longer than the rest of a test.
failure_text(text, not, shown) = string("  Expression: ", text, evaluated_as(not, shown))
evaluated_as(not, shown::Nothing) = ""
evaluated_as(not, shown) = string("\n   Evaluated: ", shown())
evaluated_as(::typeof(!), shown) = string("\n   Evaluated: !(", shown(), ")")
function record_value(text, line, value, not, shown)
    message = string("Expression evaluated to non-Boolean\n  Expression: ", text, "\n       Value: ", repr(value))
    kept(Error(:test_nonbool, text, value, message, line))
end

"`@test ex` for an expression that is no comparison."
function __test(text, line, thunk)
    try
        record_value(text, line, thunk(), identity, nothing)
    catch e
        threw(text, line, e)
    end
end

"`@test a op b`: the failure shows both values. `not` is `!` for `@test !(a op b)`."
function __test_compare(text, line, thunk, not=identity)
    try
        record_compared(text, line, not, thunk()...)
    catch e
        threw(text, line, e)
    end
end
# By itself it is compiled for types of operands, not for each test.
@noinline record_compared(text, line, not, op, a, b, keywords) =
    record_value(text, line, not(op(a, b; keywords...)), not, () -> evaluated(text, op, a, b, keywords))
"`@test a < b < c`: all parts are evaluated."
function __test_chain(text, line, thunk, not=identity)
    try
        parts = thunk()
        record_value(text, line, not(holds(parts...)), not, () -> join(map(k -> iseven(k) ? string(parts[k]) : repr(parts[k]), 1:length(parts)), " "))
    catch e
        threw(text, line, e)
    end
end
holds(a, op, b) = op(a, b)
holds(a, op, b, rest...) = op(a, b) && holds(b, rest...)
"`@test occursin(a, b)` and other calls whose failure shows the arguments."
function __test_call(text, line, thunk, not=identity)
    try
        record_called(text, line, not, thunk()...)
    catch e
        threw(text, line, e)
    end
end
@noinline record_called(text, line, not, f, args, keywords) =
    record_value(text, line, not(f(args...; keywords...)), not,
        () -> string(f, "(", join(map(repr, args), ", "), keyword_text(keywords, "; ", ""), ")"))

"A comparison with its values, as it was written: `1 == 2`, `1.0 ≈ 1.1 (atol = 0.01)`, `isapprox(1.0, 1.1)`."
function evaluated(text, op, a, b, keywords)
    name = operator_name(text, op)
    if name in ("==", "!=", "===", "!==", "<", ">", "<=", ">=", "≈", "∈", "in", "isa", "<:")
        string(repr(a), " ", name, " ", repr(b), keyword_text(keywords, " (", ")"))
    else
        string(name, "(", repr(a), ", ", repr(b), keyword_text(keywords, "; ", ""), ")")
    end
end
operator_name(text, op) = op === isapprox && occursin("≈", text) ? "≈" : op === in && occursin("∈", text) ? "∈" : string(op)
keyword_text(::NamedTuple{()}, before, after) = ""
function keyword_text(keywords::NamedTuple, before, after)
    string(before, join([string(k, " = ", repr(v)) for (k, v) in pairs(keywords)], ", "), after)
end

"`@test_throws E ex`: E is a type of exception, an exception, or a part of its message."
function __test_throws(text, line, expected, thunk)
    try
        thunk()
    catch e
        return record_thrown(text, line, expected(), e)
    end
    wanted = expected()
    message = string("  Expression: ", text, "\n    Expected: ", wanted_text(wanted), "\n  No exception thrown")
    failed(:test_throws_nothing, text, line, nothing, message)
end
function record_thrown(text, line, wanted, e)
    if matches(wanted, e)
        by_message = !(wanted isa Union{Type,Exception})
        kept(Pass(:test_throws, text, nothing, by_message ? sprint(showerror, e) : e, nothing, by_message, line))
    else
        message = string("  Expression: ", text, "\n    Expected: ", wanted_text(wanted), "\n", found_text(wanted, e))
        failed(:test_throws_wrong, text, line, e, message)
    end
end
matches(wanted::Type, e) = e isa wanted
matches(wanted::Union{AbstractString,Regex}, e) = occursin(wanted, sprint(showerror, e))
matches(wanted::Function, e) = wanted(sprint(showerror, e))
matches(wanted::Union{Tuple,AbstractVector}, e) = all(part -> matches(part, e), wanted)
matches(wanted::Exception, e) = typeof(e) === typeof(wanted) && sprint(showerror, e) == sprint(showerror, wanted)
wanted_text(wanted) = repr(wanted)
found_text(wanted::Union{Type,Exception}, e) = string("      Thrown: ", wanted isa Type ? string(typeof(e)) : repr(e))
found_text(wanted, e) = string("     Message: ", repr(sprint(showerror, e)))

"`@test_broken ex`: an expression that is known to fail, and is reported when it no longer does."
function __test_broken(text, line, thunk)
    works = try
        thunk() === true
    catch
        false
    end
    works || return kept(Broken(:test, text, line))
    message = string("Unexpected Pass\n  Expression: ", text, "\n  Got correct result, please change to @test if no longer broken.")
    kept(Error(:test_unbroken, text, true, message, line))
end

"`@test_skip ex`: not run, and counted as broken."
__test_skip(text, line) = kept(Broken(:skipped, text, line))

"A function with keywords already given."
struct WithKeywords{F,K<:NamedTuple}
    f::F
    keywords::K
end
(w::WithKeywords)(args...) = w.f(args...; w.keywords...)

"`@inferred f(x)`: an error unless the type of the value is what inference found, or within `allowed` of it."
function __inferred(allowed, f, args...)
    value = f(args...)
    found = Base.__return_type(f, map(Base.Typeof, args)...)
    T = typeof(value)
    value isa found && (T === found || found <: Union{T,allowed}) || error("return type ", T, " does not match inferred return type ", found)
    value
end

"What `thunk` gives, and what it writes to `stderr`."
function with_messages(thunk)
    before, kept = Base.__kept_messages[], String[]
    Base.__kept_messages[] = kept
    value = try
        thunk()
    finally
        Base.__kept_messages[] = before
    end
    (value, join(kept))
end
"A message that a `TestLogger` has kept."
struct LogRecord
    level::Any
    message::Any
    _module::Any
    group::Any
    id::Any
    file::Any
    line::Any
    kwargs::Any
end
LogRecord(level, message, _module, group, id, file, line; kws...) = LogRecord(level, message, _module, group, id, file, line, kws)
"Keeps messages."
mutable struct TestLogger <: Base.CoreLogging.AbstractLogger
    logs::Vector{LogRecord}
    min_level::Base.CoreLogging.LogLevel
    catch_exceptions::Bool
    shouldlog_args::Any
    message_limits::Dict{Any,Int64}
    respect_maxlog::Bool
end
function TestLogger(; min_level=Base.CoreLogging.Info, catch_exceptions=false, respect_maxlog=true)
    TestLogger(LogRecord[], Base.CoreLogging.level_of(min_level), catch_exceptions, nothing, Dict{Any,Int64}(), respect_maxlog)
end
Base.CoreLogging.min_enabled_level(l::TestLogger) = l.min_level
Base.CoreLogging.catch_exceptions(l::TestLogger) = l.catch_exceptions
Base.CoreLogging.shouldlog(l::TestLogger, level, _module, group, id) = (l.shouldlog_args = (level, _module, group, id); true)
function Base.CoreLogging.handle_message(l::TestLogger, level, message, _module, group, id, file, line; kws...)
    l.respect_maxlog && !Base.CoreLogging.within(l.message_limits, id, get(kws, :maxlog, nothing)) && return nothing
    push!(l.logs, LogRecord(level, message, _module, group, id, file, line; kws...))
    nothing
end
"The messages that `f` logs, and what it gives."
function collect_test_logs(f; options...)
    logger = TestLogger(; options...)
    value = Base.CoreLogging.with_logger(f, logger)
    (logger.logs, value)
end
"Fits any field of a message."
struct Ignored end
field_fits(found, wanted) = found == wanted
field_fits(found, ::Ignored) = true
field_fits(found, wanted::Regex) = occursin(wanted, found)
field_fits(found::Base.CoreLogging.LogLevel, wanted::Symbol) = found == Base.CoreLogging.level_of(wanted)
fits(wanted::Union{Symbol,Base.CoreLogging.LogLevel}, r::LogRecord) = field_fits(r.level, wanted)
fits(wanted, r::LogRecord) = field_fits(r.message, wanted)
function fits(wanted::Tuple, r::LogRecord)
    fields = Any[r.level, r.message, r._module, r.group, r.id, r.file, r.line]
    all(i -> field_fits(fields[i], wanted[i]), 1:length(wanted))
end
function all_fit(patterns, logs, match_mode)
    match_mode === :any && return all(p -> any(r -> fits(p, r), logs), patterns)
    match_mode === :all || Base.__argument_error("match_mode must be :all or :any, got ", repr(match_mode))
    length(patterns) == length(logs) && all(i -> fits(patterns[i], logs[i]), 1:length(logs))
end

"`@test_logs patterns… ex`: the messages that `ex` logs."
function __test_logs(text, line, thunk, patterns; match_mode=:all, options...)
    logs, value = collect_test_logs(thunk; options...)
    if all_fit(patterns, logs, match_mode)
        passed(:test, text, line, nothing)
    else
        captured = join([string(repr(r.level), ": ", r.message) for r in logs], ", ")
        message = string("Log Test Failed\n  Expression: ", text, "\n  Log Pattern: ", join(map(repr, patterns), " "), "\n  Captured Logs: ", captured)
        failed(:test, text, line, nothing, message)
    end
    value
end
texts_of(logs) = String[string(r.message) for r in logs]
"`@test_warn text ex`: `ex` warns with that text."
function __test_warn(text, line, thunk, wanted)
    (logs, value), written = with_messages(() -> collect_test_logs(thunk; min_level=Base.CoreLogging.Warn))
    warned = any(m -> contains_all(wanted, m), texts_of(logs)) || contains_all(wanted, written)
    warned ? passed(:test, text, line, nothing) : failed(:test, text, line, nothing, string("  Expression: ", text, "\n  No such warning: ", repr(wanted)))
    value
end
contains_all(wanted::Union{AbstractString,Regex}, m) = occursin(wanted, m)
contains_all(wanted::Function, m) = wanted(m)
contains_all(wanted, m) = all(w -> contains_all(w, m), wanted)
"`@test_nowarn ex`: `ex` logs nothing."
function __test_nowarn(text, line, thunk)
    (logs, value), written = with_messages(() -> collect_test_logs(thunk))
    quiet = isempty(logs) && isempty(written)
    quiet ? passed(:test, text, line, nothing) : failed(:test, text, line, nothing, string("  Expression: ", text, "\n  Logged: ", join([texts_of(logs); written], ", ")))
    value
end

"The list of the sets of `@testset for`."
no_sets() = Any[]
"The type of the sets inside: that of the set around them."
inner_type() = open_sets[] === () ? DefaultTestSet : typeof(first(open_sets[]))
"Opens the test set `T(name; options...)`."
function opened(name, T=inner_type(); options...)
    T <: AbstractTestSet || error("Expected `", T, "` to be an AbstractTestSet")
    ts = T(name; options...)
    Intrinsics.test_record("enter", name, "", 0)
    push_testset(ts)
    ts
end
"Ends a test set; its value is what the set finishes as."
function closed(ts)
    pop_testset()
    Intrinsics.test_record("leave", "", "", 0)
    finish(ts)
end
"An error outside of a test is recorded."
@noinline function caught(name, line, e)
    e isa InterruptException && throw(e)
    message = string("Got exception outside of a @test\n  ", sprint(showerror, e))
    record(get_testset(), Error(:nontest_error, name, e, message, line))
end
"`@testset name begin … end`: an error outside of a test is recorded and ends the set, not the program. Its value is the set."
function __testset(name, line, body, T...; options...)
    ts = opened(name, T...; options...)
    try
        body()
    catch e
        caught(name, line, e)
    end
    closed(ts)
end

end
