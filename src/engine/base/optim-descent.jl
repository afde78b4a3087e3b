# Optim: functions of many variables by simplexes, along directions, and by second derivatives.
module Optim

# ---- Nelder and Mead, with parameters by the number of dimensions
function simplex(f, x0, m, o)
    n = length(x0)
    f = Counted(f, 0)
    points = [float(copy(x0)) for _ in 0:n]
    for k in 1:n
        points[k+1][k] += 0.5 * points[k+1][k] + 0.025
    end
    values = map(f, points)
    α, β, γ, δ = 1.0, 1 + 2 / n, 0.75 - 1 / 2n, 1 - 1 / n
    n == 1 && ((β, γ, δ) = (2.0, 0.5, 0.5))
    steps, spread, kept = 0, Inf, Float64[]
    while steps < o.iterations
        order = sortperm(values)
        points, values = points[order], values[order]
        o.store_trace && push!(kept, values[1])
        o.callback === nothing || o.callback((iteration=steps, value=values[1])) === true && break
        mean = sum(values) / (n + 1)
        spread = sqrt(sum(y -> abs2(y - mean), values) / (n + 1))
        spread <= o.g_abstol && break
        steps += 1
        centre = sum(points[1:n]) / n
        reflected = centre + α * (centre - points[n+1])
        y = f(reflected)
        if y < values[1]
            further = centre + β * (reflected - centre)
            z = f(further)
            points[n+1], values[n+1] = z < y ? (further, z) : (reflected, y)
        elseif y < values[n]
            points[n+1], values[n+1] = reflected, y
        else
            inner = y < values[n+1] ? centre + γ * (reflected - centre) : centre - γ * (reflected - centre)
            z = f(inner)
            if z < min(y, values[n+1])
                points[n+1], values[n+1] = inner, z
            else
                for k in 2:n+1
                    points[k] = points[1] + δ * (points[k] - points[1])
                    values[k] = f(points[k])
                end
            end
        end
    end
    # The middle of the last simplex may be better than its best corner.
    centre = sum(points) / (n + 1)
    y, k = findmin(values)
    x = points[k]
    z = f(centre)
    z < y && ((x, y) = (centre, z))
    OptimizationResults(m, float(copy(x0)), x, y, steps, steps >= o.iterations && spread > o.g_abstol, false, false, spread <= o.g_abstol, NaN, NaN, spread, f.calls, 0, 0, kept, 1, o)
end

# ---- Descent along directions
"A step along `d` that meets the conditions of Wolfe, by bracketing and cubic interpolation; 0 if there is none."
function line_search(f, g, x, d, y0, s0, first)
    c1, c2 = 1.0e-4, 0.9
    low, high, ylow, slow, yhigh = 0.0, Inf, y0, s0, Inf
    t = first
    best, ybest = 0.0, y0
    for _ in 1:60
        y = f(x + t * d)
        if !isfinite(y) || y > y0 + c1 * t * s0 || y > ylow + 0.0 && low > 0
            high, yhigh = t, y
        else
            y < ybest && ((best, ybest) = (t, y))
            s = dot(g(x + t * d), d)
            abs(s) <= -c2 * s0 && return t
            if s >= 0
                high, yhigh = t, y
            else
                low, ylow, slow = t, y, s
            end
        end
        if isinf(high)
            t *= 2
        else
            w = high - low
            w <= 1.0e-16 * max(1.0, t) && break
            # The parabola through what is known at the lower end and the value at the upper one.
            step = isfinite(yhigh) ? -slow * w * w / (2 * (yhigh - ylow - slow * w)) : w / 2
            t = low + (isfinite(step) ? clamp(step, 0.1w, 0.9w) : w / 2)
        end
    end
    best
end
infinity_norm(v) = norm(v, Inf)
function descend(f, g, x0, m, o)
    f, g = Counted(f, 0), CountedGradient(g, 0)
    x = float(copy(x0))
    y, d = f(x), g(x)
    state = start_state(m, x)
    steps, x_change, f_change, kept = 0, NaN, NaN, Float64[]
    done_x, done_f = false, false
    residual = infinity_norm(d)
    while steps < o.iterations && !(residual <= o.g_abstol)
        o.store_trace && push!(kept, y)
        o.show_trace && steps % o.show_every == 0 && println("Iter ", lpad(steps, 5), "   Function value ", y, "   Gradient norm ", residual)
        o.callback === nothing || o.callback((iteration=steps, value=y, g_norm=residual)) === true && break
        steps += 1
        p = direction(m, state, d)
        slope = dot(p, d)
        if slope >= 0
            reset!(m, state)
            p = -d
            slope = dot(p, d)
        end
        t = line_search(f, g, x, p, y, slope, steps == 1 || m isa Union{GradientDescent,ConjugateGradient} ? first_step(state, residual) : 1.0)
        if t == 0
            fresh(state) && break
            reset!(m, state)
            continue
        end
        z = x + t * p
        e, w = g(z), f(z)
        x_change, f_change = infinity_norm(z - x), abs(w - y)
        learn!(m, state, z - x, e - d, d, e, t)
        done_x = x_change <= o.x_abstol || x_change <= o.x_reltol * infinity_norm(z)
        done_f = f_change <= o.f_abstol || f_change <= o.f_reltol * abs(w)
        x, y, d = z, w, e
        residual = infinity_norm(d)
        (done_x || done_f) && break
    end
    done_g = residual <= o.g_abstol
    # Where no step goes further down, the search is at its end too.
    stuck = !done_g && steps < o.iterations && !done_x && !done_f
    OptimizationResults(m, float(copy(x0)), x, y, steps, steps >= o.iterations && !done_g, done_x, done_f || stuck && o.callback === nothing, done_g, x_change, f_change, residual,
        f.calls, g.calls, 0, kept, 1, o)
