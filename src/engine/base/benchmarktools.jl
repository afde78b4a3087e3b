# BenchmarkTools: how long code takes. Memory is not counted, so it is shown as none.
module BenchmarkTools
export @btime, @belapsed, @benchmark

"Seconds that each run took."
struct Trial
    times::Vector{Float64}
end
const MOST_SECONDS = 0.1
const MOST_RUNS = 1000
"Runs `f` for a tenth of a second, or a thousand times; its last value, and the seconds that each run took."
function sampled(f)
    start = Intrinsics.time_elapsed()
    value = f()
    times = [Intrinsics.time_elapsed() - start]
    while Intrinsics.time_elapsed() - start < MOST_SECONDS && length(times) < MOST_RUNS
        from = Intrinsics.time_elapsed()
        value = f()
        push!(times, Intrinsics.time_elapsed() - from)
    end
    value, times
end
function btime(f)
    value, times = sampled(f)
    println("  ", pretty(minimum(times)), " (0 allocations: 0 bytes)")
    value
end
belapsed(f) = minimum(sampled(f)[2])
benchmark(f) = Trial(sampled(f)[2])
function pretty(seconds)
    seconds < 1.0e-6 && return string(rounded(seconds * 1.0e9), " ns")
    seconds < 1.0e-3 && return string(rounded(seconds * 1.0e6), " μs")
    seconds < 1 && return string(rounded(seconds * 1.0e3), " ms")
    string(rounded(seconds), " s")
end
rounded(x) = round(x; digits=3)
Base.length(t::Trial) = length(t.times)
"Nanoseconds, as BenchmarkTools has them."
Base.minimum(t::Trial) = 1.0e9 * minimum(t.times)
Base.maximum(t::Trial) = 1.0e9 * maximum(t.times)
Base.show(io::IO, t::Trial) = print(io, "Trial(", pretty(minimum(t.times)), ")")
Base.show(io::IO, ::MIME"text/plain", t::Trial) = print(io, "BenchmarkTools.Trial: ", length(t), " samples with 1 evaluation.\n Range (min … max): ", pretty(minimum(t.times)), " … ", pretty(maximum(t.times)))
end
