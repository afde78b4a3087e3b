# LinearAlgebra: eigenvalues of any square matrix, by the QR algorithm on complex numbers.

module LinearAlgebra
"The rotation that turns `(x, y)` into `(r, 0)`: `c` and `s` of `[c s; -s' c]`."
function complex_rotation(x, y)
    iszero(y) && return (1.0, zero(x))
    iszero(x) && return (0.0, one(x))
    r = hypot(abs(x), abs(y))
    (abs(x) / r, x / abs(x) * conj(y) / r)
end
function rotate_rows!(a, i, j, c, s, from)
    for k in from:size(a, 2)
        x, y = __get(a, i, k), __get(a, j, k)
        __set(a, c * x + s * y, i, k)
        __set(a, c * y - conj(s) * x, j, k)
    end
end
function rotate_columns!(a, i, j, c, s, to)
    for k in 1:to
        x, y = __get(a, k, i), __get(a, k, j)
        __set(a, c * x + conj(s) * y, k, i)
        __set(a, c * y - s * x, k, j)
    end
end
"`Z T Z' = a` with T upper triangular and Z unitary."
complex_schur(a::Matrix{<:Complex{<:AbstractFloat}}) = complex_schur(convert(Matrix{ComplexF64}, a))
function complex_schur(a::Matrix{ComplexF64})
    n = size(a, 1)
    t = copy(a)
    z = Matrix{ComplexF64}(I, n, n)
    for k in 1:n-2
        for i in n:-1:k+2
            c, s = complex_rotation(t[i - 1, k], t[i, k])
            rotate_rows!(t, i - 1, i, c, s, 1)
            rotate_columns!(t, i - 1, i, c, s, n)
            rotate_columns!(z, i - 1, i, c, s, n)
        end
    end
    last = n
    tries = 0
    while last > 1
        first = last
        while first > 1 && abs(t[first, first - 1]) > 1.0e-16 * (abs(t[first, first]) + abs(t[first - 1, first - 1]))
            first -= 1
        end
        first > 1 && (t[first, first - 1] = 0)
        if first == last
            last -= 1
            tries = 0
            continue
        end
        tries += 1
        tries > 300 && error("the eigenvalues do not converge")
        shift = tries % 10 == 0 ? t[last, last] + abs(t[last, last - 1]) : nearer_eigenvalue(t, last)
        for k in first:last
            t[k, k] -= shift
        end
        rotations = [(1.0, 0.0im) for _ in first:last-1]
        for k in first:last-1
            c, s = complex_rotation(t[k, k], t[k + 1, k])
            rotate_rows!(t, k, k + 1, c, s, k)
            t[k + 1, k] = 0
            rotations[k - first + 1] = (c, s)
        end
        for k in first:last-1
            c, s = rotations[k - first + 1]
            rotate_columns!(t, k, k + 1, c, s, k + 1)
            rotate_columns!(z, k, k + 1, c, s, n)
        end
        for k in first:last
            t[k, k] += shift
        end
    end
    (triu(t), z)
end
"Of the 2 by 2 block that ends at k, the eigenvalue nearer to its last element."
function nearer_eigenvalue(t, k)
    a, b, c, d = t[k - 1, k - 1], t[k - 1, k], t[k, k - 1], t[k, k]
    m = (a + d) / 2
    q = (a - d)^2 / 4 + b * c
    r = iszero(q) ? q : sqrt(q)
    abs(m + r - d) < abs(m - r - d) ? m + r : m - r
end
"Eigenvectors of an upper triangular matrix, as columns."
function triangular_vectors(t)
    n = size(t, 1)
    v = zeros(ComplexF64, n, n)
    small = 1.0e-16 * (1.0e-300 + maximum(abs, t))
    for j in 1:n
        v[j, j] = 1
        for i in j-1:-1:1
            s = 0.0im
            for k in i+1:j
                s += t[i, k] * v[k, j]
            end
            d = t[j, j] - t[i, i]
            v[i, j] = s / (abs(d) < small ? small : d)
        end
    end
    v
end
"Columns of length 1 whose largest element is real."
function unit_columns(v)
    columns = [begin
        x = v[:, j]
        k = argmax(map(abs2, x))
        x * (conj(x[k]) / abs(x[k]) / norm(x))
    end for j in 1:size(v, 2)]
    reduce(hcat, columns)
