/**
 * The differentiable functions of Base, LinearAlgebra and Statistics, one a line, for `derivatives.test.ts`: the function, and what
 * random inputs it gets. A new function is one row.
 */

/** Functions of one number: `function  lowest highest`, the ends of where its inputs are taken from. */
export const ofOneNumber = `
sin            -3 3
cos            -3 3
tan            -1.4 1.4
sec            -1.4 1.4
csc            0.3 2.8
cot            0.3 2.8
asin           -0.9 0.9
acos           -0.9 0.9
atan           -3 3
asec           1.2 4
acsc           1.2 4
acot           0.2 4
sinh           -2 2
cosh           -2 2
tanh           -2 2
sech           -2 2
csch           0.3 2
coth           0.3 2
asinh          -3 3
acosh          1.2 4
atanh          -0.9 0.9
asech          0.1 0.9
acsch          0.3 3
acoth          1.2 4
sinpi          -1.3 1.3
cospi          -1.3 1.3
tanpi          -0.4 0.4
sinc           0.2 2
cosc           0.2 2
sind           -80 80
cosd           -80 80
tand           -70 70
secd           -70 70
cscd           10 80
cotd           10 80
asind          -0.9 0.9
acosd          -0.9 0.9
atand          -3 3
deg2rad        -90 90
rad2deg        -2 2
exp            -2 2
exp2           -2 2
exp10          -1 1
expm1          -2 2
log            0.2 5
log2           0.2 5
log10          0.2 5
log1p          -0.7 4
sqrt           0.2 5
cbrt           0.2 5
inv            0.3 4
abs            0.2 3
abs            -3 -0.2
abs2           -3 3
sign           0.2 3
float          -3 3
identity       -3 3
one            -3 3
zero           -3 3
oneunit        -3 3
-              -3 3
+              -3 3
conj           -3 3
real           -3 3
adjoint        -3 3
transpose      -3 3
x -> x^2       -3 3
x -> x^3       -3 3
x -> x^0       -3 3
x -> x^1       -3 3
x -> x^-1      0.3 3
x -> x^-3      0.3 3
x -> x^7       -2 2
x -> x^0.5     0.3 3
x -> x^-1.5    0.3 3
x -> 2^x       -2 2
x -> 0.5^x     -2 2
x -> x^x       0.3 3
x -> 2x^2 - 3x -3 3
x -> 1 / x     0.3 3
x -> 2 \\ x    -3 3
x -> mod(x, 0.7)   0.1 0.6
x -> rem(x, 0.7)   -0.6 -0.1
x -> mod2pi(x)     0.2 6
x -> rem2pi(x, RoundNearest)  -3 3
x -> modf(x)[1]    1.1 1.9
x -> modf(x)[2]    1.1 1.9
x -> floor(x) * x  1.1 1.9
x -> ceil(x) * x   1.1 1.9
x -> round(x) * x  1.6 2.4
x -> trunc(x) * x  -1.9 -1.1
x -> x - trunc(Int, x)  1.1 1.9
x -> clamp(x, -1, 1)    -0.9 0.9
x -> clamp(x, -1, 1)    1.1 2
x -> max(x, 0)     0.1 2
x -> max(x, 0)     -2 -0.1
x -> min(x, 1, 2x) 1.2 3
x -> minmax(x, 1)[2] * x    1.2 3
x -> ifelse(x > 0, x^2, x)  0.1 2
x -> copysign(x, -1)        0.1 2
x -> flipsign(x, -2)        0.1 2
x -> hypot(x, 1)            -2 2
x -> hypot(x, 1, 2x)        0.1 2
x -> ldexp(x, 3)            0.1 2
x -> evalpoly(x, (1.0, 2.0, 3.0))   -2 2
x -> evalpoly(x, [1.0, 2.0, 3.0])   -2 2
x -> muladd(x, x, 1)        -2 2
x -> fma(x, 2.0, x)         -2 2
x -> sum(sincos(x))         -2 2
x -> sum(sincospi(x))       -2 2
x -> log(2, x)              0.3 3
x -> log(x, 3)              1.3 3
x -> cis(x)                 -2 2
x -> cispi(x)               -2 2
x -> Float64(x)             -2 2
x -> convert(Float64, x)    -2 2
x -> oftype(1.0, x)         -2 2
x -> sum(promote(x, 1))     -2 2
x -> sum(sincosd(x))        -80 80
x -> first((x, 1)) * last((1, x))   -2 2
x -> x |> sin |> exp        -2 2
x -> reduce(*, (x, x, 2x))  -2 2
x -> foldl(-, (x, 2, x^2))  -2 2
x -> sum(k -> x^k / factorial(k), 0:6)      -2 2
x -> prod(k -> x + k, 1:4)  -2 2
x -> binomial(5, 2) * x     -2 2
x -> norm(x)                0.2 3
x -> dot(x, x)              -2 2
x -> tr(x)                  -2 2
x -> det(x)                 -2 2
x -> middle(x)              -2 2
x -> mean((x, 2x, x^2))     -2 2
x -> getindex(Ref(x^2))     -2 2
x -> only([x^2])            -2 2
`

