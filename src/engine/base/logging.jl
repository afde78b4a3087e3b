# Log messages: printed as Julia's console logger does, unless a logger takes them.

module CoreLogging
export with_logger, NullLogger, ConsoleLogger, SimpleLogger, current_logger, global_logger, min_enabled_level, disable_logging, LogLevel, AbstractLogger, handle_message, shouldlog, catch_exceptions
export Debug, Info, Warn, Error, BelowMinLevel, AboveMaxLevel

"How important a message is."
struct LogLevel
    level::Int64
end
const BelowMinLevel = LogLevel(-1000001)
const Debug = LogLevel(-1000)
const Info = LogLevel(0)
const Warn = LogLevel(1000)
const Error = LogLevel(2000)
const AboveMaxLevel = LogLevel(1000001)
Base.isless(a::LogLevel, b::LogLevel) = isless(a.level, b.level)
Base.:+(a::LogLevel, n::Integer) = LogLevel(a.level + n)
Base.:-(a::LogLevel, n::Integer) = LogLevel(a.level - n)
Base.convert(::Type{LogLevel}, n::Integer) = LogLevel(n)
Base.show(io::IO, l::LogLevel) = print(io, l == Debug ? "Debug" : l == Info ? "Info" : l == Warn ? "Warn" : l == Error ? "Error" : string("LogLevel(", l.level, ")"))
level_of(l::LogLevel) = l
level_of(l::Integer) = LogLevel(l)
level_of(l::Symbol) = l === :debug ? Debug : l === :info ? Info : l === :warn ? Warn : l === :error ? Error : Base.__argument_error("unknown log level ", l)

abstract type AbstractLogger end
"Drops every message."
struct NullLogger <: AbstractLogger end
"Prints messages from a level on, in a frame."
struct ConsoleLogger{T<:IO} <: AbstractLogger
    stream::T
    min_level::LogLevel
end
ConsoleLogger(io::IO, level) = ConsoleLogger(io, level_of(level))
ConsoleLogger(io::IO) = ConsoleLogger(io, Info)
ConsoleLogger(level::LogLevel) = ConsoleLogger(Base.__Console(), level)
ConsoleLogger() = ConsoleLogger(Base.__Console(), Info)
"Prints messages from a level on, each with the place that it is from."
struct SimpleLogger{T<:IO} <: AbstractLogger
    stream::T
    min_level::LogLevel
    message_limits::Dict{Any,Int64}
end
SimpleLogger(io::IO, level=Info) = SimpleLogger(io, level_of(level), Dict{Any,Int64}())
SimpleLogger(level::LogLevel=Info) = SimpleLogger(Base.__Console(), level)

# What a logger says of itself, and what it does with a message: a program's own types have methods of these.
function handle_message end
function shouldlog end
function min_enabled_level end
shouldlog(::Union{ConsoleLogger,SimpleLogger}, level, _module, group, id) = true
shouldlog(::NullLogger, level, _module, group, id) = false
min_enabled_level(::NullLogger) = AboveMaxLevel
min_enabled_level(l::Union{ConsoleLogger,SimpleLogger}) = l.min_level
catch_exceptions(logger) = true
catch_exceptions(::Union{SimpleLogger,NullLogger}) = false

# The logger of the moment, and the one outside of `with_logger`; nothing is the console.
const current = Ref{Any}(nothing)
const outermost = Ref{Any}(nothing)
"The least level that the logger of the moment wants, as it said when it became that."
const least = Ref(Info)
const depth = Ref(0)
current_logger() = current[] === nothing ? ConsoleLogger() : current[]
global_logger() = outermost[] === nothing ? ConsoleLogger() : outermost[]
function global_logger(l::AbstractLogger)
    old = global_logger()
    outermost[] = l
    depth[] == 0 && become(l, level_of(min_enabled_level(l)))
    old
end
become(logger, level) = (current[] = logger; least[] = level; nothing)
"Calls `f` with `logger` taking the messages."
function with_logger(f, logger::AbstractLogger)
    old, level = current[], least[]
    become(logger, level_of(min_enabled_level(logger)))
    depth[] += 1
    try
        f()
    finally
        depth[] -= 1
        # A global logger may have been set meanwhile.
        depth[] == 0 && outermost[] !== nothing ? become(outermost[], level_of(min_enabled_level(outermost[]))) : become(old, level)
    end
end
const lowest = Ref(BelowMinLevel)
"No logger is given messages up to this level."
disable_logging(level) = (lowest[] = level_of(level) + 1; nothing)
"Does the logger of the moment want this message?"
function is_taken(level, _module, group, id)
    at = level_of(level)
    at < lowest[] || at < least[] ? false : current[] === nothing || asked(at, _module, group, id)