end
"Values and vectors of a complex matrix in Julia's order: by real part, then by imaginary part."
function complex_eigen(a)
    n = size(a, 1)
    n == 0 && return (ComplexF64[], zeros(ComplexF64, 0, 0))
    primal = EnzymeAutodiff.ignore_derivatives(a)
    t, z = complex_schur(primal)
    values = [t[i, i] for i in 1:n]
    scale = maximum(abs, values)
    order = sortperm([(round_off(real(x), scale), imag(x)) for x in values])
    values = values[order]
    vectors = unit_columns(z * triangular_vectors(t))[:, order]
    __within_autodiff() ? refined(a, vectors) : (values, vectors)
end
"Real parts that differ by rounding only are the same."
round_off(x, scale) = iszero(scale) ? x : round(x / scale; digits=10) * scale
# Newton's steps on eigenvectors: where they start from needs no derivative, and each doubles the order to which that of the result is right.
function refined(a, v)
    n = size(a, 1)
    values = [v[1, 1] for _ in 1:n]
    for _ in 1:3
        b = v \ (a * v)
        values = [b[i, i] for i in 1:n]
        e = [i == j ? one(b[i, j]) : b[i, j] / (values[j] - values[i]) for i in 1:n, j in 1:n]
        v = unit_columns(v * e)
    end
    (values, v)
end
"Eigenvalues of a real matrix: real, or one of a pair of conjugates."
function paired(values, scale)
    settled = map(x -> abs(imag(x)) <= 1.0e-13 * scale ? complex(real(x)) : x, values)
    for k in 1:length(settled)
        x = settled[k]
        imag(x) > 0 && (settled[k] = conj(settled[argmin(map(y -> abs(y - conj(x)), settled))]))
    end
    settled
end
is_real_spectrum(values, a) = all(x -> abs(imag(x)) <= 1.0e-11 * (1.0e-300 + norm(a)), values)
"Of two by two they are found as LAPACK's dlanv2 finds them, to the last digit."
function values_of_block(a, b, c, d)
    (iszero(b) || iszero(c)) && return (complex(a), complex(d))
    sides = sign(b) * sign(c)
    a == d && sides < 0 && return conjugates(a, b, c)
    p, large, small = (a - d) / 2, max(abs(b), abs(c)), min(abs(b), abs(c)) * sides
    scale = max(abs(p), large)
    z = p / scale * p + large / scale * small
    if z >= 4 * eps(typeof(z))
        z = p + copysign(sqrt(scale) * sqrt(z), p)
        return (complex(d + z), complex(d - large / z * small))
    end
    # Made equal on the diagonal by a rotation.
    r = hypot(b + c, a - d)
    cs = sqrt((1 + abs(b + c) / r) / 2)
    sn = -(p / (r * cs)) * copysign(one(p), b + c)
    aa, bb, cc, dd = a * cs + b * sn, -a * sn + b * cs, c * cs + d * sn, -c * sn + d * cs
    a, b, c, d = aa * cs + cc * sn, bb * cs + dd * sn, -aa * sn + cc * cs, -bb * sn + dd * cs
    middle = (a + d) / 2
    b * c < 0 && return conjugates(middle, b, c)
    p = sqrt(abs(b)) * sqrt(abs(c))
    (complex(middle + p), complex(middle - p))
end
conjugates(middle, b, c) = (p = sqrt(abs(b)) * sqrt(abs(c)); (complex(middle, p), complex(middle, -p)))
function general_eigen(a::AbstractMatrix{<:Real})
    __mark(:geev, a)
    checksquare(a)
    check_finite(a)
    values, vectors = complex_eigen(complex(float(Matrix(a))))
    values = paired(values, norm(a))
    size(a, 1) == 2 && !__within_autodiff() && (values = sort(ComplexF64[values_of_block(map(float, vec(permutedims(a)))...)...]; by=x -> (real(x), imag(x))))
    T = spectral(eltype(a))
    is_real_spectrum(values, a) ? Eigen{T,T,Matrix{T},Vector{T}}(convert(Vector{T}, real.(values)), convert(Matrix{T}, real.(vectors))) : complex_pair(Complex{T}, values, vectors)
