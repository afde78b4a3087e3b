# Log messages: printed as Julia's console logger does, unless a logger takes them.

module CoreLogging
export with_logger, NullLogger, ConsoleLogger, SimpleLogger, current_logger, global_logger, min_enabled_level, LogLevel, AbstractLogger
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
min_enabled_level(l) = l.level

"One message, with its values as texts."
function message(level::LogLevel, text, names, values, from)
    logger = current[]
    logger === nothing ? on_console(Base.__Console(), level, text, names, values, from) : handle(logger, level, text, names, values, from)
    nothing
end
handle(::NullLogger, level, text, names, values, from) = nothing
handle(l::ConsoleLogger, level, text, names, values, from) = level < l.level ? nothing : on_console(l.io, level, text, names, values, from)
function handle(l::TestLogger, level, text, names, values, from)
    if !(level < l.level)
        push!(l.levels, level)
        push!(l.messages, text)
    end
    nothing
end
title(level) = level == Warn ? "Warning" : repr(level)
function on_console(io, level, text, names, values, from)
    level < Info && return nothing
    if isempty(names)
        println(io, "[ ", title(level), ": ", text)
    else
        println(io, "┌ ", title(level), ": ", text)
        for i in 1:length(names)
            println(io, "│   ", names[i], " = ", values[i])
        end
        println(io, "└ @ ", from)
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
