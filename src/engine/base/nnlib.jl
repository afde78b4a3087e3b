# NNlib: what neural networks are made of: activation functions, softmax, convolution, pooling, products of batches.
module NNlib
using LinearAlgebra
import ..LogExpFunctions
import ..Zygote
import ..SpecialFunctions: erf
export sigmoid, σ, hardsigmoid, hardσ, hardtanh, relu, leakyrelu, relu6, rrelu, elu, gelu, gelu_tanh, gelu_erf, gelu_sigmoid, swish, hardswish, selu, celu, softplus,
    softsign, logsigmoid, logσ, logcosh, mish, tanhshrink, softshrink, trelu, thresholdrelu, lisht, tanh_fast, sigmoid_fast, softmax, softmax!, logsoftmax,
    logsumexp, glu, conv, DenseConvDims, depthwiseconv, maxpool, meanpool, lpnormpool, PoolDims, batched_mul, ⊠, batched_vec, batched_transpose, batched_adjoint,
    ∇conv_data, ∇conv_filter, dropout, dot_product_attention, make_causal_mask
public bias_act!

# Functions of this module, whatever their names mean elsewhere.
function softplus end
function softmax end
function softmax! end
function logsumexp end
function logcosh end
function dropout end

# Activation functions
"`1 / (1 + exp(-x))`, without overflow."
sigmoid(x) = x >= 0 ? inv(1 + exp(-x)) : (t = exp(x); t / (1 + t))
const σ = sigmoid
const sigmoid_fast = sigmoid
tanh_fast(x) = tanh(x)
"0 below 0, and `x` above. At 0 the derivatives are those of `abs` there: 0 by Zygote's rule for it, 1 by the others."
relu(x) = ifelse(x < 0, zero(x), abs(x + zero(x)))
leakyrelu(x, a=0.01) = ifelse(x > 0, float(x), oftype(float(x), a * x))
relu6(x) = clamp(relu(x), zero(x), oftype(x, 6))
rrelu(x, low=1/8, high=1/3) = leakyrelu(x, (low + high) / 2)
hardsigmoid(x) = clamp((x + 3) / 6, zero(float(x)), one(float(x)))
const hardσ = hardsigmoid
hardtanh(x) = clamp(x, oftype(x, -1), oftype(x, 1))
elu(x, α=1) = ifelse(x >= 0, float(x), oftype(float(x), α * expm1(min(x, zero(x)))))
"The smooth gate of Hendrycks and Gimpel: in the form with tanh, and with erf."
gelu_tanh(x) = x / 2 * (1 + tanh(oftype(float(x), 0.7978845608028654) * (x + oftype(float(x), 0.044715) * x^3)))
gelu_erf(x) = x / 2 * (1 + erf(x / oftype(float(x), sqrt(2.0))))
gelu_sigmoid(x) = x * sigmoid(oftype(float(x), 1.702) * x)
const gelu = gelu_tanh
swish(x) = x * sigmoid(x)
hardswish(x) = x * hardsigmoid(x)
lisht(x) = x * tanh(x)
selu(x) = oftype(float(x), 1.0507009873554805) * ifelse(x > 0, float(x), oftype(float(x), 1.6732632423543772) * expm1(min(x, zero(x))))
celu(x, α=1) = ifelse(x >= 0, float(x), oftype(float(x), α) * expm1(min(x, zero(x)) / oftype(float(x), α)))
trelu(x, θ=1) = ifelse(x <= θ, zero(x), x)
const thresholdrelu = trelu
softsign(x) = x / (1 + abs(x))
softplus(x) = x > 0 ? log1p(exp(-x)) + x : log1p(exp(x))
logsigmoid(x) = -softplus(-x)
const logσ = logsigmoid
logcosh(x) = x + softplus(-2 * x) - oftype(float(x), 0.6931471805599453)
mish(x) = x * tanh(softplus(x))
tanhshrink(x) = x - tanh(x)
softshrink(x, λ=0.5) = min(max(zero(float(x)), x - oftype(float(x), λ)), x + oftype(float(x), λ))