/** Functions of two numbers: `function  lowest highest  lowest highest`. */
export const ofTwoNumbers = `
+              -3 3  -3 3
-              -3 3  -3 3
*              -3 3  -3 3
/              -3 3  0.3 3
\\             0.3 3  -3 3
^              0.3 3  -2 2
atan           0.3 2  -2 2
atan           -2 2  0.3 2
hypot          0.3 2  0.3 2
max            1 2  -1 0.5
max            -1 0.5  1 2
min            1 2  -1 0.5
mod            2.1 2.5  0.9 1.1
rem            2.1 2.5  0.9 1.1
copysign       0.3 2  0.3 2
copysign       0.3 2  -2 -0.3
flipsign       0.3 2  -2 -0.3
log            1.5 3  0.3 3
complex        -2 2  -2 2
Complex        -2 2  -2 2
atand          0.3 2  0.3 2
middle         -2 2  -2 2
dot            -2 2  -2 2
(x, y) -> clamp(x, y, 3)             -1 0.5  1 2
(x, y) -> muladd(x, y, x)            -2 2  -2 2
(x, y) -> fma(x, y, y)               -2 2  -2 2
(x, y) -> fld(x, 1) * y              1.1 1.9  -2 2
(x, y) -> sum(divrem(x, y))          2.1 2.5  0.9 1.1
(x, y) -> sum(fldmod(x, y))          2.1 2.5  0.9 1.1
(x, y) -> sum(abs2, sincos(x * y))   -2 2  -2 2
(x, y) -> sum(minmax(x, y) .* (1, 2))  1 2  -1 0.5
(x, y) -> exp(complex(x, y))         -1 1  -1 1
(x, y) -> log(complex(x, y))         0.3 2  0.3 2
(x, y) -> sqrt(complex(x, y))        0.3 2  0.3 2
(x, y) -> sin(complex(x, y))         -1 1  -1 1
(x, y) -> cos(complex(x, y))         -1 1  -1 1
(x, y) -> tan(complex(x, y))         -1 1  -1 1
(x, y) -> sinh(complex(x, y))        -1 1  -1 1
(x, y) -> cosh(complex(x, y))        -1 1  -1 1
(x, y) -> tanh(complex(x, y))        -1 1  -1 1
(x, y) -> asin(complex(x, y))        0.2 0.8  0.2 1
(x, y) -> acos(complex(x, y))        0.2 0.8  0.2 1
(x, y) -> atan(complex(x, y))        0.2 0.8  0.2 0.8
(x, y) -> exp2(complex(x, y))        -1 1  -1 1
(x, y) -> exp10(complex(x, y))        -1 1  -1 1
(x, y) -> expm1(complex(x, y))       -1 1  -1 1
(x, y) -> log1p(complex(x, y))       0.3 2  0.3 2
(x, y) -> log10(complex(x, y))       0.3 2  0.3 2
(x, y) -> log(complex(x, y))         0.5 0.7  0.6 0.8
(x, y) -> asinh(complex(x, y))       -2 2  -0.8 0.8
(x, y) -> acosh(complex(x, y))       -2 2  0.2 2
(x, y) -> atanh(complex(x, y))       -2 2  0.2 2
(x, y) -> sinpi(complex(x, y))       -1 1  -0.5 0.5
(x, y) -> cospi(complex(x, y))       -1 1  -0.5 0.5
(x, y) -> sinc(complex(x, y))        0.2 1  0.1 0.5
(x, y) -> cosc(complex(x, y))        0.001 0.004  0.001 0.004
(x, y) -> rad2deg(complex(x, y))     -2 2  -2 2
(x, y) -> inv(complex(x, y))         0.3 2  0.3 2
(x, y) -> abs(complex(x, y))         0.3 2  0.3 2
(x, y) -> abs2(complex(x, y))        -2 2  -2 2
(x, y) -> angle(complex(x, y))       0.3 2  0.3 2
(x, y) -> conj(complex(x, y))        -2 2  -2 2
(x, y) -> real(complex(x, y)^2)      -2 2  -2 2
(x, y) -> imag(complex(x, y)^3)      -2 2  -2 2
(x, y) -> complex(x, y)^2.5          0.3 2  0.3 2
(x, y) -> complex(x, y)^complex(1.5, 0.5)   0.3 2  0.3 2
(x, y) -> complex(x, y)^-2           0.3 2  0.3 2
(x, y) -> complex(x, 1) / complex(y, x)     0.3 2  0.3 2
(x, y) -> complex(x, y) * im + 1     -2 2  -2 2
(x, y) -> reim(complex(x, y) * complex(y, 2))   -2 2  -2 2
(x, y) -> x * exp(im * y)            -2 2  -2 2
(x, y) -> evalpoly(x, (y, 1, y))     -2 2  -2 2
(x, y) -> evalpoly(complex(x, y), (1, 2, 3))    -2 2  -2 2
(x, y) -> sum(range(x, y; length=4) .^ 2)       -2 0  1 2
(x, y) -> sum(abs2, LinRange(x, y, 5))          -2 0  1 2
(x, y) -> sum(abs2, x:0.5:y)         0.1 0.3  1.9 2.0
(x, y) -> sum(abs2, range(x; step=y, length=3)) -2 2  0.5 2
(x, y) -> norm((x, y))               0.3 2  0.3 2
(x, y) -> merge((a=x, b=1), (b=y,)).b * x       -2 2  -2 2
`

