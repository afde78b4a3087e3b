# QuadGK: integrals by the rules of Gauss and Kronrod, intervals halved where the two disagree most.
module QuadGK
using LinearAlgebra
export quadgk, quadgk!, quadgk_count, quadgk_print, gauss, kronrod

"Nodes of the rule with 15 points in (0, 1], its weights, and those of the 7 points that it contains."
const NODES = (0.9914553711208126, 0.9491079123427585, 0.8648644233597691, 0.7415311855993945, 0.5860872354676911, 0.4058451513773972, 0.20778495500789848, 0.0)
const WEIGHTS = (0.022935322010529224, 0.06309209262997856, 0.10479001032225019, 0.14065325971552592, 0.1690047266392679, 0.19035057806478542, 0.20443294007529889, 0.20948214108472782)
const GAUSS = (0.1294849661688697, 0.27970539148927664, 0.3818300505051189, 0.4179591836734694)

"The integral of `f` over `[a, b]`, and how far the two rules are apart."
function on_interval(f, a, b, norm)
    m, h = (a + b) / 2, (b - a) / 2
    y = f(m)
    whole, coarse = y * WEIGHTS[8], y * GAUSS[4]
    for k in 1:7
        s = f(m - h * NODES[k]) + f(m + h * NODES[k])
        whole = whole + s * WEIGHTS[k]
        iseven(k) && (coarse = coarse + s * GAUSS[k÷2])
    end
    I = whole * h
    e = norm(I - coarse * h)
    isfinite(e) || throw(DomainError(m, "integrand produced $e in the interval ($a, $b)"))
    (I, e)
end
"The integral of `f` from the first to the last of the points, which is broken at those between, and an estimate of its error."
function quadgk(f, points...; atol=nothing, rtol=nothing, maxevals=10^7, order=7, norm=norm, segbuf=nothing, eval_segbuf=nothing)
    any(isinf_real, points) && return with_limits(f, points; atol, rtol, maxevals, order, norm)
    over(f, points; atol, rtol, maxevals, norm)
end
function over(f, points; atol, rtol, maxevals, norm, order=7)
    ends = promote(map(float, points)...)
    adaptive(f, ends, atol === nothing ? 0.0 : atol, rtol === nothing ? (atol === nothing || iszero(atol) ? sqrt(eps(real(eltype(ends)))) : 0.0) : rtol, maxevals, norm)
end
isinf_real(x) = x isa Real && isinf(x)
function adaptive(f, ends, atol, rtol, maxevals, norm)
    parts = [(ends[k], ends[k+1]) for k in 1:length(ends)-1]
    results = [on_interval(f, a, b, norm) for (a, b) in parts]
    count = 15 * length(parts)
    while count < maxevals
        total, e = summed(results)
        (e <= atol || e <= rtol * norm(total)) && return (total, e)
        k = argmax(map(last, results))
        a, b = parts[k]
        m = (a + b) / 2
        (m == a || m == b) && break
        parts[k] = (a, m)
        results[k] = on_interval(f, a, m, norm)
        push!(parts, (m, b))
        push!(results, on_interval(f, m, b, norm))
        count += 30
    end
    summed(results)
end
function summed(results)
    total, e = results[1]
    for k in 2:length(results)
        total = total + results[k][1]
        e += results[k][2]
    end
    (total, e)
end
# `x = t / (1 - t^2)` takes the whole line to (-1, 1), and `x = a + t / (1 - t)` a half of it to (0, 1).
function with_limits(f, points; kws...)
    a, b = float(first(points)), float(last(points))
    if isinf(a) && isinf(b)
        whole(x) = isinf(x) ? copysign(1.0, x) : 2x / (1 + hypot(1, 2x))
        return over(t -> (w = 1 / (1 - t^2); f(t * w) * ((1 + t^2) * w * w)), map(whole, points); kws...)
    end
    from, sign = isinf(b) ? (a, b > 0 ? 1 : -1) : (b, a > 0 ? 1 : -1)
    half(x) = isinf(x) ? 1.0 : (u = (x - from) * sign; u / (1 + u))
    I, e = over(t -> (w = 1 / (1 - t); f(from + sign * t * w) * (w * w)), map(half, points); kws...)
    (I * sign, e)
end
"The same with `f!(y, x)` that writes its value."
quadgk!(f!, result, points...; kws...) = ((I, e) = quadgk(x -> (y = similar(result); f!(y, x); y), points...; kws...); (copyto!(result, I), e))
"With the number of calls of `f`; with each of them printed."
function quadgk_count(f, points...; kws...)
    count = 0
    I, e = quadgk(x -> (count += 1; f(x)), points...; kws...)
    (I, e, count)
end
quadgk_print(io::IO, f, points...; kws...) = quadgk_count(x -> (y = f(x); println(io, "f(", x, ") = ", y); y), points...; kws...)
quadgk_print(f, points...; kws...) = quadgk_print(stdout, f, points...; kws...)
"Nodes and weights of Gauss's rule with `n` points on `[-1, 1]`, or on `[a, b]`."
function gauss(n::Integer)
    xs, ws = zeros(n), zeros(n)
    for k in 1:n
        x = -cos(π * (k - 0.25) / (n + 0.5))
        d = 0.0
        for _ in 1:100
            p, q = 1.0, 0.0
            for j in 1:n
                p, q = ((2j - 1) * x * p - (j - 1) * q) / j, p
            end
            d = n * (x * p - q) / (x * x - 1)
            step = p / d
            x -= step
            abs(step) < 1.0e-15 && break
        end
        xs[k], ws[k] = x, 2 / ((1 - x * x) * d * d)
    end
    isodd(n) && (xs[n÷2+1] = 0.0)
    (xs, ws)
end
gauss(::Type{T}, n::Integer) where {T} = ((x, w) = gauss(n); (T.(x), T.(w)))
gauss(n::Integer, a::Real, b::Real) = ((x, w) = gauss(n); ((a + b) / 2 .+ (b - a) / 2 .* x, (b - a) / 2 .* w))
"Nodes below 1, weights, and Gauss's weights, for the rule with 7 points."
function kronrod(n::Integer)
    n == 7 || Base.__argument_error("only the rule of 7 and 15 points is there, not that of ", n)
    ([-x for x in NODES], [w for w in WEIGHTS], [w for w in GAUSS])
end
end