"Activation functions are of numbers."
of_numbers(f) = error("Use broadcasting (`$f.(x)`) to apply activation functions to arrays.")
sigmoid(::AbstractArray, _...) = of_numbers(sigmoid)
hardsigmoid(::AbstractArray, _...) = of_numbers(hardsigmoid)
hardtanh(::AbstractArray, _...) = of_numbers(hardtanh)
relu(::AbstractArray, _...) = of_numbers(relu)
leakyrelu(::AbstractArray, _...) = of_numbers(leakyrelu)
relu6(::AbstractArray, _...) = of_numbers(relu6)
rrelu(::AbstractArray, _...) = of_numbers(rrelu)
elu(::AbstractArray, _...) = of_numbers(elu)
gelu_tanh(::AbstractArray, _...) = of_numbers(gelu_tanh)
gelu_erf(::AbstractArray, _...) = of_numbers(gelu_erf)
gelu_sigmoid(::AbstractArray, _...) = of_numbers(gelu_sigmoid)
swish(::AbstractArray, _...) = of_numbers(swish)
hardswish(::AbstractArray, _...) = of_numbers(hardswish)
lisht(::AbstractArray, _...) = of_numbers(lisht)
selu(::AbstractArray, _...) = of_numbers(selu)
celu(::AbstractArray, _...) = of_numbers(celu)
trelu(::AbstractArray, _...) = of_numbers(trelu)
softsign(::AbstractArray, _...) = of_numbers(softsign)
softplus(::AbstractArray, _...) = of_numbers(softplus)
logsigmoid(::AbstractArray, _...) = of_numbers(logsigmoid)
logcosh(::AbstractArray, _...) = of_numbers(logcosh)
mish(::AbstractArray, _...) = of_numbers(mish)
tanhshrink(::AbstractArray, _...) = of_numbers(tanhshrink)
softshrink(::AbstractArray, _...) = of_numbers(softshrink)
tanh_fast(::AbstractArray, _...) = of_numbers(tanh_fast)

# Along a dimension
"The exponentials in proportion to their sum."
softmax(x::AbstractArray; dims=1) = (m = maximum(x; dims); e = exp.(above(x, m)); e ./ sum(e; dims))
"How far each number is from the largest: infinite ones among others are alone."
above(x, m) = all(y -> !(y isa Real) || y < Inf, m) ? x .- m : ifelse.(m .== Inf, ifelse.(x .== Inf, zero(m[1]), -m), x .- m)
softmax!(out::AbstractArray, x::AbstractArray=out; dims=1) = copyto!(out, softmax(x; dims))
logsoftmax(x::AbstractArray; dims=1) = (s = above(x, maximum(x; dims)); s .- log.(sum(exp.(s); dims)))
logsumexp(x::AbstractArray; dims=:) = dims === Colon() ? LogExpFunctions.logsumexp(x) : (m = maximum(x; dims); m .+ log.(sum(exp.(x .- m); dims)))
"The first half of a dimension, gated by the second."
function glu(x, dim=1)
    n = size(x, dim) ÷ 2
    selectdim(x, dim, 1:n) .* sigmoid.(selectdim(x, dim, n+1:2n))
end

# Convolution and pooling: two dimensions of space, then channels, then the batch; one dimension is a special case.
"The shape of a convolution, or of pooling windows."
struct DenseConvDims
    input::Tuple
    kernel::Tuple
    stride::Tuple
    pad::NTuple{4,Int64}
    dilation::Tuple
    flipped::Bool
    groups::Int64
end
DenseConvDims(x::AbstractArray, w::AbstractArray; stride=1, padding=0, pad=padding, dilation=1, flipkernel=false, flipped=flipkernel, groups=1) =
    DenseConvDims(size(x), size(w), pair(stride), sides(pad), pair(dilation), flipped, groups)
struct PoolDims
    window::Tuple
    stride::Tuple
    pad::NTuple{4,Int64}
