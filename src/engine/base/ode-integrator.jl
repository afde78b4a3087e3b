# OrdinaryDiffEq: the loop over steps, their size, and what is kept of them.
module OrdinaryDiffEq
"When to stop, and what to keep."
struct Options{T,A,R,I}
    abstol::A
    reltol::R
    adaptive::Bool
    dtmax::Float64
    dtmin::Float64
    maxiters::Int64
    gamma::Float64
    qmin::Float64
    qmax::Float64
    save_everystep::Bool
    save_end::Bool
    dense::Bool
    verbose::Bool
    saveat::Vector{T}
    tstops::Vector{T}
    idxs::I
end
"A problem on its way."
mutable struct ODEIntegrator{A,Q,U,T,P,K,L,C,O,SU,SK}
    alg::A
    q::Q
    u::U
    uprev::U
    t::T
    tprev::T
    p::P
    # The slope here, and those of the last step.
    k::K
    ks::L
    dt::Float64
    direction::Float64
    last_error::Float64
    last_event::Int64
    modified::Bool
    done::Bool
    retcode::ReturnCode.T
    iter::Int64
    next_save::Int64
    opts::O
    callbacks::C
    saved_u::Vector{SU}
    saved_t::Vector{T}
    saved_k::Vector{SK}
    stats::SciMLBase.Stats
end
Base.propertynames(::ODEIntegrator) = (:u, :uprev, :t, :tprev, :p, :dt, :sol, :opts, :f, :iter)
Base.getproperty(i::ODEIntegrator, name::Symbol) = name === :sol ? solution(i) : name === :f ? getfield(i, :q).f : getfield(i, name)
Base.show(io::IO, i::ODEIntegrator) = (print(io, "t: ", i.t, "\nu: "); show(io, MIME("text/plain"), i.u))

"Solves a problem step by step. Keywords that concern how derivatives are made, progress or copies change nothing."
solve(q::ODEProblem, alg::AbstractODEAlgorithm; kw...) = solve!(init(q, alg; kw...))
solve(q::ODEProblem; alg=Auto(Tsit5(), Rosenbrock23()), kw...) = solve(q, alg; kw...)
solve(q::ODEProblem, ::Nothing; kw...) = solve(q; kw...)
function solve(q::ODEProblem, alg::Auto; maxiters=100000, verbose=true, kw...)
    found = solve(q, alg.first; maxiters=min(maxiters, 3000), verbose=false, kw...)
    successful_retcode(found) ? found : solve(q, alg.stiff; maxiters, verbose, kw...)
end
init(q::ODEProblem, alg::AbstractODEAlgorithm; u0=q.u0, p=q.p, kw...) = begun(remake(q; u0, p), alg, merge(q.kwargs, NamedTuple(kw)))
begun(q, alg, kw) = started(q, alg; kw...)
function started(q::ODEProblem, alg; saveat=nothing, save_idxs=nothing, abstol=1e-6, reltol=1e-3, dt=nothing, adaptive=is_adaptive(alg), save_everystep=nothing_in(saveat), save_start=starts(saveat, q.tspan),
    save_end=ends(saveat, q.tspan, save_everystep), dense=save_everystep && nothing_in(saveat) && (save_idxs === nothing || !(alg isa Vern7)), tstops=(), callback=nothing, maxiters=100000, dtmax=nothing, dtmin=0.0, save_on=true, verbose=true,
    gamma=0.9, qmin=0.2, qmax=10.0, sensealg=nothing, progress=false, progress_steps=1000, alias_u0=false, alias=nothing, calck=true, timeseries_errors=true, dense_errors=false, force_dtmin=false, merge_callbacks=true)
    callbacks = CallbackSet(callback)
    C = promote_type(SciMLBase.carried(q.p), SciMLBase.carried(q.u0), SciMLBase.carried(q.tspan))
    t, stop = map(s -> SciMLBase.widened(isempty(callbacks.continuous_callbacks) ? Bool : C, s), q.tspan)
    u = copy(SciMLBase.widened(C, q.u0))
    direction = plain(stop) < plain(t) ? -1.0 : 1.0
    step = dt === nothing ? 0.0 : direction * abs(Float64(plain(dt)))
    adaptive || step != 0 || !isempty(tstops) || error("Fixed timestep methods require a choice of dt or choosing the tstops")
    stops = stops_of(t, stop, direction, (tstops, map(c -> c.times, callbacks.discrete_callbacks)...))
    largest = dtmax === nothing ? Float64(abs(plain(stop - t))) : Float64(plain(dtmax))
    opts = Options(abstol, reltol, adaptive, largest, Float64(dtmin), maxiters, Float64(gamma), Float64(qmin), Float64(qmax), save_everystep && save_on, save_end && save_on, dense && save_on, verbose,
        save_on ? saves_of(t, stop, direction, saveat) : typeof(t)[], stops, save_idxs)
    k = slope(q, u, q.p, t)
    ks = slopes(alg, k)
    first_step = !adaptive && step == 0 ? direction * largest : adaptive && step == 0 ? initial_step(q, alg, u, k, t, opts, direction) : step
    i = ODEIntegrator(alg, q, u, u, t, t, q.p, k, ks, first_step, direction, 1e-4, 0, false, iszero(plain(stop - t)), ReturnCode.Default, 0, 1, opts, callbacks, typeof(part(u, save_idxs))[], typeof(t)[], typeof(map(k -> part(k, save_idxs), ks))[], SciMLBase.Stats(1, 0, 0))
    save_start && save_on && keep!(i)
    foreach(c -> prepare(c, i), callbacks.discrete_callbacks)
    i
