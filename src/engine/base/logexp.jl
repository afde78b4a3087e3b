# LogExpFunctions: logarithms and exponentials that keep their precision.
module LogExpFunctions

export xlogx, xlogy, xlog1py, xexpx, xexpy, logistic, logit, logcosh, logabssinh, log1psq, log1pexp, softplus, invsoftplus, log1mexp, log2mexp,
    logexpm1, log1pmx, logmxp1, logaddexp, logsubexp, logsumexp, logsumexp!, softmax, softmax!, cloglog, cexpexp, loglogistic, logitexp, log1mlogistic, logit1mexp

"`x log x`, 0 at 0."
xlogx(x::Number) = iszero(x) ? zero(x * log(one(x))) : x * log(x)
# A factor of zero has its derivative, but for an infinite logarithm.
"`x log y`, 0 where x is 0."
xlogy(x::Number, y::Number) = iszero(x) && !isnan(y) ? at_zero(x, y, log) : x * log(y)
xlog1py(x::Number, y::Number) = iszero(x) && !isnan(y) ? at_zero(x, y, log1p) : x * log1p(y)
at_zero(x, y, f) = (l = f(y); isfinite(l) ? x * l + zero(x * l) : zero(x * f(one(y))))
xexpx(x::Real) = x == -Inf ? zero(exp(x)) : x * exp(x)
xexpy(x::Real, y::Real) = y == -Inf ? zero(x * exp(zero(y))) : iszero(x) && !isnan(y) ? at_zero(x, y, exp) : x * exp(y)
"`1 / (1 + exp(-x))`."
logistic(x::Real) = x >= 0 ? inv(1 + exp(-x)) : (e = exp(x); e / (1 + e))
logit(x::Real) = log(x / (1 - x))
logcosh(x::Real) = (a = abs(x); a + log1pexp(-2 * a) - log(oftype(float(x), 2)))
logabssinh(x::Real) = (a = abs(x); a + log1mexp(-2 * a) - log(oftype(float(x), 2)))
log1psq(x::Real) = (a = abs(x); a < 1.0e8 ? log1p(a * a) : 2 * log(a))
"`log(1 + exp(x))`."
log1pexp(x::Real) = x > 0 ? x + log1p(exp(-x)) : log1p(exp(x))
const softplus = log1pexp
"`log(1 - exp(x))`."
log1mexp(x::Real) = x < -0.6931471805599453 ? log1p(-exp(x)) : log(-expm1(x))
log2mexp(x::Real) = log1p(-expm1(x))
"`log(exp(x) - 1)`."
logexpm1(x::Real) = x > 18 ? x + log1p(-exp(-x)) : log(expm1(x))
const invsoftplus = logexpm1
"`log(1 + x) - x`: about 0 by the series of atanh, for r = x / (2 + x) has 2r - x = -r x."
function log1pmx(x::Real)
    abs(x) < 0.6 || return log1p(x) - x
    r = x / (2 + x)
    y = r * r
    s = zero(y)
    for k in 22:-1:0
        s = s * y + 1 / oftype(y, 2 * k + 3)
    end
    r * (2 * y * s - x)
end
logmxp1(x::Real) = x < 0.4 ? log(x) + 1 - x : log1pmx(x - 1)
cloglog(x) = log(-log1p(-x))
cexpexp(x) = -expm1(-exp(x))
loglogistic(x::Real) = -log1pexp(-float(x))
log1mlogistic(x::Real) = -log1pexp(x)
logitexp(x::Real) = x - log1mexp(x)
logit1mexp(x::Real) = log1mexp(x) - x
"`log(exp(x) + exp(y))`."
logaddexp(x::Real, y::Real) = x <= y && y <= x ? (x + y) / 2 + log(oftype(float(x), 2)) : max(x, y) + log1pexp(-abs(x - y))
# Of twice -Inf, nothing is left; of twice Inf, it is not known what.
logsubexp(x::Real, y::Real) = max(x, y) + log1mexp(x == y && x < Inf ? zero(x - y) : -abs(x - y))
"`log(sum(exp, xs))`, of all elements or along `dims`."
logsumexp(xs; dims = :) = logsumexp_along(xs, dims)
logsumexp(xs::Number...) = logsumexp_along(collect(xs), :)
function logsumexp_along(xs, ::Colon)
    v = collect(xs)
    isempty(v) && return eltype(v) <: Number ? oftype(log(zero(eltype(v))), -Inf) : -Inf
    m = largest(v, :)
    isfinite(m) ? m + log(sum(x -> exp(x - m), v)) : log(sum(exp, v))
end
function logsumexp_along(xs::AbstractArray, dims::Union{Integer,Tuple})
    m = largest(xs, dims)
    # What is infinite is not subtracted from itself.
    all(isfinite, m) || (m = ifelse.(isfinite.(m), m, zero(eltype(m))))
    m .+ log.(sum(exp.(xs .- m); dims=dims))
end
largest(xs, dims) = maximum(xs; dims=dims)
largest(xs::AbstractArray{<:Complex}, dims) = maximum(real, xs; dims=dims)
logsumexp!(out, xs::AbstractArray) = (size(out) == size(xs) ? copyto!(out, xs) : copyto!(out, logsumexp(xs; dims=Tuple(d for d in 1:ndims(xs) if size(out, d) == 1))))
"`exp.(xs) ./ sum(exp.(xs))`, of all elements or along `dims`."
softmax(xs::AbstractArray; dims = :) = softmax_along(xs, dims)
function softmax_along(xs, dims)
    m = dims === (:) ? maximum(xs) : maximum(xs; dims=dims)
    e = exp.(xs .- m)
    e ./ (dims === (:) ? sum(e) : sum(e; dims=dims))
end
softmax!(xs::AbstractArray) = copyto!(xs, softmax(xs))
softmax!(out::AbstractArray, xs::AbstractArray; dims = :) = copyto!(out, softmax_along(xs, dims))

end