end
"Pairs of steps and changes of the gradient, or what stands for all of them."
mutable struct State{X}
    s::Vector{X}
    y::Vector{X}
    H::Matrix{Float64}
    p::X
    last::Float64
end
start_state(m, x) = State(typeof(x)[], typeof(x)[], zeros(0, 0), zero(x), 0.0)
fresh(s) = isempty(s.s) && isempty(s.H) && iszero(s.p)
first_step(s, residual) = s.last > 0 ? s.last : min(1.0, 1 / residual)
reset!(m, s) = (empty!(s.s); empty!(s.y); s.H = zeros(0, 0); s.p = zero(s.p); s.last = 0.0)
direction(::GradientDescent, s, d) = -d
direction(::ConjugateGradient, s, d) = iszero(s.p) ? -d : s.p
direction(::BFGS, s, d) = isempty(s.H) ? -d : reshape(-(s.H * vec(d)), size(d))
function direction(m::LBFGS, s, d)
    q = copy(d)
    a = zeros(length(s.s))
    for k in length(s.s):-1:1
        a[k] = dot(s.s[k], q) / dot(s.s[k], s.y[k])
        q = q - a[k] * s.y[k]
    end
    isempty(s.s) || (q = q * (dot(s.s[end], s.y[end]) / dot(s.y[end], s.y[end])))
    for k in eachindex(s.s)
        q = q + (a[k] - dot(s.y[k], q) / dot(s.s[k], s.y[k])) * s.s[k]
    end
    -q
end
learn!(m, state, s, y, before, after, t) = (state.last = 2t; nothing)
function learn!(::ConjugateGradient, state, s, y, before, after, t)
    p = s / t
    β = max(0.0, dot(y, after) / dot(before, before))
    state.p = -after + β * p
    state.last = 2t
end
function learn!(m::LBFGS, state, s, y, before, after, t)
    dot(s, y) > 1.0e-14 * norm(s) * norm(y) || return
    push!(state.s, s)
    push!(state.y, y)
    length(state.s) > m.m && (popfirst!(state.s); popfirst!(state.y))
end
function learn!(::BFGS, state, s, y, before, after, t)
    u, v = vec(s), vec(y)
    c = dot(u, v)
    c > 1.0e-14 * norm(u) * norm(v) || return
    isempty(state.H) && (state.H = Matrix(c / dot(v, v) * I, length(u), length(u)))
    w = state.H * v
    state.H = state.H + ((c + dot(v, w)) / (c * c)) * (u * u') - (w * u' + u * w') / c
end
"Newton's steps, with the Hessian made positive where it is not."
function newton(f, g, h, x0, m, o)
    f, g, h = Counted(f, 0), CountedGradient(g, 0), CountedGradient(h, 0)
    x = float(copy(x0))
    y, d = f(x), g(x)
    steps, x_change, f_change, kept = 0, NaN, NaN, Float64[]
    done_x, done_f = false, false
    residual = infinity_norm(d)
    while steps < o.iterations && !(residual <= o.g_abstol)
        o.store_trace && push!(kept, y)
        o.callback === nothing || o.callback((iteration=steps, value=y, g_norm=residual)) === true && break
        steps += 1
        H = Symmetric(h(x))
        λ = 0.0
        c = cholesky(H; check=false)
        while !issuccess(c)
            λ = max(2λ, 1.0e-6 * max(norm(H), 1.0))
            c = cholesky(H + λ * I; check=false)
        end
        p = reshape(-(c \ vec(d)), size(d))
        t = line_search(f, g, x, p, y, dot(p, d), 1.0)
        t == 0 && break
        z = x + t * p
        w = f(z)
        x_change, f_change = infinity_norm(z - x), abs(w - y)
        done_x = x_change <= o.x_abstol || x_change <= o.x_reltol * infinity_norm(z)
        done_f = f_change <= o.f_abstol || f_change <= o.f_reltol * abs(w)
        x, y, d = z, w, g(z)
        residual = infinity_norm(d)
        (done_x || done_f) && break
    end
    done_g = residual <= o.g_abstol
    stuck = !done_g && steps < o.iterations && !done_x && !done_f
    OptimizationResults(m, float(copy(x0)), x, y, steps, steps >= o.iterations && !done_g, done_x, done_f || stuck, done_g, x_change, f_change, residual, f.calls, g.calls, h.calls, kept, 1, o)
end
end
