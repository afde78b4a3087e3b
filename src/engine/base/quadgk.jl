# QuadGK: integrals by the rules of Gauss and Kronrod, intervals halved where the two disagree most.
module QuadGK
using LinearAlgebra
export quadgk, quadgk!, quadgk_count, quadgk_print, quadgk_segbuf, alloc_segbuf, BatchIntegrand, gauss, kronrod

"Nodes of the rule with 15 points in (0, 1], its weights, and those of the 7 points that it contains."
const NODES = (0.9914553711208126, 0.9491079123427585, 0.8648644233597691, 0.7415311855993945, 0.5860872354676911, 0.4058451513773972, 0.20778495500789848, 0.0)
const WEIGHTS = (0.022935322010529224, 0.06309209262997856, 0.10479001032225019, 0.14065325971552592, 0.1690047266392679, 0.19035057806478542, 0.20443294007529889, 0.20948214108472782)
const GAUSS = (0.1294849661688697, 0.27970539148927664, 0.3818300505051189, 0.4179591836734694)

const SEVEN = (NODES, WEIGHTS, GAUSS)
rule(order) = order == 7 ? SEVEN : rule_of(order)
rule_of(order) = ((x, w, g) = kronrod(order); (-x, w, g))
"A number of the rule among those of the interval: Float32 stays what it is."
near(h, x) = x
near(h::Union{Float32,Complex{Float32}}, x) = Float32(x)

"The integral of `f` over `[a, b]`, and how far the two rules are apart."
function on_interval(f, a, b, norm, (nodes, weights, gauss))
    n = length(nodes)
    m, h = (a + b) / 2, (b - a) / 2
    y = f(m)
    whole, coarse = y * near(h, weights[n]), y * (isodd(n) ? zero(near(h, weights[n])) : near(h, gauss[n÷2]))
    for k in 1:n-1
        x = h * near(h, nodes[k])
        s = f(m - x) + f(m + x)
        whole = whole + s * near(h, weights[k])
        iseven(k) && (coarse = coarse + s * near(h, gauss[k÷2]))
    end
    I = whole * h
    e = norm(I - coarse * h)
    isfinite(e) || throw(DomainError(m, "integrand produced $e in the interval ($a, $b)"))
    (I, e)
end
"""
The integral of `f` from the first to the last of the points, which is broken at those between, and an estimate of its error.
"""
function quadgk(f, a, b, more...; atol=nothing, rtol=nothing, maxevals=10^7, order=7, norm=norm, segbuf=nothing, eval_segbuf=nothing)
    points = (a, b, more...)
    any(isinf_real, points) && return with_limits(f, points; atol, rtol, maxevals, norm, order)
    over(f, points; atol, rtol, maxevals, norm, order)
end
over(f, points; options...) = ((parts, results) = parts_over(f, points; options...); summed(results))
function parts_over(f, points; atol, rtol, maxevals, norm, order)
    ends = promote(map(float, points)...)
    adaptive(f, ends, atol === nothing ? 0.0 : atol, rtol === nothing ? (atol === nothing || iszero(atol) ? sqrt(eps(real(eltype(ends)))) : 0.0) : rtol, maxevals, norm, rule(order))
end
isinf_real(x) = x isa Real && isinf(x)
function adaptive(f, ends, atol, rtol, maxevals, norm, rule)
    parts = [(ends[k], ends[k+1]) for k in 1:length(ends)-1]
    results = [on_interval(f, a, b, norm, rule) for (a, b) in parts]
    for k in length(parts)÷2:-1:1
        sink!(parts, results, k)
    end
    calls = 2 * length(rule[1]) - 1
    count = calls * length(parts)
    total, e = summed(results)
    while count < maxevals && !(e <= atol || e <= rtol * norm(total))
        (a, b), (I, worst) = parts[1], results[1]
        m = (a + b) / 2
        (m == a || m == b) && break
        left, right = on_interval(f, a, m, norm, rule), on_interval(f, m, b, norm, rule)
        total = (total - I) + left[1] + right[1]
        e = (e - worst) + left[2] + right[2]
        parts[1], results[1] = (a, m), left
        sink!(parts, results, 1)
        push!(parts, (m, b))
        push!(results, right)
        rise!(parts, results, length(parts))
        count += 2 * calls
    end
    (parts, results)
end
"Of the intervals as a heap, the one with the largest error comes first."
function sink!(parts, results, k)
    n = length(parts)
    while 2k <= n
        c = 2k < n && results[2k+1][2] > results[2k][2] ? 2k + 1 : 2k
        results[c][2] > results[k][2] || break
        swap!(parts, results, c, k)
        k = c
    end
end
function rise!(parts, results, k)
    while k > 1 && results[k][2] > results[k÷2][2]
        swap!(parts, results, k, k ÷ 2)
        k ÷= 2
    end
end
function swap!(parts, results, j, k)
    parts[j], parts[k] = parts[k], parts[j]
    results[j], results[k] = results[k], results[j]