end
PoolDims(x::AbstractArray, window; stride=window, padding=0, pad=padding, dilation=1) = PoolDims(pair(window), pair(stride), sides(pad))
pair(n::Integer) = (n, n)
pair(t::Tuple{Integer}) = (t[1], 1)
pair(t::Tuple{Integer,Integer}) = t
sides(n::Integer) = (n, n, n, n)
sides(t::Tuple{Integer}) = (t[1], t[1], 0, 0)
sides(t::Tuple{Integer,Integer}) = (t[1], t[1], t[2], t[2])
sides(t::NTuple{4,Integer}) = t
"Convolution of `x` (space, channels, batch) with the kernels `w` (space, channels in, channels out)."
conv(x::AbstractArray, w::AbstractArray; stride=1, pad=0, dilation=1, flipped=false, groups=1) = conv(x, w, ndims(x) == 3 ?
    DenseConvDims(size(x), size(w), (pair(stride)[1], 1), (sides(pad)[1], sides(pad)[2], 0, 0), (pair(dilation)[1], 1), flipped, groups) : DenseConvDims(x, w; stride, pad, dilation, flipped, groups))
function conv(x::AbstractArray{<:Any,3}, w::AbstractArray{<:Any,3}, d::DenseConvDims)
    flat = DenseConvDims(size(x), size(w), (d.stride[1], 1), (d.pad[1], d.pad[2], 0, 0), (d.dilation[1], 1), d.flipped, d.groups)
    y = conv(reshape(x, size(x, 1), 1, size(x, 2), size(x, 3)), reshape(w, size(w, 1), 1, size(w, 2), size(w, 3)), flat)
    reshape(y, size(y, 1), size(y, 3), size(y, 4))
end
reached(n, k, low, high, step, dilation) = (n + low + high - (dilation * (k - 1) + 1)) ÷ step + 1
function conv(x::AbstractArray{<:Any,4}, w::AbstractArray{<:Any,4}, d::DenseConvDims)
    m, n, channels, batch = size(x)
    p, q, depth, out = size(w)
    channels == depth * d.groups || throw(DimensionMismatch("Input channels must match! ($channels vs. $(depth * d.groups))"))
    (s, t), (a, b) = d.stride, d.dilation
    rows, columns = reached(m, p, d.pad[1], d.pad[2], s, a), reached(n, q, d.pad[3], d.pad[4], t, b)
    y = zeros(promote_type(eltype(x), eltype(w)), rows, columns, out, batch)
    share = out ÷ d.groups
    for e in 1:batch, o in 1:out
        from = (o - 1) ÷ share * depth
        for c in 1:depth, l in 1:q, k in 1:p
            v = w[d.flipped ? k : p + 1 - k, d.flipped ? l : q + 1 - l, c, o]
            for j in 1:columns
                jx = (j - 1) * t + (l - 1) * b + 1 - d.pad[3]
                1 <= jx <= n || continue
                for i in 1:rows
                    ix = (i - 1) * s + (k - 1) * a + 1 - d.pad[1]
                    1 <= ix <= m && (y[i, j, o, e] += v * x[ix, jx, c + from, e])
                end
            end
        end
    end
    y
end
"The adjoints of the input and of the kernels, from that of the result."
∇conv_data(dy::AbstractArray, w::AbstractArray, d::DenseConvDims) = Zygote.pullback(x -> conv(x, w, d), zeros(eltype(dy), d.input))[2](dy)[1]
∇conv_filter(x::AbstractArray, dy::AbstractArray, d::DenseConvDims) = Zygote.pullback(w -> conv(x, w, d), zeros(eltype(dy), d.kernel))[2](dy)[1]
"Each channel with kernels of its own."
function depthwiseconv(x::AbstractArray{<:Any,4}, w::AbstractArray{<:Any,4}; kws...)
    p, q, k, c = size(w)
    conv(x, reshape(w, p, q, 1, k * c); groups=c, kws...)
end
pooled(f, x::AbstractArray{<:Any,3}, d) = (y = pooled(f, reshape(x, size(x, 1), 1, size(x, 2), size(x, 3)), PoolDims((d.window[1], 1), (d.stride[1], 1), (d.pad[1], d.pad[2], 0, 0)));
    reshape(y, size(y, 1), size(y, 3), size(y, 4)))
function pooled(f, x::AbstractArray{<:Any,4}, d)
    m, n, channels, batch = size(x)
    (p, q), (s, t) = d.window, d.stride
    rows, columns = reached(m, p, d.pad[1], d.pad[2], s, 1), reached(n, q, d.pad[3], d.pad[4], t, 1)
    y = zeros(float(eltype(x)), rows, columns, channels, batch)
    for e in 1:batch, c in 1:channels, j in 1:columns, i in 1:rows
        i0, j0 = (i - 1) * s - d.pad[1], (j - 1) * t - d.pad[3]
        y[i, j, c, e] = f(x, max(i0 + 1, 1):min(i0 + p, m), max(j0 + 1, 1):min(j0 + q, n), c, e, p * q)
    end
    y
