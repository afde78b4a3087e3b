# Log messages: printed as Julia's console logger does, unless a logger takes them.

module CoreLogging
export with_logger, NullLogger, ConsoleLogger, SimpleLogger, current_logger, global_logger, min_enabled_level, disable_logging, LogLevel, AbstractLogger
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
"Prints messages from a level on."
struct ConsoleLogger{T<:IO} <: AbstractLogger
    io::T
    level::LogLevel
end
ConsoleLogger(io::IO, level) = ConsoleLogger(io, level_of(level))
ConsoleLogger(io::IO) = ConsoleLogger(io, Info)
ConsoleLogger(level::LogLevel) = ConsoleLogger(Base.__Console(), level)
ConsoleLogger() = ConsoleLogger(Base.__Console(), Info)
const SimpleLogger = ConsoleLogger
"Keeps messages for a test."
struct TestLogger <: AbstractLogger
    levels::Vector{LogLevel}
    messages::Vector{String}
    level::LogLevel
end
TestLogger(; min_level=Info) = TestLogger(LogLevel[], String[], level_of(min_level))

const current = Ref{Any}(nothing)
current_logger() = current[] === nothing ? ConsoleLogger() : current[]
global_logger() = current_logger()
global_logger(l::AbstractLogger) = (old = current_logger(); current[] = l; old)
"Calls `f` with `logger` taking the messages."
function with_logger(f, logger::AbstractLogger)
    old = current[]
    current[] = logger
    try
        f()
    finally
        current[] = old
    end
end
min_enabled_level(l::NullLogger) = AboveMaxLevel
min_enabled_level(l::Union{ConsoleLogger,TestLogger}) = l.level
min_enabled_level(::AbstractLogger) = BelowMinLevel
const lowest = Ref(BelowMinLevel)
"No logger is given messages up to this level."
disable_logging(level) = (lowest[] = level_of(level) + 1; nothing)
"Does the logger of the moment want messages of this level?"
function is_taken(level)
    at, logger = level_of(level), current[]
    at < lowest[] ? false : !(at < (logger === nothing ? Info : min_enabled_level(logger)))
end
"How often a message with `maxlog` has been told, by its place."
const told = Dict{String,Int64}()
within_limit(place, most) = (told[place] = get(told, place, 0) + 1) <= most

"One message, with its values as texts."
function message(level, text, names, values, from)
    logger, at = current[], level_of(level)
    logger === nothing ? on_console(Base.__Console(), at, text, names, values, from) : handle(logger, at, text, names, values, from)
    nothing
end
handle(::AbstractLogger, level, text, names, values, from) = throw(Base.__OutsideSubset("A logger that the program defines"))
handle(l::ConsoleLogger, level, text, names, values, from) = on_console(l.io, level, text, names, values, from)
function handle(l::TestLogger, level, text, names, values, from)
    push!(l.levels, level)
    push!(l.messages, text)
    nothing
end
title(level) = level == Warn ? "Warning" : repr(level)
"Where a message is from is told unless it is for information only."
function on_console(io, level, text, names, values, from)
    if isempty(names)
        println(io, "[ ", title(level), ": ", text)
    else
        places = Info <= level < Warn ? "" : string("└ @ ", from, "\n")
        println(io, "┌ ", title(level), ": ", text)
        for i in 1:length(names)
            println(io, i == length(names) && isempty(places) ? "└   " : "│   ", names[i], " = ", values[i])
        end
        print(io, places)
    end
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
