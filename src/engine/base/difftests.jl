# DiffTests: functions of every shape, for tests of differentiation.
module DiffTests

public NUMBER_TO_NUMBER_FUNCS, NUMBER_TO_ARRAY_FUNCS, INPLACE_NUMBER_TO_ARRAY_FUNCS, VECTOR_TO_NUMBER_FUNCS, MATRIX_TO_NUMBER_FUNCS, TERNARY_MATRIX_TO_NUMBER_FUNCS,
    ARRAY_TO_ARRAY_FUNCS, INPLACE_ARRAY_TO_ARRAY_FUNCS, MATRIX_TO_MATRIX_FUNCS, BINARY_MATRIX_TO_MATRIX_FUNCS, VECTOR_TO_MATRIX_FUNCS
using LinearAlgebra
# Numbers to numbers and arrays
num2num_1(x) = sin(x)^2 / cos(x)^2
num2num_2(x) = 2 * x + sqrt(x * x * x)
num2num_3(x) = 10.31^(x + x) - x
num2num_4(x) = one(x)
num2num_5(x) = 1 / (1 + exp(-x))
const NUMBER_TO_NUMBER_FUNCS = (num2num_1, num2num_2, num2num_3, num2num_4, num2num_5, identity)
function num2arr_1(x)
    y = sin(x)
    [y * k for k in 1:4]
end
num2arr_2(x) = [x x^2; x^3 sqrt(x)]
const NUMBER_TO_ARRAY_FUNCS = (num2arr_1, num2arr_2)
function num2arr_1!(y, x)
    fill!(y, zero(x))
    for i in 2:length(y)
        y[i] = (sin(x) + y[i-1])^2
    end
end
const INPLACE_NUMBER_TO_ARRAY_FUNCS = (num2arr_1!,)
# Vectors to numbers
vec2num_1(x) = (exp(x[1]) + log(x[3]) * x[4]) / x[5]
vec2num_2(x) = x[1] * x[2] + sin(x[1])
vec2num_3(x) = norm(x' .* x, 1)
vec2num_4(x) = (sum(x) + prod(x)) * one(eltype(x))
vec2num_5(x) = sum(sqrt.(abs2.(x)))
vec2num_6(x) = sum((-x) .^ 3)
vec2num_7(x) = sum([ifelse(v > 0, v, 0) for v in x])
vec2num_8(x) = sum(map(y -> x[1] * y, x))
function rosenbrock_1(x)
    a, b = one(eltype(x)), 100 * one(eltype(x))
    s = zero(eltype(x))
    for i in 1:length(x)-1
        s += (a - x[i])^2 + b * (x[i+1] - x[i]^2)^2
    end
    s
end
rosenbrock_2(x) = sum((1 .- x[1:end-1]) .^ 2 .+ 100 .* (x[2:end] .- x[1:end-1] .^ 2) .^ 2)
rosenbrock_3(x) = sum(map((i, j) -> (1 - j)^2 + 100 * (i - j^2)^2, x[2:end], x[1:end-1]))
rosenbrock_4(x) = sum(broadcast((i, j) -> (1 - j)^2 + 100 * (i - j^2)^2, x[2:end], x[1:end-1]))
function ackley(x)
    a, b, c = 20.0, -0.2, 2π
    n = length(x)
    s, t = zero(eltype(x)), zero(eltype(x))
    for v in x
        s += v^2
        t += cos(c * v)
    end
    -a * exp(b * sqrt(s / n)) - exp(t / n) + a + ℯ
end
self_weighted_logit(x) = inv(1 + exp(-dot(x, x)))
nested_array_mul(x) = sum(sum(x[1] * [[x[2], x[3]]]))
const VECTOR_TO_NUMBER_FUNCS = (vec2num_1, vec2num_2, vec2num_3, vec2num_4, vec2num_5, vec2num_6, vec2num_7, vec2num_8, rosenbrock_1, rosenbrock_2, rosenbrock_3, rosenbrock_4,
    ackley, self_weighted_logit, first)
# Matrices to numbers
mat2num_1(x) = det(first(x) * inv(x * x) + x)
mat2num_2(x) = tr(log.((1 .+ x * x) .^ 2) .+ x)
mat2num_3(x) = sum(x .^ 2)
mat2num_4(x) = mean_of(x * x')
mean_of(x) = sum(x) / length(x)
softmax_of(x) = (e = exp.(x); e ./ sum(e))
const MATRIX_TO_NUMBER_FUNCS = (det, mat2num_1, mat2num_2, mat2num_3, mat2num_4)
const BINARY_MATRIX_TO_MATRIX_FUNCS = (+, -, *, /, \, (a, b) -> a .+ b, (a, b) -> a .* b, (a, b) -> a ./ b)
const TERNARY_MATRIX_TO_NUMBER_FUNCS = ((a, b, c) -> sum(a * b + c), (a, b, c) -> sum(abs2, a * b .* c))
# Arrays to arrays
arr2arr_1(x) = (sum(x .* x); fill(zero(eltype(x)), size(x)))
arr2arr_2(x) = x[1, :] .+ x[1, :] .* first(x)
chebyquad(x) = (y = similar(x); chebyquad!(y, x); y)
function chebyquad!(y, x)
    n = length(x)
    for i in 1:n
        y[i] = zero(eltype(x))
    end
    for j in 1:n
        p, q = one(eltype(x)), 2 * x[j] - 1
        w = 2q
        for i in 1:n
            y[i] += q
            p, q = q, w * q - p
        end
    end
    odd = true
    for i in 1:n
        y[i] /= n
        odd = !odd
        odd && (y[i] += 1 / (i^2 - 1))
    end
    nothing
end
function brown_almost_linear!(y, x)
    s = sum(x) - (length(x) + 1)
    for i in 1:length(x)-1
        y[i] = x[i] + s
    end
    y[end] = prod(x) - 1
    nothing
end
function trigonometric!(y, x)
    for i in eachindex(x)
        y[i] = length(x) - sum(cos, x) + i * (1 - cos(x[i])) - sin(x[i])
    end
    nothing
end
brown_almost_linear(x) = (y = similar(x); brown_almost_linear!(y, x); y)
trigonometric(x) = (y = similar(x); trigonometric!(y, x); y)
mutation_test_1(x) = (y = zero(x); for i in eachindex(x); y[i] = x[i] * (i > 1 ? x[i-1] : x[i]); end; y)
mutation_test_1!(y, x) = (y .= mutation_test_1(x); nothing)
const ARRAY_TO_ARRAY_FUNCS = (-, chebyquad, brown_almost_linear, trigonometric, mutation_test_1, identity)
const INPLACE_ARRAY_TO_ARRAY_FUNCS = (chebyquad!, brown_almost_linear!, trigonometric!, mutation_test_1!)
const MATRIX_TO_MATRIX_FUNCS = (inv, x -> x * x, transpose)
const VECTOR_TO_MATRIX_FUNCS = (x -> x * x', x -> hcat(x, 2x))
end
