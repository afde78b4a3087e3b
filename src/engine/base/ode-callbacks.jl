# OrdinaryDiffEq: what happens at steps, at given times, and where a condition is zero.
module OrdinaryDiffEq
"What happens at the end of a step of length `h`. Were values kept?"
function happened!(i, h)
    callbacks = getfield(i, :callbacks)
    event = first_event(i, h, callbacks.continuous_callbacks)
    saved = event[1] > 0 && event!(i, event, callbacks.continuous_callbacks)
    i.last_event = event[1]
    discrete!(i, saved, callbacks.discrete_callbacks)
end
discrete!(i, saved, ::Tuple{}) = saved
discrete!(i, saved, all_::Tuple) = discrete!(i, fired!(i, saved, all_[1]), Base.tail(all_))
fired!(i, saved, c) = c.condition(i.u, i.t, i) ? affected!(i, saved, c.affect!, c.save_positions) : saved
function affected!(i, saved, affect!, (before, after))
    saved || save!(i)
    before && (isempty(i.saved_t) || i.saved_t[end] != i.t) && keep!(i)
    i.modified = true
    affect!(i)
    after && i.modified && keep!(i)
    true
end

"The first zero of a condition within the last step: which, after which part of the step, and upwards?"
first_event(i, h, ::Tuple{}) = (0, 1.0, false)
first_event(i, h, all_::Tuple) = earlier(map((c, n) -> event_of(i, h, c, n), all_, Base.__ntuple(identity, Val(length(all_)))))
earlier(e::Tuple{Any}) = e[1]
function earlier(e::Tuple)
    rest = earlier(Base.tail(e))
    e[1][1] == 0 ? rest : rest[1] == 0 || e[1][2] <= rest[2] ? e[1] : rest
end
function event_of(i, h, c, n)
    g(θ) = plain(c.condition(inside(i, h, θ), i.tprev + θ * h, i))
    # Right after an event its condition is zero up to rounding.
    start = i.last_event == n ? 0.01 : 0.0
    a, value = start, g(start)
    points = max(c.interp_points, 1)
    for j in 1:points
        b = j / points
        b <= a && continue
        next = g(b)
        if value != 0 && sign(next) != sign(value)
            handler = value < 0 ? c.affect! : c.affect_neg!
            return handler === nothing ? (0, 1.0, false) : (n, bisected(g, a, b, value), value < 0)
        end
        a, value = b, next
    end
    (0, 1.0, false)
end
inside(i, h, θ) = θ == 1 ? i.u : SciMLBase.between(i.alg, getfield(i, :q), i.uprev, i.u, i.ks, i.tprev, h, θ)
function bisected(g, a, b, value)
    for _ in 1:60
        m = (a + b) / 2
        a < m < b || break
        sign(g(m)) == sign(value) ? (a = m) : (b = m)
    end
    b
end
"Goes back to an event and lets it act; its time is a function of all that the condition depends on."
function event!(i, event, all_)
    event[1] > 1 && return event!(i, (event[1] - 1, event[2], event[3]), Base.tail(all_))
    c = all_[1]
    h = plain(i.t - i.tprev)
    start = slope(getfield(i, :q), i.uprev, i.p, i.tprev)
    value(u, s) = c.condition(u, i.tprev + s, i)
    s = event[2] * h + zero(i.t)
    rate = plain(value(inside(i, h, event[2] + 1e-4), event[2] * h + 1e-4 * h) - value(inside(i, h, event[2] - 1e-4), event[2] * h - 1e-4 * h)) / (2e-4 * h)
    if rate != 0
        for _ in 1:2
            s = s - value(step_of(i.alg, getfield(i, :q), i.uprev, i.p, i.tprev, s, start)[1], s) / rate
        end
    end
    v, ks, _, l = step_of(i.alg, getfield(i, :q), i.uprev, i.p, i.tprev, s, start)
    i.t, i.u, i.ks, i.k = i.tprev + s, v, ks, l
    affected!(i, false, event[3] ? c.affect! : c.affect_neg!, c.save_positions)
end
end
module DiffEqCallbacks
import ..SciMLBase: DiscreteCallback, terminate!
export PresetTimeCallback, SavingCallback, SavedValues
"Acts at given times."
function PresetTimeCallback(times, affect!; save_positions=(true, true), kw...)
    at = sort!(Float64[t for t in (times isa Number ? (times,) : times)])
    DiscreteCallback((u, t, i) -> insorted(t, at), affect!; save_positions, times=at)
end
struct SavedValues{T,S}
    t::Vector{T}
    saveval::Vector{S}
end
SavedValues(::Type{T}, ::Type{S}) where {T,S} = SavedValues{T,S}(T[], S[])
"Keeps what a function says after each step."
SavingCallback(f, saved::SavedValues; kw...) = DiscreteCallback((u, t, i) -> true, i -> (push!(saved.t, i.t); push!(saved.saveval, f(i.u, i.t, i)); i.modified = false); save_positions=(false, false),
    initialize=(c, u, t, i) -> (push!(saved.t, t); push!(saved.saveval, f(u, t, i)); nothing))
end
