# What scripts ask of the process that runs them. A program has no arguments, and its environment is empty, so that it does the same everywhere.

"Arguments of the script: none."
const ARGS = String[]
"Variables of the environment: none but those that the program sets."
const ENV = Dict{String,String}()
isinteractive() = false
"Ends the program. Nothing after it runs, not even a `finally`; so the throw is never come to, and only says that there is no value."
exit(code::Integer=0) = (Intrinsics.sys_exit(Int64(code)); throw(__OutsideSubset("A process (`exit`)")))
const Cint, Cfloat, Cdouble = Int32, Float32, Float64
const Clong, Cuchar, Cvoid = Int64, UInt8, Nothing
const __exit_hooks = Any[]
"Calls `f`, or `f(code)` if it takes that, when the program ends; what was given last is called first."
atexit(f) = (pushfirst!(__exit_hooks, f); nothing)
function __run_exit_hooks(code)
    while !isempty(__exit_hooks)
        inferencebarrier(__run_exit_hook)(popfirst!(__exit_hooks), Int32(code))
    end
end
__run_exit_hook(f, code) = (hasmethod(f, Tuple{Int32}) ? f(code) : f(); nothing)
"Calls the entry point of a program; an integer is its exit code."
function __run_main(main)
    code = main(ARGS)
    code isa Integer ? exit(Int64(code)) : nothing
end
"`f`, called again when it throws, as often as there are delays and as `check` allows."
function retry(f; delays=ExponentialBackOff(), check=nothing)
    function (args...; kwargs...)
        for delay in delays
            try
                return f(args...; kwargs...)
            catch e
                again = check === nothing || check(delay, e)
                (again isa Tuple ? again[2] : again) || rethrow()
            end
            sleep(delay)
        end
        f(args...; kwargs...)
    end
end
"Delays in seconds that grow; `n` of them."
struct ExponentialBackOff
    n::Int64
    first_delay::Float64
    max_delay::Float64
    factor::Float64
    jitter::Float64
end
ExponentialBackOff(; n=1, first_delay=0.05, max_delay=10.0, factor=5.0, jitter=0.1) = ExponentialBackOff(n, first_delay, max_delay, factor, jitter)
iterate(b::ExponentialBackOff, state=(b.n, min(b.first_delay, b.max_delay))) =
    state[1] < 1 ? nothing : (state[2], (state[1] - 1, min(b.max_delay, state[2] * b.factor * (1 - b.jitter + 2 * b.jitter * rand()))))
length(b::ExponentialBackOff) = b.n
eltype(::Type{ExponentialBackOff}) = Float64
"Waits so many seconds."
sleep(seconds::Real) = seconds < 0 ? __argument_error("cannot sleep for ", seconds, " seconds") : (__run_waiting(); Intrinsics.sys_sleep(Float64(seconds)))