/** Functions of one array: `function  shape`, the sizes of the array of normal numbers that it gets. */
export const ofArrays = `
sum                                  5
prod                                 5
maximum                              5
minimum                              5
extrema                              5
cumsum                               5
cumprod                              5
diff                                 5
reverse                              5
sort                                 5
vec                                  2 3
copy                                 5
deepcopy                             5
collect                              5
first                                5
last                                 5
transpose                            2 3
adjoint                              2 3
permutedims                          2 3
permutedims                          4
rotl90                               2 3
rotr90                               2 3
rot180                               2 3
x -> rot180(x, 3)                    2 2
x -> rotl90(x, 3)                    2 3
x -> rotr90(x, 5)                    2 3
-                                    2 3
+                                    2 3
x -> x .^ 2                          2 3
x -> x .^ [1, 2, 3]                  3
x -> 2 .^ x                          3
x -> x .* x' .+ x                    3
x -> x ./ (1 .+ x .^ 2)              4
x -> @.(sin(x) * exp(-x^2) + 1)      4
x -> abs.(x)                         4
x -> max.(x, 0)                      4
x -> ifelse.(x .> 0, x, x .^ 2)      4
x -> tuple.(x, 2x)                   3
x -> broadcast(*, x, 2, x)           3
x -> broadcast!(*, similar(x), x, x)  3
x -> (y = zero(x); y .= x .^ 2; y .+= x; y)      4
x -> (y = zero(x); y .-= x .* 2; y .*= x; y ./= 3; y)   4
x -> sum(x; dims=1)                  2 3
x -> sum(x; dims=2)                  2 3
x -> sum(x; dims=(1, 2))             2 3
x -> sum(abs2, x)                    5
x -> sum(sin, x; dims=1)             2 3
x -> sum(x; init=2.0)                4
x -> prod(x; dims=2)                 2 3
x -> prod(abs2, x)                   4
x -> maximum(x; dims=1)              2 3
x -> minimum(abs, x; dims=2)         2 3
x -> maximum(x -> x^2, x)            4
x -> extrema(abs2, x)                5
x -> cumsum(x; dims=2)               2 3
x -> cumprod(x; dims=1)              2 3
x -> accumulate(*, x)                4
x -> accumulate((a, b) -> a * b + 1, x; init=0.5)    4
x -> diff(x; dims=2)                 2 3
x -> reverse(x; dims=1)              2 3
x -> reverse(x, 2, 4)                5
x -> sort(x; rev=true)               5
x -> sort(x; by=abs)                 5
x -> sort(x; dims=2)                 2 3
x -> x[sortperm(x)] .* (1:5)         5
x -> partialsort(x, 2)               5
x -> findmax(x)[1]                   5
x -> findmin(abs, x)[1]              5
x -> x[argmax(x)] * x[argmin(x)]     5
x -> circshift(x, 2) .* x            5
x -> circshift(x, (1, -1)) .* x      2 3
x -> reshape(x, 3, 2)                2 3
x -> reshape(x, :, 1)                2 3
x -> dropdims(sum(x; dims=1); dims=1)   2 3
x -> permutedims(x, (3, 1, 2))       2 3 2
x -> PermutedDimsArray(x, (2, 1)) .* [1 2]   2 3
x -> repeat(x, 2)                    3
x -> repeat(x, 2, 2)                 2 2
x -> repeat(x; inner=2, outer=2)     3
x -> repeat(x; inner=(2, 1))         2 2
x -> [x; 2x]                         3
x -> [x 2x]                          3
x -> [x 2x; 3x x]                    2 2
x -> [x[1] 0; x[2] 1]                2
x -> [x[1], x[2]^2]                  2
x -> [x; x[1]; 1]                    3
x -> vcat(x, x)                      2 2
x -> hcat(x, x .^ 2)                 2 2
x -> cat(x, x; dims=3)               2 2
x -> cat(x, 2x; dims=(1, 2))         2 2
x -> hvcat((2, 2), x[1], x[2], x[3], x[4])   4
x -> hvcat(2, x...)                  4
x -> stack([x, 2x])                  3
x -> stack([x, 2x]; dims=1)          3
x -> stack(eachrow(x))               2 3
x -> reduce(hcat, [x, x .^ 2])       3
x -> reduce(vcat, eachcol(x))        2 3
x -> mapreduce(permutedims, vcat, [x, 2x])   3
x -> mapslices(cumsum, x; dims=1)    2 3
x -> mapslices(sum, x; dims=2)       2 3
x -> map(sin, x)                     2 3
x -> map(*, x, reverse(x))           4
x -> map!(abs2, similar(x), x)       4
x -> map(sum, eachcol(x))            2 3
x -> map(prod, eachrow(x))           2 3
x -> sum.(eachslice(x; dims=2))      2 3
x -> mapreduce(abs2, +, x)           5
x -> mapreduce(sin, *, x; dims=1)    2 3
x -> mapreduce(*, +, x, 2x)          4
x -> reduce(+, x)                    5
x -> reduce(*, x; dims=1)            2 3
x -> foldl((a, b) -> a * b + b, x)   4
x -> foldr((a, b) -> a * b + a, x)   4
x -> mapfoldl(sin, +, x)             4
x -> mapfoldr(cos, *, x; init=2.0)   4
x -> filter(>(0), x)                 5
x -> x[x .> 0] .^ 2                  5
x -> x[findall(<(0), x)] .^ 2        5
x -> x[2:end]                        5
x -> x[end:-2:1]                     5
x -> x[[1, 3, 3]]                    5
x -> x[:, 2] .* x[1, 1]              2 3
x -> x[1, :]                         2 3
x -> x[:]                            2 3
x -> x[CartesianIndex(1, 2)] * x[2, 3]   2 3
x -> x[[CartesianIndex(1, 2), CartesianIndex(2, 1)]]     2 3
x -> x[begin] * x[end]               2 3
x -> getindex.(Ref(x), [1, 3, 1])    4
x -> getindex(x, 2)                  4
x -> view(x, 2:3) .^ 2               4
x -> @view(x[:, 1]) .* @view(x[:, 2])    2 3
x -> @views x[1:2] .* x[2:3]         3
x -> selectdim(x, 1, 2)              2 3
x -> view(view(x, 2:4), 1:2)         5
x -> vec(view(x, 1:2, 2:3))          2 3
x -> setindex!(copy(x), x[1]^2, 2)   3
x -> (y = copy(x); y[2:3] = y[1:2] .* 2; y)      4
x -> (y = copy(x); y[y .< 0] .= x[1]; y)         4
x -> (y = copy(x); @views y[1:2] .*= y[3:4]; y)  4
x -> (y = zeros(2, 4); y[1, :] = x; y[2, :] .= x .^ 2; y)    4
x -> (y = similar(x); copyto!(y, x); y)          4
x -> (y = similar(x); y .= 0; copyto!(y, 2, x, 1, 2); y)     4
x -> copy!(zeros(0), x)              4
x -> (y = copy(x); fill!(y, x[2]); y)            3
x -> fill(x[1], 2, 2)                2
x -> fill(sum(abs2, x), 3)           2 3
x -> begin y = copy(x); y[1], y[2] = y[2], y[1]; y .* [1, 2, 3] end  3
x -> (y = copy(x); push!(y, x[1]^2); y)          3
x -> (y = copy(x); pushfirst!(y, x[1]^2); y)     3
x -> (y = copy(x); pop!(y) * popfirst!(y))       3
x -> (y = copy(x); append!(y, 2x); y)            3
x -> (y = copy(x); prepend!(y, 2x); y)           3
x -> (y = copy(x); insert!(y, 2, x[3]^2); y)     3
x -> (y = copy(x); deleteat!(y, 2); y)           3
x -> (y = copy(x); splice!(y, 2, x[1] * x[3]); y)     3
x -> (y = copy(x); resize!(y, 2); y)             3
x -> (y = copy(x); keepat!(y, [1, 3]); y)        3
x -> (y = copy(x); reverse!(y); y)               3
x -> (y = copy(x); sort!(y); y)                  4
x -> (y = copy(x); cumsum!(y, x); y)             4
x -> (y = copy(x); filter!(>(0), y); y)          5
x -> (y = copy(x); empty!(y); sum(y; init=x[1]))     3
x -> (y = Float64[]; for a in x; push!(y, a^2); end; y)      4
x -> (y = sizehint!(Float64[], 4); append!(y, x); y)         4
x -> zero(x) + x                     2 3
x -> one(x) * x                      2 2
x -> convert(Matrix{Float64}, x) * 2     2 2
x -> Array(x)                        2 2
x -> Vector(x) .^ 2                  3
x -> Float64.(x)                     3
x -> (x[1], x[2]) .* 2               2
x -> map(abs2, (x[1], x[2], x[3]))   3
x -> sum(ntuple(i -> x[i]^i, 3))     3
x -> (a=x[1], b=x[2]^2)              2
x -> values((a=x[1], b=x[2]^2))      2
x -> [i * a for (i, a) in enumerate(x)]  4
x -> [a * b for a in x, b in x]      3
x -> [a^2 for a in x if a > 0]       5
x -> sum(a * b for (a, b) in zip(x, 2x))     4
x -> sum(x[i] * x[j] for i in 1:3 for j in 1:i)  3
x -> sum(abs2(v) for (k, v) in pairs(x))     4
x -> sum(prod(p) for p in Iterators.product(x, x))   3
x -> sum(Iterators.filter(>(0), x))  5
x -> sum(Iterators.map(abs2, x))     5
x -> prod(Iterators.take(x, 2))      4
x -> prod(Iterators.drop(x, 2))      4
x -> sum(prod, Iterators.partition(x, 2))    4
x -> collect(Iterators.accumulate(*, x))     4
x -> collect(Iterators.reverse(x)) .* (1:4)  4
x -> collect(Iterators.flatten((x, 2x)))     3
x -> collect(Iterators.takewhile(<(9), x))   3
x -> (s = 0.0; for i in eachindex(x); s += x[i]^i; end; s)   4
x -> (s = 0.0; for I in CartesianIndices(x); s += x[I]^2 * I[1]; end; s)     2 3
x -> (s = 1.0; i = 1; while i <= length(x); s *= x[i]; i += 1; end; s)       4
x -> (s = 0.0; @inbounds @simd for i in eachindex(x); s += x[i]^2; end; s)   5
x -> x * x                           2 2
x -> x^2                             2 2
x -> x^3                             2 2
x -> x * [1.0, 2.0, 3.0]             2 3
x -> [1.0 2.0] * x                   2 3
x -> x' * x                          2 3
x -> x * x'                          2 3
x -> x' * x                          4
x -> x * x'                          4
x -> transpose(x) * 2x               4
x -> [1.0 2.0; 3.0 4.0; 5.0 6.0] * x     2 3
x -> x' * [1.0 2.0; 3.0 4.0] * x     2
x -> 2x .- x / 3                     2 3
x -> x / x[1]                        3
x -> x / (2x .+ 3)                   3
x -> [1.0, 2.0] / x                  3
x -> 3 \\ x                          3
x -> x + x' * 2                      2 2
x -> x - 2I                          2 2
x -> I * x + x * I                   2 2
x -> x + I                           2 2
x -> mul!(zeros(2), x, [1.0, 2.0, 3.0])          2 3
x -> mul!(ones(2, 2), x, x', 2.0, 3.0)           2 3
x -> mul!(zeros(2, 3), x, 2.0)       2 3
x -> (y = copy(x); lmul!(2.0, y); rmul!(y, x[1]); y)     3
x -> (y = ones(3); axpy!(2.0, x, y); axpby!(1.5, x, 0.5, y); y)      3
x -> dot(x, x)                       5
x -> dot(x, reverse(x))              5
x -> x ⋅ x                           5
x -> dot(x, [1.0 2.0; 3.0 4.0], x)   2
x -> dot(x, x')                      2 2
x -> cross(x, [1.0, 2.0, 3.0])       3
x -> x × reverse(x)                  3
x -> kron(x, x)                      3
x -> kron(x, [1.0 2.0])              2 2
x -> norm(x)                         5
x -> norm(x)                         2 3
x -> norm(x, 1)                      5
x -> norm(x, 2)                      5
x -> norm(x, 3)                      5
x -> norm(x, Inf)                    5
x -> norm(x, -Inf)                   5
x -> norm(x, 0.5)                    5
x -> norm([x, 2x])                   3
x -> opnorm(x, 1)                    2 3
x -> opnorm(x, Inf)                  2 3
x -> opnorm(x)                       2 2
x -> normalize(x)                    4
x -> normalize(x, 1)                 4
x -> normalize!(copy(x))             4
x -> tr(x)                           3 3
x -> tr(x' * x)                      2 3
x -> det(x)                          2 2
x -> det(x)                          3 3
x -> logdet(x' * x)                  2 2
x -> logabsdet(x)[1]                 3 3
x -> inv(x)                          2 2
x -> inv(x)                          3 3
x -> pinv(x)                         3 2
x -> x \\ [1.0, 2.0]                 2 2
x -> x \\ [1.0 2.0; 3.0 4.0]         2 2
x -> [1.0 2.0] / x                   2 2
x -> [2.0 1.0; 1.0 3.0] \\ x         2
x -> [1.0 0.2; 0.3 2.0; 0.5 -1.0] \\ x   3
x -> x \\ [1.0, 2.0, 3.0]            3 2
x -> (spd(x)) \\ [1.0, 2.0]          2 2
x -> triu(x)                         3 3
x -> tril(x, -1)                     3 3
x -> triu!(copy(x), 1)               3 3
x -> diag(x)                         3 3
x -> diag(x, 1)                      3 3
x -> diagm(x)                        3
x -> diagm(1 => x)                   2
x -> Diagonal(x) * [1.0 2.0; 3.0 4.0]    2
x -> [1.0 2.0; 3.0 4.0] * Diagonal(x)    2
x -> Diagonal(x) \\ [1.0, 2.0]       2
x -> inv(Diagonal(x))                2
x -> det(Diagonal(x))                3
x -> Diagonal(x)                     2 2
x -> Diagonal(x) * Diagonal(x)       2
x -> Diagonal(x) + ones(2, 2)        2
x -> Symmetric(x) * [1.0, 2.0]       2 2
x -> Symmetric(x, :L) * [1.0, 2.0]   2 2
x -> Symmetric(spd(x)) \\ [1.0, 2.0]  2 2
x -> Hermitian(x) * [1.0, 2.0]       2 2
x -> Matrix(Symmetric(x))            2 2
x -> UpperTriangular(x) * [1.0, 2.0]  2 2
x -> UpperTriangular(x) \\ [1.0, 2.0]    2 2
x -> LowerTriangular(x) \\ [1.0, 2.0]    2 2
x -> UnitLowerTriangular(x) \\ [1.0, 2.0]    2 2
x -> UnitUpperTriangular(x) * [1.0, 2.0]     2 2
x -> LowerTriangular(x)' \\ [1.0, 2.0]   2 2
x -> inv(LowerTriangular(x))         2 2
x -> det(UpperTriangular(x))         3 3
x -> UpperTriangular(x) * UpperTriangular(x)     2 2
x -> Tridiagonal(x[1:1], x[2:3], x[4:4]) * [1.0, 2.0]    4
x -> Tridiagonal(x[1:1], x[2:3] .+ 5, x[4:4]) \\ [1.0, 2.0]  4
x -> SymTridiagonal(x[1:2], x[3:3]) * [1.0, 2.0]     3
x -> Bidiagonal(x[1:2], x[3:3], :U) * [1.0, 2.0]     3
x -> cholesky(spd(x)).L              2 2
x -> cholesky(spd(x)).U              3 3
x -> cholesky(Symmetric(spd(x))).L   2 2
x -> cholesky(spd(x)) \\ [1.0, 2.0]  2 2
x -> logdet(cholesky(spd(x)))        3 3
x -> inv(cholesky(spd(x)))           2 2
x -> logdet(cholesky(Hermitian(spd(x))))     2 2
x -> lu(x).U                         3 3
x -> lu(x).L                         3 3
x -> lu(x) \\ [1.0, 2.0]             2 2
x -> det(lu(x))                      2 2
x -> (F = lu(x); F.L * F.U)          2 2
x -> Matrix(qr(x).Q)                 3 2
x -> qr(x).R                         3 2
x -> qr(x) \\ [1.0, 2.0, 3.0]        3 2
x -> (F = qr(x); Matrix(F.Q) * F.R)  3 2
x -> eigvals(Symmetric(x))           3 3
x -> eigen(Symmetric(x)).values      3 3
x -> (F = eigen(Symmetric(x)); F.vectors * Diagonal(F.values .^ 2) * F.vectors')     2 2
x -> abs.(eigen(Symmetric(x)).vectors)   2 2
x -> svdvals(x)                      3 2
x -> svd(x).S                        3 2
x -> (F = svd(x); F.U * Diagonal(F.S) * F.Vt)    3 2
x -> sum(svdvals(x))                 2 2
x -> exp(x)                          2 2
x -> exp(Symmetric(x))               2 2
x -> sqrt(Symmetric(spd(x)))         2 2
x -> ldiv!(lu([2.0 1.0; 1.0 3.0]), copy(x))      2
x -> ldiv!(zeros(2), cholesky(spd(x)), [1.0, 2.0])       2 2
x -> rdiv!(copy(x), UpperTriangular([2.0 1.0; 0.0 3.0]))  2 2
x -> cond(x, 1)                      2 2
x -> mean(x)                         5
x -> mean(x; dims=1)                 2 3
x -> mean(abs2, x)                   5
x -> mean!(zeros(2), x)              2 3
x -> var(x)                          5
x -> var(x; corrected=false)         5
x -> var(x; dims=2)                  2 3
x -> var(x; mean=0.5)                5
x -> varm(x, 0.5)                    5
x -> std(x)                          5
x -> std(x; dims=1)                  3 2
x -> stdm(x, 0.5)                    5
x -> cov(x)                          5
x -> cov(x)                          4 2
x -> cov(x; dims=2)                  2 4
x -> cov(x, x .^ 2)                  5
x -> cov(x, x .^ 2; corrected=false)  5
x -> cor(x, x .^ 2)                  5
x -> cor(x)                          4 2
x -> median(x)                       5
x -> median(x)                       4
x -> median(x; dims=1)               3 2
x -> quantile(x, 0.3)                5
x -> quantile(x, [0.2, 0.7])         5
x -> middle(x)                       5
x -> middle(x[1], x[2])              2
x -> sum(complex.(x, reverse(x)) .^ 2)       4
x -> complex.(x, 1) * complex(1, 2)  3
x -> real(complex.(x, 1)' * complex.(x, 2))      3
x -> abs.(complex.(x, x .^ 2))       3
x -> (complex.(x, reverse(x; dims=1))) \\ [1.0, 2.0]     2 2
x -> det(complex.(x, x'))            2 2
x -> norm(complex.(x, 1))            3
x -> evalpoly.(x, Ref((1, 2, 3)))    3
x -> evalpoly(x[1], x)               4
x -> sum(skipmissing([x[1], missing, x[2]^2]))       2
x -> sum(coalesce.([x[1], missing], 1.0))            2
x -> something(nothing, x[1])^2      2
x -> (d = Dict(:a => x[1], :b => x[2]); d[:a] * d[:b])       2
x -> (d = Dict("a" => x); d["a"] .* 2)       2
x -> sum(values(Dict(1 => x[1], 2 => x[2]^2)))       2
x -> merge((a=x,), (b=2x,)).b        2
x -> Ref(x)[] .* 2                   2
x -> (r = Ref(0.0); for a in x; r[] += a^2; end; r[])        3
x -> vcat(x...)                      3
x -> hcat(x...) * x                  3
x -> max(x...) * min(x...)           4
x -> +(x...)                         4
x -> circshift!(similar(x), x, 1)    5
x -> get(x, 2, 0.0) + get(x, 9, 1.0)     4
x -> (y = copy(x); permute!(y, [2, 3, 1]); y)    3
x -> clamp!(copy(x), -0.5, 0.5) .* x     5
x -> invoke(sum, Tuple{AbstractArray}, x)    3
x -> Base.invokelatest(sum, x)       3
x -> splat(hypot)((x[1], x[2]))      2
x -> Base.splat(*)(x)                3
x -> (+)(map(*, x, x)...)            3
x -> sum(sum, [x, 2x, x .^ 2])       3
x -> sum([x, 2x])                    3
x -> mean([x, x .^ 2])               3
x -> vec(x) .* (1:6)                 2 3
x -> x .* x[1:1, :]                  2 3
x -> dropdims(x; dims=1)             1 3
x -> eachcol(x)[2] .* eachrow(x)[1][1]       2 3
x -> identity.(x)                    3
x -> ones(3) .* x                    3
x -> copysign.(x, -1.0)              3
x -> mod.(x, 10.0)                   3
x -> hypot.(x, 1)                    3
x -> Base.Fix1(*, 2)(x)              3
x -> Base.Fix2(/, 2)(x)              3
`