end
nothing_in(saveat) = saveat === nothing || (!(saveat isa Number) && isempty(saveat))
starts(saveat, span) = nothing_in(saveat) || saveat isa Number || first(span) in saveat
ends(saveat, span, everystep) = everystep || nothing_in(saveat) || saveat isa Number || last(span) in saveat
prepare(c, i) = c.initialize === nothing ? nothing : c.initialize(c, i.u, i.t, i)
saves_of(t::T, stop, direction, ::Nothing) where {T} = T[]
saves_of(t, stop, direction, every::Number) = saves_of(t, stop, direction, plain(t):direction*abs(every):plain(stop))
saves_of(t::T, stop, direction, at) where {T} = sort!(T[s for s in at if direction * (s - t) > 0 && direction * (s - stop) <= 0]; rev=direction < 0)
function stops_of(t::T, stop, direction, given) where {T}
    found = T[]
    foreach(times -> append!(found, T[s for s in times if direction * (s - t) > 0 && direction * (s - stop) < 0]), given)
    push!(sort!(found; rev=direction < 0), stop)
end

"The root of the mean square of an error in units of what is tolerated."
tolerated(e, u, v, abstol, reltol) = sqrt(sum(broadcast((e, x, y, a, r) -> abs2(plain(e)) / abs2(a + r * max(abs(plain(x)), abs(plain(y)))), e, u, v, abstol, reltol)) / length(u))
"The first step (Hairer, Nørsett, Wanner)."
function initial_step(q, alg, u, k, t, opts, direction)
    size_of(x) = tolerated(x, u, u, opts.abstol, opts.reltol)
    d0, d1 = size_of(u), size_of(k)
    h0 = min(d0 < 1e-5 || d1 < 1e-5 ? 1e-6 : 0.01 * d0 / d1, opts.dtmax)
    h = oftype(t, direction * h0)
    l = slope(q, moved(u, h, (1.0,), (k,)), q.p, t + h)
    d2 = size_of(l .- k) / h0
    most = max(d1, d2)
    h1 = most <= 1e-15 ? max(1e-6, h0 * 1e-3) : 10.0^(-(2 + log10(most)) / order(alg))
    direction * min(100h0, h1, opts.dtmax)
end

function solve!(i::ODEIntegrator)
    while !i.done
        step!(i)
    end
    i.opts.save_end && (isempty(i.saved_t) || i.saved_t[end] != i.t) && keep!(i)
    i.retcode == ReturnCode.Default && (i.retcode = ReturnCode.Success)
    solution(i)
end
solution(i) = SciMLBase.ODESolution(i.saved_u, i.saved_t, i.saved_k, getfield(i, :q), i.alg, i.opts.dense, i.retcode, i.stats)
"One step that is accepted; with a duration, as many as it takes."
function step!(i::ODEIntegrator)
    i.modified && refresh!(i)
    while true
        i.iter += 1
        i.iter > i.opts.maxiters && return failed!(i, ReturnCode.MaxIters, "Interrupted. Larger maxiters is needed. If you are using an integrator for non-stiff ODEs or an automatic switching algorithm (the default), you may want to consider using a method for stiff equations.")
        h, t = next_time(i)
        v, ks, errors, k = step_of(i.alg, getfield(i, :q), i.u, i.p, i.t, h, i.k)
        i.stats.nf += length(ks) - 1
        accepted = !i.opts.adaptive || sized!(i, plain(h), errors, v)
        if accepted
            accept!(i, h, t, v, ks, k)
            return nothing
        end
        i.stats.nreject += 1
        abs(i.dt) <= max(i.opts.dtmin, eps(abs(plain(i.t)))) && return failed!(i, ReturnCode.DtLessThanMin, "dt($(i.dt)) <= dtmin at t=$(plain(i.t)). Aborting. There is either an error in your model specification or the true solution is unstable.")
    end