end
function general_eigen(a::AbstractMatrix{<:Complex})
    checksquare(a)
    check_finite(a)
    values, vectors = complex_eigen(complex(float(Matrix(a))))
    complex_pair(Complex{spectral(real(eltype(a)))}, values, vectors)
end
complex_pair(::Type{C}, values, vectors) where {C} = Eigen{C,C,Matrix{C},Vector{C}}(convert(Vector{C}, values), convert(Matrix{C}, vectors))
"The type of what is found of a matrix of such numbers."
spectral(::Type{T}) where {T} = Float64
spectral(::Type{T}) where {T<:Union{Float16,Float32}} = T
eigvals(a::Triangular) = diag(a)
"`a v = λ b v`: eigenvalues of `b \\ a`, and its vectors."
struct GeneralizedEigen{T,V,S,U} <: Factorization{T}
    values::U
    vectors::S
end
generalised(e) = GeneralizedEigen{eltype(e.vectors),eltype(e.values),typeof(e.vectors),typeof(e.values)}(e.values, e.vectors)
iterate(e::GeneralizedEigen) = (e.values, Val(:vectors))
iterate(e::GeneralizedEigen, ::Val{:vectors}) = (e.vectors, Val(:done))
iterate(e::GeneralizedEigen, ::Val{:done}) = nothing
size(e::GeneralizedEigen) = size(e.vectors)
eigvals(e::GeneralizedEigen) = e.values
eigvecs(e::GeneralizedEigen) = e.vectors
eigvals(a::AbstractMatrix, b::AbstractMatrix; kws...) = eigvals(b \ a; kws...)
eigen(a::AbstractMatrix, b::AbstractMatrix; kws...) = generalised(eigen(b \ a; kws...))
eigvals(a::RealSymmetric, b::RealSymmetric; kws...) = eigen(a, b; kws...).values
eigvals(a::Number, b::Number) = a / b
"With `b = L L'` it is the problem of `L \\ a / L'`, which is symmetric too."
function eigen(a::RealSymmetric, b::RealSymmetric; kws...)
    c = cholesky_of(b, false)
    c.info == 0 || return generalised(eigen(b \ Matrix(a); kws...))
    e = eigen(Hermitian(c.L \ Matrix(a) / c.U); kws...)
    generalised(eigen_pair(e.values, c.U \ e.vectors))
end
eigvecs(a::AbstractMatrix, b::AbstractMatrix) = eigen(a, b).vectors
"Matrices of which some of the eigenvalues can be asked for."
const RealSpectrum = Union{RealSymmetric,SymTridiagonal{<:Real}}
eigvals(a::RealSpectrum, r::UnitRange) = eigvals(a)[r]
eigvals(a::RealSpectrum, low::Real, high::Real) = filter(x -> low < x <= high, eigvals(a))
eigen(a::RealSpectrum, r::UnitRange) = (e = eigen(a); Eigen{eltype(e.vectors),eltype(e.values),typeof(e.vectors),typeof(e.values)}(e.values[r], e.vectors[:, r]))
function eigen(a::RealSpectrum, low::Real, high::Real)
    values = eigvals(a)
    eigen(a, searchsortedfirst(values, nextfloat(float(low))):searchsortedlast(values, high))
end
eigen!(a::AbstractMatrix; kws...) = eigen(a; kws...)
eigvals!(a::AbstractMatrix; kws...) = eigvals(a; kws...)
isposdef(e::Eigen) = all(x -> real(x) > 0 && iszero(imag(x)), e.values)
eigmax(a::Union{Number,AbstractMatrix}; kws...) = maximum(real_values(a, eigvals(a; kws...)))
eigmin(a::Union{Number,AbstractMatrix}; kws...) = minimum(real_values(a, eigvals(a; kws...)))
real_values(a, values) = eltype(values) <: Complex ? throw(DomainError(a, "`A` cannot have complex eigenvalues.")) : values
det(e::Eigen) = prod(e.values)
inv(e::Eigen) = e.vectors * Diagonal(inv.(e.values)) / e.vectors
size(e::Eigen) = size(e.vectors)
Matrix(e::Eigen) = e.vectors * Diagonal(e.values) / e.vectors
Base.Array(e::Eigen) = Matrix(e)

"`Z T Z' = A`."
struct Schur{T,S<:AbstractMatrix{T},C<:AbstractVector} <: Factorization{T}
    T::S
    Z::S
    values::C
