# Solutions of differential equations: values at times, and between the times.
module SciMLBase
import ..RecursiveArrayTools: AbstractDiffEqArray, DiffEqArray, dims_of

"How often the right-hand side was called, and how many steps there were."
mutable struct Stats
    nf::Int64
    naccept::Int64
    nreject::Int64
end
"Values at times. `k` are the slopes of the step that ends at each time: between times the method itself says what the values are."
struct ODESolution{T,N,U,S,K,Q,A} <: AbstractDiffEqArray{T,N}
    u::Vector{U}
    t::Vector{S}
    k::Vector{K}
    prob::Q
    alg::A
    dense::Bool
    retcode::ReturnCode.T
    stats::Stats
end
ODESolution(u::Vector{U}, t::Vector{S}, k::Vector{K}, prob::Q, alg::A, dense, code, stats) where {U,S,K,Q,A} =
    ODESolution{eltype(U),dims_of(U) + 1,U,S,K,Q,A}(u, t, k, prob, alg, dense, code, stats)
Base.propertynames(::ODESolution) = (:u, :t, :k, :prob, :alg, :dense, :retcode, :stats, :destats)
Base.getproperty(s::ODESolution, name::Symbol) = name === :destats ? getfield(s, :stats) : getfield(s, name)

"Between which times `t` lies: the index of the later one."
function interval(ts, t)
    up = last(ts) >= first(ts)
    i = up ? searchsortedfirst(ts, t) : searchsortedfirst(ts, t; rev=true)
    clamp(i, 2, length(ts))
end
function at(s::ODESolution, t)
    length(s.t) == 1 && return first(s.u)
    i = interval(s.t, t)
    h = s.t[i] - s.t[i-1]
    iszero(h) && return s.u[i]
    θ = (t - s.t[i-1]) / h
    s.dense ? between(s.alg, s.prob, s.u[i-1], s.u[i], s.k[i], s.t[i-1], h, θ) : map((a, b) -> (1 - θ) * a + θ * b, s.u[i-1], s.u[i])
end
function check_range(s, t)
    a, b = minmax(first(s.t), last(s.t))
    a <= t <= b || (s.dense && length(s.t) > 1) || error("Solution interpolation cannot extrapolate past the final timepoint. Either solve on a longer timespan or use the local extrapolation from the integrator interface.")
end
"What a method says between the ends of a step."
function between end
(s::ODESolution)(t::Number; idxs=nothing, continuity=:left) = (check_range(s, t); picked(at(s, t), idxs))
(s::ODESolution)(ts::AbstractVector; idxs=nothing, continuity=:left) = DiffEqArray([s(t; idxs) for t in ts], ts)
picked(u, ::Nothing) = u
picked(u, i) = u[i]

"Values and times, pair by pair."
tuples(s::AbstractDiffEqArray) = collect(zip(s.u, s.t))
summary_of(s::ODESolution) = s.dense ? dense_summary(s.alg) : "1st order linear"
function dense_summary end
function Base.show(io::IO, m::MIME"text/plain", s::ODESolution)
    println(io, "retcode: ", s.retcode)
    println(io, "Interpolation: ", summary_of(s))
    show_values(io, m, s)
end
Base.show(io::IO, m::MIME"text/plain", s::DiffEqArray) = show_values(io, m, s)
function show_values(io, m, s)
    print(io, "t: ")
    show(io, m, s.t)
    print(io, "\nu: ")
    show(io, m, s.u)
end
Base.show(io::IO, s::ODESolution) = show(io, MIME("text/plain"), s)
end
