# LinearAlgebra: functions of matrices: through eigenvalues where the matrix is Hermitian, else through series or Schur's form.

module LinearAlgebra
# ---- The exponential and what is made of it
"The exponential of a matrix: a Taylor polynomial of the scaled matrix, squared back."
exp(a::AbstractMatrix) = in_wide(exponential_of, a)
"Narrow floats are rounded once, at the end."
in_wide(f, a) = in_type(wide(float(eltype(a))), float(eltype(a)), f, a)
in_type(::Type{T}, ::Type{T}, f, a) where {T} = f(floated(a))
in_type(::Type{W}, ::Type{T}, f, a) where {W,T} = rounded(real(T), f(Base.__converted(W, a)))
rounded(::Type{R}, m::AbstractMatrix{<:Real}) where {R} = convert(Matrix{R}, m)
rounded(::Type{R}, m::AbstractMatrix{<:Complex}) where {R} = convert(Matrix{Complex{R}}, m)
function exponential_of(a)
    n = checksquare(a)
    n == 0 && return a
    size1 = maximum(sum(abs, a; dims=1))
    s = size1 > 0.25 ? max(0, ceil(Int64, log2(size1 / 0.25))) : 0
    x = a / 2.0^s
    out = Matrix{eltype(x)}(I, n, n)
    term = copy(out)
    for k in 1:14
        term = (term * x) / k
        out = out + term
    end
    for _ in 1:s
        out = out * out
    end
    out
end
cis(a::AbstractMatrix) = exp(im * a)
cos(a::AbstractMatrix) = eltype(a) <: Real ? real(exp(im * a)) : (exp(im * a) + exp(-im * a)) / 2
sin(a::AbstractMatrix) = eltype(a) <: Real ? imag(exp(im * a)) : (exp(im * a) - exp(-im * a)) / 2im
tan(a::AbstractMatrix) = sin(a) / cos(a)
cosh(a::AbstractMatrix) = (exp(a) + exp(-a)) / 2
sinh(a::AbstractMatrix) = (exp(a) - exp(-a)) / 2
tanh(a::AbstractMatrix) = (e = exp(2 * a); (e - I) / (e + I))
Base.sincos(a::AbstractMatrix) = (sin(a), cos(a))
sec(a::AbstractMatrix) = inv(cos(a))
csc(a::AbstractMatrix) = inv(sin(a))
cot(a::AbstractMatrix) = inv(tan(a))
sech(a::AbstractMatrix) = inv(cosh(a))
csch(a::AbstractMatrix) = inv(sinh(a))
coth(a::AbstractMatrix) = inv(tanh(a))
"Powers that are no whole numbers."
^(a::AbstractMatrix, p::AbstractFloat) = isinteger(p) ? a^Int64(p) : p == 0.5 ? sqrt(a) : exp(p * log(a))
^(a::AbstractMatrix, p::Rational) = a^float(p)
^(a::AbstractMatrix, p::Complex) = isreal(p) && isinteger(real(p)) ? complex(a^Int64(real(p))) : exp(p * log(a))
^(x::Number, a::AbstractMatrix) = exp(log(x) * a)
^(x::Base.AbstractIrrational, a::AbstractMatrix) = exp(log(x) * a)

# ---- Roots and logarithms
# A derivative goes another way than through eigenvalues, for it would miss those of equal eigenvalues.
"The principal square root of a matrix."
sqrt(a::AbstractMatrix) = in_wide(root_in_wide, a)
"The principal logarithm of a matrix."
log(a::AbstractMatrix) = in_wide(log_in_wide, a)
root_in_wide(a) = (checksquare(a); __within_autodiff() ? root_of(a) : ishermitian(a) ? of_spectrum(sqrt, non_negative, a) : of_triangle(triangular_root, a))
log_in_wide(a) = (checksquare(a); __within_autodiff() ? logarithm_of(a) : ishermitian(a) ? of_spectrum(log, non_negative, a) : of_triangle(triangular_log, a))
"The function of the eigenvalues, complex where one of them is not within its domain. Those that only rounding took out are brought back."
function of_spectrum(f, settle, a)
    e = symmetric_eigen(a, true)
    settled = settle(e.values)
    settled === nothing ? e.vectors * (f.(complex(e.values)) .* adjoint(e.vectors)) : e.vectors * (f.(settled) .* adjoint(e.vectors))
end
anywhere(v) = v
function non_negative(v)
    least = length(v) * eps() * maximum(abs, v; init=0.0)
    all(x -> x >= -least, v) ? max.(v, 0.0) : nothing
end
within_one(v) = all(x -> abs(x) <= 1, v) ? v : nothing
above_one(v) = all(x -> x >= 1, v) ? v : nothing
"Of a real matrix whose spectrum does not touch the negative axis the result is real."
function of_triangle(f, a)
    f === triangular_root && istriu(a) && on_the_right(diag(a)) && return f(a)
    s = schur(complex(a))
    m = s.Z * f(s.T) * adjoint(s.Z)
    eltype(a) <: Real && on_the_right(paired(s.values, norm(a))) ? real(m) : m
end
on_the_right(values) = all(x -> !isreal(x) || real(x) >= 0, values)
"Column by column, from the diagonal up (Björck and Hammarling)."
function triangular_root(t)
    n = size(t, 1)
    r = zeros(eltype(t), n, n)
    for j in 1:n
        r[j, j] = sqrt(t[j, j])
        for i in j-1:-1:1
            s = t[i, j]
            for k in i+1:j-1
                s -= r[i, k] * r[k, j]
            end
            r[i, j] = iszero(s) ? s : s / (r[i, i] + r[j, j])
        end
    end
    r