end
function summed(results)
    total, e = results[1]
    for k in 2:length(results)
        total = total + results[k][1]
        e += results[k][2]
    end
    (total, e)
end
"An interval, with its integral and error."
struct Segment{X,I,E}
    a::X
    b::X
    I::I
    E::E
end
"With the intervals that the integral was summed over; memory for them, which nobody needs here."
function quadgk_segbuf(f, points...; atol=nothing, rtol=nothing, maxevals=10^7, order=7, norm=norm)
    parts, results = parts_over(f, points; atol, rtol, maxevals, norm, order)
    (summed(results)..., [Segment(p[1], p[2], r[1], r[2]) for (p, r) in zip(parts, results)])
end
alloc_segbuf(types...; size=1) = Segment[]
"A function `f!(y, x)` of many points at once."
struct BatchIntegrand{Y,F}
    f!::F
end
BatchIntegrand{Y}(f!; max_batch=typemax(Int)) where {Y} = BatchIntegrand{Y,typeof(f!)}(f!)
BatchIntegrand(f!, y::AbstractVector{Y}, x=nothing; max_batch=typemax(Int)) where {Y} = BatchIntegrand{Y}(f!)
BatchIntegrand(f!, ::Type{Y}, X=nothing; max_batch=typemax(Int)) where {Y} = BatchIntegrand{Y}(f!)
(b::BatchIntegrand{Y})(x) where {Y} = (y = Vector{Y}(undef, 1); b.f!(y, [x]); y[1])
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
"The same of a Jacobi matrix and the integral of 1; of a weight function on `[a, b]`, by the recurrence of its polynomials."
function gauss(J::SymTridiagonal, unitintegral::Real=1)
    E = eigen(J)
    (E.values, unitintegral .* abs2.(E.vectors[1, :]))
end
function gauss(W, n::Integer, a::Real, b::Real; rtol=sqrt(eps()), quad=quadgk)
    α, β = zeros(n), zeros(n)
    unit = quad(W, a, b; rtol)[1]
    last = unit
    for k in 1:n
        p(x) = (u = v = zero(x); v = one(x); for i in 1:k-1; u, v = v, (x - α[i]) * v - β[i] * u; end; v)
        square = k == 1 ? unit : quad(x -> W(x) * p(x)^2, a, b; rtol)[1]
        α[k] = quad(x -> x * W(x) * p(x)^2, a, b; rtol, atol=rtol * square * max(abs(a), abs(b)))[1] / square
        k > 1 && (β[k] = square / last)
        last = square
    end
    gauss(SymTridiagonal(α, sqrt.(β[2:n])), unit)
end
"""
The nodes up to 0 of the rule with `2n + 1` points that contains that of Gauss with `n`, its weights, and Gauss's weights: by the coefficients of Laurie's
recurrence, as Gautschi writes it. With an interval, all nodes in it.
"""
function kronrod(n::Integer)
    n >= 1 || Base.__argument_error("Kronrod rules require positive order")
    n == 7 && return ([-x for x in NODES], [w for w in WEIGHTS], [w for w in GAUSS])
    E = eigen(SymTridiagonal(zeros(2n + 1), sqrt.(kronrod_coefficients(n)[2:2n+1])))
    x, w = E.values[1:n+1], 2 .* abs2.(E.vectors[1, 1:n+1])
    x[n+1] = 0.0
    (x, w, gauss(n)[2][1:cld(n, 2)])
end
function kronrod_coefficients(n)
    b = zeros(2n + 1)
    b[1] = 2.0
    for k in 1:cld(3n, 2)
        b[k+1] = k^2 / (4k^2 - 1)
    end
    s, t = zeros(n ÷ 2 + 2), zeros(n ÷ 2 + 2)
    t[2] = b[n+2]
    for m in 0:n-2
        u = 0.0
        for k in (m+1)÷2:-1:0
            u += b[k+n+2] * s[k+1] - b[m-k+1] * s[k+2]
            s[k+2] = u
        end
        s, t = t, s
    end
    for j in n÷2:-1:0
        s[j+2] = s[j+1]
    end
    for m in n-1:2n-3
        u, j = 0.0, 0
        for k in m+1-n:(m-1)÷2
            j = n - 1 - m + k
            u += b[m-k+1] * s[j+3] - b[k+n+2] * s[j+2]
            s[j+2] = u
        end
        isodd(m) && (b[(m+1)÷2+n+2] = s[j+2] / s[j+3])
        s, t = t, s
    end
    b
end
kronrod(::Type{T}, n::Integer) where {T} = map(v -> T.(v), kronrod(n))
function kronrod(n::Integer, a::Real, b::Real)
    x, w, g = kronrod(n)
    mirrored(v, skip) = [v; reverse(v[1:end-skip])]
    ((a + b) / 2 .+ (b - a) / 2 .* [x; -reverse(x[1:end-1])], (b - a) / 2 .* mirrored(w, 1), (b - a) / 2 .* mirrored(g, isodd(n) ? 1 : 0))
end
end
