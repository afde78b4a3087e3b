# Julia's Test: the macros become calls of these functions, which record one result each through `test_record`.
module Test

export TestSetException, FallbackTestSetException

"What `@test` reports for an expression that threw."
thrown_text(text, e) = string("Test threw exception\n  Expression: ", text, "\n  ", sprint(showerror, e))

"Records the value of a tested expression: true passes, false fails, anything else is an error."
function record_value(text, line, value::Bool, evaluated)
    if value
        Intrinsics.test_record("pass", text, "", line)
    else
        Intrinsics.test_record("fail", text, string("  Expression: ", text, evaluated), line)
    end
    value
end
function record_value(text, line, value, evaluated)
    message = string("Expression evaluated to non-Boolean\n  Expression: ", text, "\n       Value: ", repr(value))
    Intrinsics.test_record("error", text, message, line)
    false
end

"`@test ex` for an expression that is no comparison."
function __test(text, line, thunk)
    try
        record_value(text, line, thunk(), "")
    catch e
        Intrinsics.test_record("error", text, thrown_text(text, e), line)
        false
    end
end

"`@test a op b`: the failure shows both values."
function __test_compare(text, line, thunk)
    try
        op, a, b, keywords = thunk()
        record_value(text, line, op(a, b; keywords...), string("\n   Evaluated: ", evaluated(text, op, a, b, keywords)))
    catch e
        Intrinsics.test_record("error", text, thrown_text(text, e), line)
        false
    end
end

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
    Intrinsics.test_record("fail", text, string("  Expression: ", text, "\n    Expected: ", wanted_text(wanted), "\n  No exception thrown"), line)
    nothing
end
function record_thrown(text, line, wanted, e)
    if matches(wanted, e)
        Intrinsics.test_record("pass", text, "", line)
    else
        message = string("  Expression: ", text, "\n    Expected: ", wanted_text(wanted), "\n", found_text(wanted, e))
        Intrinsics.test_record("fail", text, message, line)
    end
    nothing
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
    if works
        message = string("Unexpected Pass\n  Expression: ", text, "\n  Got correct result, please change to @test if no longer broken.")
        Intrinsics.test_record("error", text, message, line)
    else
        Intrinsics.test_record("broken", text, "", line)
    end
    nothing
end

"`@test_skip ex`: not run, and counted as broken."
function __test_skip(text, line)
    Intrinsics.test_record("broken", text, "", line)
    nothing
end

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

"Runs `thunk` with a logger that keeps its messages."
function logged(thunk, min_level)
    logger = Base.CoreLogging.TestLogger(min_level=min_level)
    value = Base.CoreLogging.with_logger(thunk, logger)
    (logger, value)
end
fits(pattern::Union{Symbol,Base.CoreLogging.LogLevel}, level, message) = Base.CoreLogging.level_of(pattern) == level
fits(pattern::Tuple, level, message) = fits(pattern[1], level, message) && (length(pattern) < 2 || pattern[2] isa Base.CoreLogging.LogLevel || same_text(pattern[2], message))
same_text(wanted, message) = string(wanted) == message
same_text(wanted::Regex, message) = occursin(wanted, message)
function all_fit(patterns, logger, match_mode)
    n = length(logger.messages)
    match_mode === :any && return all(p -> any(i -> fits(p, logger.levels[i], logger.messages[i]), 1:n), patterns)
    length(patterns) == n && all(i -> fits(patterns[i], logger.levels[i], logger.messages[i]), 1:n)
end

"`@test_logs patterns… ex`: the messages that `ex` logs."
function __test_logs(text, line, thunk, patterns; min_level=Base.CoreLogging.Info, match_mode=:all)
    logger, value = logged(thunk, min_level)
    if all_fit(patterns, logger, match_mode)
        Intrinsics.test_record("pass", text, "", line)
    else
        captured = join([string(repr(logger.levels[i]), ": ", logger.messages[i]) for i in 1:length(logger.messages)], ", ")
        message = string("Log Test Failed\n  Expression: ", text, "\n  Log Pattern: ", join(map(repr, patterns), " "), "\n  Captured Logs: ", captured)
        Intrinsics.test_record("fail", text, message, line)
    end
    value
end
"`@test_warn text ex`: `ex` warns with that text."
function __test_warn(text, line, thunk, wanted)
    logger, value = logged(thunk, Base.CoreLogging.Warn)
    warned = any(m -> contains_all(wanted, m), logger.messages)
    Intrinsics.test_record(warned ? "pass" : "fail", text, warned ? "" : string("  Expression: ", text, "\n  No such warning: ", repr(wanted)), line)
    value
end
contains_all(wanted::AbstractString, m) = occursin(wanted, m)
contains_all(wanted::Function, m) = wanted(m)
contains_all(wanted, m) = all(w -> occursin(w, m), wanted)
"`@test_nowarn ex`: `ex` logs nothing."
function __test_nowarn(text, line, thunk)
    logger, value = logged(thunk, Base.CoreLogging.Info)
    quiet = isempty(logger.messages)
    Intrinsics.test_record(quiet ? "pass" : "fail", text, quiet ? "" : string("  Expression: ", text, "\n  Logged: ", join(logger.messages, ", ")), line)
    value
end

"`@testset name begin … end`: an error outside of a test is recorded and ends the set, not the program."
function __testset(name, line, body)
    Intrinsics.test_record("enter", name, "", 0)
    try
        body()
    catch e
        Intrinsics.test_record("error", name, string("Got exception outside of a @test\n  ", sprint(showerror, e)), line)
    end
    Intrinsics.test_record("leave", name, "", 0)
    nothing
end

end