end
@noinline asked(level, _module, group, id) = shouldlog(current[], level, _module, group, id)::Bool
"How often a message with `maxlog` may still be told by the console, by its place."
const told = Dict{Any,Int64}()
function within(limits, id, most)
    most isa Integer || return true
    left = get(limits, id, Int64(most))
    limits[id] = left - 1
    left > 0
end
within_limit(id, most) = within(told, id, most)

"Is there a logger, which is given the values themselves? The console without one needs only texts."
is_given() = current[] !== nothing
"Hands a message to the logger of the moment, which no derivative follows."
@noinline function give(level, message, _module, group, id, file, line, names, values)
    if Base.__within_autodiff()
        Intrinsics.any_call(given, level_of(level), message, _module, group, id, file, line, names, values)
    else
        Base.inferencebarrier(given)(level_of(level), message, _module, group, id, file, line, names, values)
    end
    nothing
end
function given(level, message, _module, group, id, file, line, names, values)
    Base.inferencebarrier(handle)(current[], level, message, _module, group, id, file, line, NamedTuple{names}(Tuple(values)))
end
function handle(logger, level, message, _module, group, id, file, line, keywords)
    catch_exceptions(logger) || return handle_message(logger, level, message, _module, group, id, file, line; keywords...)
    try
        handle_message(logger, level, message, _module, group, id, file, line; keywords...)
    catch e
        text = string("Exception while generating log record in module ", _module, " at ", file, ":", line)
        handle_message(logger, Error, text, _module, :logevent_error, id, file, line; exception=e)
    end
end
place_of(_module, file, line) = string(_module, " ", file, ":", line)
"One message for the console, with its values as texts."
function message(level, text, _module, file, line, names, values)
    on_console(Base.__Console(), level_of(level), text, names, values, place_of(_module, file, line))
end
"A value as the console shows it."
shown(x) = repr("text/plain", x; context=:limit => true)
shown(x::Union{Real,AbstractString,Symbol,Nothing}) = repr(x)
shown(e::Exception) = sprint(showerror, e)
shown(e::Tuple{Exception,Any}) = sprint(showerror, e[1])
title(level) = level == Warn ? "Warning" : string(level)

function handle_message(l::ConsoleLogger, level, text, _module, group, id, file, line; maxlog=nothing, kws...)
    within(told, id, maxlog) || return nothing
    on_console(sink(l.stream), level, string(text), map(string, keys(kws)), map(shown, Tuple(values(kws))), place_of(_module, file, line))
end
"The stream of messages is beside the output."
sink(io) = io
sink(::Base.Stderr) = Base.__Console()
"The lines of a message in a frame. Where it is from is told unless it is for information only."
function on_console(io, level, text, names, values, from)
    lines = String[split(chomp(text), '\n')...]
    for i in 1:length(names)
        parts = split(values[i], '\n')
        length(parts) == 1 ? push!(lines, string("  ", names[i], " = ", parts[1])) : push!(lines, string("  ", names[i], " ="))
        length(parts) > 1 && for part in parts
            push!(lines, string("   ", part))
        end
    end
    Info <= level < Warn || push!(lines, string("@ ", from))
    for i in 1:length(lines)
        frame = length(lines) == 1 ? "[ " : i == 1 ? "┌ " : i < length(lines) ? "│ " : "└ "
        println(io, frame, i == 1 ? string(title(level), ": ") : "", lines[i])
    end
    nothing
end
handle_message(::NullLogger, level, text, _module, group, id, file, line; kws...) = nothing
function handle_message(l::SimpleLogger, level, text, _module, group, id, file, line; maxlog=nothing, kws...)
    within(l.message_limits, id, maxlog) || return nothing
    io, lines = sink(l.stream), split(chomp(string(text)), '\n')
    println(io, "┌ ", title(level), ": ", lines[1])
    for more in lines[2:end]
        println(io, "│ ", more)
    end
    for (key, value) in pairs(kws)
        println(io, "│   ", key, " = ", value)
    end
    println(io, "└ @ ", place_of(_module, file, line))
    nothing
end

end

const Logging = CoreLogging

module InteractiveUtils
export versioninfo
"Prints the version of the language that the engine follows."
versioninfo(xs...; kws...) = println("Julia Version ", VERSION)
end
"Says nothing, as where Julia is started without `--depwarn`."
depwarn(message, name; force::Bool=false) = nothing