end
function step!(i::ODEIntegrator, dt, stop_at_tdt=false)
    stop = i.t + dt
    stop_at_tdt && add_tstop!(i, stop)
    while !i.done && i.direction * (i.t - stop) < 0
        step!(i)
    end
end
function failed!(i, code, text)
    i.opts.verbose && @warn text
    i.retcode = code
    i.done = true
    nothing
end
"The step up to the next stop, and the time after it."
function next_time(i)
    stop = i.opts.tstops[1]
    left = stop - i.t
    h = min(abs(i.dt), i.opts.dtmax)
    near = 100 * eps(max(abs(plain(i.t)), abs(plain(stop))))
    h >= abs(plain(left)) - near ? (left, stop) : (oftype(left, i.direction * h), i.t + oftype(left, i.direction * h))
end
"Is the error of a step small enough? Says how long the next one is (a PI controller)."
function sized!(i, h, errors, v)
    o = i.opts
    E = maximum(map(e -> tolerated(e, i.u, v, o.abstol, o.reltol), errors))
    isfinite(E) || (i.dt = h * o.qmin; return false)
    p1, p2 = powers(i.alg)
    q1 = E^p1
    if E > 1
        i.dt = h / min(1 / o.qmin, q1 / o.gamma)
        return false
    end
    q = iszero(E) ? 1 / o.qmax : max(1 / o.qmax, min(1 / o.qmin, q1 / i.last_error^p2 / o.gamma))
    low, high = steady(i.alg)
    i.dt = low <= q <= high ? h : h / q
    i.last_error = max(E, 1e-4)
    true
end
function accept!(i, h, t, v, ks, k)
    i.stats.naccept += 1
    i.tprev, i.uprev = i.t, i.u
    i.t, i.u, i.ks, i.k = t, v, ks, k
    all_finite(v) || return failed!(i, ReturnCode.Unstable, "Instability detected. Aborting")
    saved = happened!(i, h)
    i.direction * plain(i.opts.tstops[1] - i.t) <= 0 && reached!(i)
    saved || save!(i)
    nothing
end
all_finite(v::Number) = isfinite(plain(v))
all_finite(v) = all(x -> isfinite(plain(x)), v)
function reached!(i)
    popfirst!(i.opts.tstops)
    isempty(i.opts.tstops) && (i.done = true)
end
"Values at the times that were asked for, and at the end of the step."
function save!(i)
    save_between!(i)
    i.opts.save_everystep && (isempty(i.saved_t) || i.saved_t[end] != i.t) && keep!(i)
end
function save_between!(i)
    saves = i.opts.saveat
    while i.next_save <= length(saves) && i.direction * plain(saves[i.next_save] - i.t) <= 0
        s = saves[i.next_save]
        i.next_save += 1
        u = s == i.t ? copy(i.u) : SciMLBase.between(i.alg, getfield(i, :q), i.uprev, i.u, i.ks, i.tprev, i.t - i.tprev, (s - i.tprev) / (i.t - i.tprev))
        keep!(i, u, s)
    end
end
part(u, ::Nothing) = u
part(u, idxs) = u[idxs]
keep!(i) = keep!(i, copy(i.u), i.t)
function keep!(i, u, t)
    push!(i.saved_u, part(u, i.opts.idxs))
    push!(i.saved_t, t)
    i.opts.dense && push!(i.saved_k, map(k -> part(k, i.opts.idxs), i.ks))
    nothing
end
"The slope after something else than a step has changed the values."
function refresh!(i)
    i.k = slope(getfield(i, :q), i.u, i.p, i.t)
    i.modified = false
end
u_modified!(i::ODEIntegrator, changed::Bool) = (i.modified = changed; nothing)
set_u!(i::ODEIntegrator, u) = (i.u = u; i.modified = true; nothing)
get_du(i::ODEIntegrator) = i.k
function terminate!(i::ODEIntegrator, code=ReturnCode.Terminated)
    i.retcode = code
    i.done = true
    nothing
end
function add_tstop!(i::ODEIntegrator, t)
    push!(i.opts.tstops, t)
    sort!(i.opts.tstops; rev=i.direction < 0)
    nothing
end
end
