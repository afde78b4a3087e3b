# Optim: functions of one variable.
module Optim

optimize(f, a::Real, b::Real, m::UnivariateOptimizer=Brent(); rel_tol=sqrt(eps()), abs_tol=eps(), iterations=1000, kws...) = univariate(f, float(a), float(b), m, rel_tol, abs_tol, iterations)
function univariate(f, a, b, m, rel_tol, abs_tol, iterations)
    a <= b || error("x_lower must be less than x_upper")
    f = Counted(f, 0)
    golden = (3 - sqrt(5)) / 2
    from, to = low, high = a, b
    x = a + golden * (b - a)
    v = w = x
    y = fv = fw = f(x)
    d = e = 0.0
    steps, done = 0, false
    while steps < iterations
        tol = rel_tol * abs(x) + abs_tol
        mid = (low + high) / 2
        if abs(x - mid) + (high - low) / 2 <= 2tol
            done = true
            break
        end
        steps += 1
        p, q = 0.0, 0.0
        parabolic = false
        if m isa Brent && abs(e) > tol
            r = (x - w) * (y - fv)
            q = (x - v) * (y - fw)
            p = (x - v) * q - (x - w) * r
            q = 2 * (q - r)
            q > 0 ? (p = -p) : (q = -q)
            parabolic = abs(p) < abs(q * e / 2) && p > q * (low - x) && p < q * (high - x)
        end
        if parabolic
            e = d
            d = p / q
            u = x + d
            (u - low < 2tol || high - u < 2tol) && (d = x < mid ? tol : -tol)
        else
            e = x < mid ? high - x : low - x
            d = golden * e
        end
        u = abs(d) >= tol ? x + d : x + copysign(tol, d)
        fu = f(u)
        if fu <= y
            u < x ? (high = x) : (low = x)
            v, w, x = w, x, u
            fv, fw, y = fw, y, fu
        else
            u < x ? (low = u) : (high = u)
            if fu <= fw || w == x
                v, w, fv, fw = w, u, fw, fu
            elseif fu <= fv || v == x || v == w
                v, fv = u, fu
            end
        end
    end
    OptimizationResults(m, a, x, y, steps, !done, done, false, false, NaN, NaN, NaN, f.calls, 0, 0, Float64[], 1, (from=from, to=to, rel=rel_tol, abs=abs_tol))
end
lower_bound(r::OptimizationResults) = r.initial_x
rel_tol(r::OptimizationResults) = sqrt(eps())
end