end
schur(a::AbstractMatrix) = (checksquare(a); check_finite(a); schur_of(float(Matrix(a))))
schur!(a::AbstractMatrix) = schur(a)
schur(f::Schur) = f
"The Schur form with the chosen eigenvalues first; of a pair of conjugates both go when one is chosen."
ordschur(f::Schur, select::AbstractVector{Bool}) = ordered(typeof(f), copy(f.T), copy(f.Z), collect(select))
ordschur!(f::Schur, select::AbstractVector{Bool}) = (g = ordschur(f, select); copyto!(f.T, g.T); copyto!(f.Z, g.Z); copyto!(f.values, g.values); f)
function ordered(::Type{Schur{T,M,C}}, t, z, select) where {T,M,C}
    n = size(t, 1)
    starts = [k for k in 1:n if k == 1 || iszero(t[k, k-1])]
    widths = [(k < length(starts) ? starts[k+1] : n + 1) - starts[k] for k in eachindex(starts)]
    chosen = [any(select[s:s+w-1]) for (s, w) in zip(starts, widths)]
    for last in 2:length(widths)
        k = last
        while k > 1 && chosen[k] && !chosen[k-1]
            swap_blocks!(t, z, sum(widths[1:k-2]; init=0) + 1, widths[k-1], widths[k])
            widths[k-1], widths[k] = widths[k], widths[k-1]
            chosen[k-1], chosen[k] = true, false
            k -= 1
        end
    end
    Schur{T,M,C}(t, z, convert(C, T <: Complex ? diag(t) : block_values(t)))
end
"Two blocks of sizes p and q on the diagonal, from j on, exchanged (Bai and Demmel)."
function swap_blocks!(t, z, j, p, q)
    first, second, both = j:j+p-1, j+p:j+p+q-1, j:j+p+q-1
    x = sylvester(t[first, first], -t[second, second], -t[first, second])
    w = qr([-x; Matrix{eltype(t)}(I, q, q)]).Q[:, :]
    # The columns of w span what belongs to the second block, and then the rest.
    t[both, :] = adjoint(w) * t[both, :]
    t[:, both] = t[:, both] * w
    z[:, both] = z[:, both] * w
    t[j+q:j+p+q-1, j:j+q-1] .= 0
end
Schur{C}(f::Schur) where {C<:Complex} = complex_form(C, f)
function complex_form(::Type{C}, f) where {C}
    g = schur(convert(Matrix{C}, f.T))
    Schur{C,Matrix{C},Vector{C}}(convert(Matrix{C}, g.T), convert(Matrix{C}, f.Z * g.Z), convert(Vector{C}, g.values))
end
function schur_of(a::Matrix{T}) where {T<:Real}
    t, z = real_schur(a)
    values = block_values(t)
    all(isreal, values) ? Schur{T,Matrix{T},Vector{T}}(t, z, real(values)) : Schur{T,Matrix{T},Vector{Complex{T}}}(t, z, convert(Vector{Complex{T}}, values))
end
function schur_of(a::Matrix{<:Complex})
    checksquare(a)
    t, z = complex_schur(a)
    C = Complex{spectral(real(eltype(a)))}
    Schur{C,Matrix{C},Vector{C}}(convert(Matrix{C}, t), convert(Matrix{C}, z), convert(Vector{C}, diag(t)))
end
getproperty(f::Schur, name::Symbol) = name === :Schur ? getfield(f, :T) : name === :vectors ? getfield(f, :Z) : getfield(f, name)
Matrix(f::Schur) = f.Z * f.T * adjoint(f.Z)
size(f::Schur) = size(f.T)
iterate(f::Schur) = (f.T, Val(:Z))
iterate(f::Schur, ::Val{:Z}) = (f.Z, Val(:values))
iterate(f::Schur, ::Val{:values}) = (f.values, Val(:done))
iterate(f::Schur, ::Val{:done}) = nothing

# Singular values
Matrix(f::SVD) = f.U * (f.S .* f.Vt)
inv(f::SVD) = adjoint(f.Vt) * (adjoint(f.U) ./ f.S)
\(f::SVD, b::AbstractVecOrMat) = adjoint(f.Vt) * ((adjoint(f.U) * b) ./ f.S)
size(f::SVD) = (size(f.U, 1), size(f.Vt, 2))
svdvals(f::SVD) = f.S
end