end
function largest(x, rows, columns, c, e, n)
    best = x[rows[1], columns[1], c, e]
    for j in columns, i in rows
        x[i, j, c, e] > best && (best = x[i, j, c, e])
    end
    best
end
function average(x, rows, columns, c, e, n)
    s = zero(eltype(x))
    for j in columns, i in rows
        s += x[i, j, c, e]
    end
    s / n
end
"The largest, and the mean, of each window."
maxpool(x::AbstractArray, d::PoolDims) = pooled(largest, x, d)
meanpool(x::AbstractArray, d::PoolDims) = pooled(average, x, d)
maxpool(x::AbstractArray, window; pad=0, stride=window) = maxpool(x, PoolDims(x, window; pad, stride))
meanpool(x::AbstractArray, window; pad=0, stride=window) = meanpool(x, PoolDims(x, window; pad, stride))
lpnormpool(x::AbstractArray, p, window; pad=0, stride=window) = (meanpool(abs.(x) .^ p, window; pad, stride) .* prod(pair(window))) .^ (1 / p)

# Batches along the third dimension
"Products of the matrices of two stacks."
function batched_mul(a::AbstractArray{<:Any,3}, b::AbstractArray{<:Any,3})
    n = max(size(a, 3), size(b, 3))
    stack([a[:, :, size(a, 3) == 1 ? 1 : k] * b[:, :, size(b, 3) == 1 ? 1 : k] for k in 1:n])
end
batched_mul(a::AbstractMatrix, b::AbstractArray{<:Any,3}) = batched_mul(reshape(a, size(a, 1), size(a, 2), 1), b)
batched_mul(a::AbstractArray{<:Any,3}, b::AbstractMatrix) = batched_mul(a, reshape(b, size(b, 1), size(b, 2), 1))
const ⊠ = batched_mul
batched_transpose(a::AbstractArray{<:Any,3}) = permutedims(a, (2, 1, 3))
batched_adjoint(a::AbstractArray{<:Any,3}) = conj(permutedims(a, (2, 1, 3)))
batched_vec(a::AbstractArray{<:Any,3}, b::AbstractMatrix) = (y = batched_mul(a, reshape(b, size(b, 1), 1, size(b, 2))); reshape(y, size(y, 1), size(y, 3)))

# Attention and dropout
"An activation of `x` with a bias, into `x` where it has room."
bias_act!(σ, x::AbstractArray, b) = x .= σ.(x .+ b)
bias_act!(σ, x::AbstractArray, b::Bool) = b ? error("bias=true is not accepted; layer constructors should guarantee this") : (x .= σ.(x))
dropout(x::AbstractArray, p::Real; dims=:) = p == 0 ? x : x .* (rand(size(x)...) .> p) ./ (1 - p)

"Scaled products of queries and keys choose among values; the first dimension is split among the heads."
function dot_product_attention(q::AbstractArray{<:Any,3}, k::AbstractArray{<:Any,3}, v::AbstractArray{<:Any,3}, bias=nothing; nheads=1, mask=nothing, fdrop=identity)
    parts = [one_attention(q[:, :, b], k[:, :, b], v[:, :, b], bias, nheads, mask) for b in 1:size(q, 3)]
    (stack(map(first, parts)), stack(map(last, parts)))
end
function one_attention(q, k, v, bias, nheads, mask)
    w, u = size(q, 1) ÷ nheads, size(v, 1) ÷ nheads
    weights = map(1:nheads) do h
        r = (h-1)*w+1:h*w
        s = transpose(k[r, :]) * q[r, :] ./ sqrt(w)
        bias === nothing || (s = s .+ bias)
        softmax(mask === nothing ? s : ifelse.(mask, s, oftype(s[1], -Inf)))
    end
    (reduce(vcat, [v[(h-1)*u+1:h*u, :] * weights[h] for h in 1:nheads]), stack(weights))
end
make_causal_mask(x::AbstractArray; dims=2) = [i <= j for i in 1:size(x, dims), j in 1:size(x, dims)]
end