end
"Square roots until the matrix is near the identity, where a series is exact."
function triangular_log(t)
    out = near_identity_log(t, triangular_root)
    for i in 1:size(t, 1)
        out[i, i] = log(t[i, i])
    end
    out
end
function near_identity_log(a, root)
    k = 0
    while norm(a - I, 1) > 0.25 && k < 100
        a = root(a)
        k += 1
    end
    z = (a - I) / (a + I)
    out, power, square = z, z, z * z
    for n in 1:9
        power = power * square
        out = out + power / (2n + 1)
    end
    out * 2.0^(k + 1)
end
logarithm_of(a) = near_identity_log(a, root_of)
"Newton's iteration of Denman and Beavers; the steps after the last that moves are for derivatives."
function root_of(a)
    y, z = a, one(a)
    more = 3
    for step in 1:60
        s, t = (y + inv(z)) / 2, (z + inv(y)) / 2
        still = norm(s - y, 1) <= 1.0e-13 * norm(s, 1)
        y, z = s, t
        still && (more -= 1) == 0 && return y
    end
    Base.__argument_error("the square root of a matrix with negative eigenvalues is not supported")
end
sqrt(a::UpperTriangular) = UpperTriangular(sqrt(Matrix(a)))
sqrt(a::LowerTriangular) = LowerTriangular(sqrt(Matrix(a)))
log(a::UpperTriangular) = UpperTriangular(log(Matrix(a)))
log(a::LowerTriangular) = LowerTriangular(log(Matrix(a)))
"The real cube root of a real symmetric matrix."
cbrt(a::AbstractMatrix{<:Real}) = !__within_autodiff() && ishermitian(a) ? in_wide(m -> of_spectrum(cbrt, anywhere, m), a) : exp(log(a) / 3)

# ---- Inverse functions, by the logarithms that they are
inverse_function(f, settle, formula, a) =
    (checksquare(a); in_wide(m -> !__within_autodiff() && ishermitian(m) ? of_spectrum(f, settle, m) : formula(complex(m)), a))
asin(a::AbstractMatrix) = inverse_function(asin, within_one, m -> -im * log(im * m + sqrt(I - m * m)), a)
acos(a::AbstractMatrix) = inverse_function(acos, within_one, m -> -im * log(m + im * sqrt(I - m * m)), a)
atan(a::AbstractMatrix) = inverse_function(atan, anywhere, m -> (log(I + im * m) - log(I - im * m)) / 2im, a)
asinh(a::AbstractMatrix) = inverse_function(asinh, anywhere, m -> log(m + sqrt(I + m * m)), a)
acosh(a::AbstractMatrix) = inverse_function(acosh, above_one, m -> log(m + sqrt(m - I) * sqrt(m + I)), a)
atanh(a::AbstractMatrix) = inverse_function(atanh, within_one, m -> (log(I + m) - log(I - m)) / 2, a)
asec(a::AbstractMatrix) = acos(inv(a))
acsc(a::AbstractMatrix) = asin(inv(a))
acot(a::AbstractMatrix) = atan(inv(a))
asech(a::AbstractMatrix) = acosh(inv(a))
acsch(a::AbstractMatrix) = asinh(inv(a))
acoth(a::AbstractMatrix) = atanh(inv(a))

# ---- Symmetric and Hermitian matrices give such again
"The function of the eigenvalues; in a derivative that of any matrix."
mirrored(f, settle, a) = mirrored_as(a, __within_autodiff() ? f(Matrix(a)) : in_wide(m -> of_spectrum(f, settle, m), a))
mirrored_as(a::Symmetric, m) = Symmetric(m)
mirrored_as(a::Hermitian{<:Real}, m::AbstractMatrix{<:Real}) = Hermitian(m)
mirrored_as(a::Hermitian{<:Complex}, m) = ishermitian_enough(m) ? Hermitian(m) : m
mirrored_as(a::Hermitian, m) = m
"Rounding only parts it from a Hermitian matrix."
ishermitian_enough(m) = norm(m - adjoint(m)) <= sqrt(eps(real(float(one(eltype(m)))))) * norm(m)
const Spectral = Union{Symmetric{<:Real},Hermitian}
exp(a::Spectral) = mirrored(exp, anywhere, a)
sin(a::Spectral) = mirrored(sin, anywhere, a)
cos(a::Spectral) = mirrored(cos, anywhere, a)
tan(a::Spectral) = mirrored(tan, anywhere, a)
sinh(a::Spectral) = mirrored(sinh, anywhere, a)
cosh(a::Spectral) = mirrored(cosh, anywhere, a)
tanh(a::Spectral) = mirrored(tanh, anywhere, a)
atan(a::Spectral) = mirrored(atan, anywhere, a)
asinh(a::Spectral) = mirrored(asinh, anywhere, a)
sqrt(a::Spectral) = mirrored(sqrt, non_negative, a)
log(a::Spectral) = mirrored(log, non_negative, a)
asin(a::Spectral) = mirrored(asin, within_one, a)
acos(a::Spectral) = mirrored(acos, within_one, a)
atanh(a::Spectral) = mirrored(atanh, within_one, a)
acosh(a::Spectral) = mirrored(acosh, above_one, a)
cbrt(a::Symmetric{<:Real}) = mirrored(cbrt, anywhere, a)
end
