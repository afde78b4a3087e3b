# LinearAlgebra: eigenvalues, singular values and functions of matrices, by Jacobi rotations and series.

module LinearAlgebra
"Eigenvalues in ascending order and their vectors as columns."
struct Eigen{T,V,S,U} <: Factorization{T}
    values::U
    vectors::S
end
iterate(e::Eigen) = (e.values, Val(:vectors))
iterate(e::Eigen, ::Val{:vectors}) = (e.vectors, Val(:done))
iterate(e::Eigen, ::Val{:done}) = nothing
eigvals(e::Eigen) = e.values
eigvecs(e::Eigen) = e.vectors
eigen(a::RealSymmetric; sortby=nothing, kws...) = sorted_by(sortby, symmetric_eigen(a, true))
eigen(a::AbstractMatrix; sortby=nothing, kws...) = sorted_by(sortby, ishermitian(a) ? symmetric_eigen(a, true) : general_eigen(a))
eigvals(a::RealSymmetric; sortby=nothing, kws...) = sorted_by(sortby, symmetric_eigen(a, false).values)
eigvals(a::AbstractMatrix; sortby=nothing, kws...) = sorted_by(sortby, ishermitian(a) ? symmetric_eigen(a, false).values : general_eigen(a).values)
"In the order that `sortby` asks for; without one, by value."
sorted_by(by, found) = by === nothing ? found : reordered(by, found)
reordered(by, values::AbstractVector) = sort(values; by)
reordered(by, e::Eigen) = (p = sortperm(e.values; by); typeof(e)(e.values[p], e.vectors[:, p]))
eigvecs(a::AbstractMatrix; kws...) = eigen(a; kws...).vectors
check_finite(a) = all(isfinite, a) ? nothing : Base.__argument_error("matrix contains Infs or NaNs")
"The numbers in which values and vectors are sought; what is found is rounded to the type asked for."
wide(::Type{T}) where {T} = T
wide(::Type{T}) where {T<:Union{Float16,Float32}} = Float64
wide(::Type{Complex{T}}) where {T<:Union{Float16,Float32}} = ComplexF64
widened(a::AbstractMatrix) = Base.__converted(wide(float(eltype(a))), a)
function symmetric_eigen(a, needs_vectors)
    checksquare(a)
    check_finite(a)
    e = eigen_of(widened(a), needs_vectors)
    T = float(eltype(a))
    Eigen{T,real(T),Matrix{T},Vector{real(T)}}(convert(Vector{real(T)}, e.values), convert(Matrix{T}, e.vectors))
end
# Jacobi rotations until nothing is left off the diagonal. A derivative goes on from there: what is zero off the diagonal may have a
# derivative that is not, of which each sweep takes one order away.
function eigen_of(a::Matrix{T}, needs_vectors) where {T}
    n = size(a, 1)
    __mark(:syevr, a)
    v = Matrix{T}(I, n, n)
    scale = sum(abs2, a)
    more = __within_autodiff() ? 3 : 0
    for sweep in 1:60
        off = zero(real(T))
        for j in 2:n
            for i in 1:j-1
                off += abs2(__get(a, i, j))
            end
        end
        settled = off <= 1.0e-34 * scale
        if settled
            more == 0 && break
            more -= 1
        end
        for q in 2:n
            for p in 1:q-1
                rotate!(a, v, p, q) || !needs_vectors || !settled ||
                    throw(ArgumentError("eigenvectors of eigenvalues that are equal have no derivative"))
            end
        end
    end
    d = [real(__get(a, i, i)) for i in 1:n]
    p = sortperm(d)
    values = d[p]
    vectors = v[:, p]
    Eigen{T,real(T),Matrix{T},Vector{real(T)}}(values, vectors)
end
"The tangent of the angle that makes `r` vanish, smooth where `r` is zero already; nothing where every angle does."
function tangent(d, r)
    h = sqrt(d * d + abs2(r))
    iszero(h) ? nothing : r / (d + copysign(h, d))
end
"Rotates rows and columns p and q; false where no angle is the right one."
function rotate!(a, v, p, q)
    n = size(a, 1)
    apq, app, aqq = __get(a, p, q), real(__get(a, p, p)), real(__get(a, q, q))
    t = tangent(aqq - app, 2 * apq)
    t === nothing && return false
    c = 1 / sqrt(abs2(t) + 1)
    s = t * c
    for k in 1:n
        x, y = __get(a, k, p), __get(a, k, q)
        __set(a, c * x - conj(s) * y, k, p)
        __set(a, s * x + c * y, k, q)
    end
    for k in 1:n
        x, y = __get(a, p, k), __get(a, q, k)
        __set(a, c * x - s * y, p, k)
        __set(a, conj(s) * x + c * y, q, k)
        x, y = __get(v, k, p), __get(v, k, q)
        __set(v, c * x - conj(s) * y, k, p)
        __set(v, s * x + c * y, k, q)
    end
    # What the products above come to, with less rounding.
    moved = real(conj(t) * apq)
    __set(a, oftype(apq, app - moved), p, p)
    __set(a, oftype(apq, aqq + moved), q, q)
    __set(a, zero(apq), p, q)
    __set(a, zero(apq), q, p)
    true
end

"`U Diagonal(S) Vt = A`."
struct SVD{T,R,M,C} <: Factorization{T}
    U::M
    S::C
    Vt::M
end
svd_of(u, s, vt) = SVD{eltype(u),eltype(s),typeof(u),typeof(s)}(u, s, vt)
SVD(u::AbstractMatrix, s::AbstractVector, vt::AbstractMatrix) = svd_of(u, s, vt)
"Ways to compute it; here there is one."
abstract type Algorithm end
struct DivideAndConquer <: Algorithm end
struct QRIteration <: Algorithm end
iterate(f::SVD) = (f.U, Val(:S))
iterate(f::SVD, ::Val{:S}) = (f.S, Val(:V))
iterate(f::SVD, ::Val{:V}) = (f.V, Val(:done))
iterate(f::SVD, ::Val{:done}) = nothing
getproperty(f::SVD, name::Symbol) = name === :V ? adjoint(getfield(f, :Vt)) : getfield(f, name)
function svd(a::AbstractMatrix; full::Bool=false, alg=nothing)
    check_finite(a)
    T = float(eltype(a))
    f = size(a, 1) >= size(a, 2) ? svd_tall(widened(a)) : adjoint(svd_tall(copy(adjoint(widened(a)))))
    g = svd_of(convert(Matrix{T}, f.U), convert(Vector{real(T)}, f.S), convert(Matrix{T}, f.Vt))
    full ? svd_of(completed(g.U), g.S, copy(adjoint(completed(copy(adjoint(g.Vt)))))) : g
end
"Orthonormal columns, with those that are missing to a square matrix."
completed(u) = completed(u, size(u, 1))
completed(u, n) = size(u, 2) == n ? u : hcat(u, qr(u).Q[:, size(u, 2)+1:n])
adjoint(f::SVD) = svd_of(copy(adjoint(f.Vt)), f.S, copy(adjoint(f.U)))
transpose(f::SVD) = svd_of(copy(transpose(f.Vt)), f.S, copy(transpose(f.U)))
svdvals(a::AbstractMatrix) = svd(a).S
"One-sided Jacobi: the columns are rotated until they are orthogonal; their lengths are the singular values."
function svd_tall(u::Matrix{T}) where {T}
    __mark(:gesdd, u)
    m, n = size(u)
    v = Matrix{T}(I, n, n)
    more = __within_autodiff() ? 2 : 0
    for sweep in 1:60
        worst = zero(real(T))
        for q in 2:n
            for p in 1:q-1
                worst = max(worst, orthogonalise!(u, v, p, q))
            end
        end
        if worst <= 1.0e-15
            more == 0 && break
            more -= 1
        end
    end
    s = [norm(u[:, j]) for j in 1:n]
    p = sortperm(s; rev=true)
    left = u[:, p]
    values = s[p]
    for j in 1:n
        for i in 1:m
            values[j] > 0 && __set(left, __get(left, i, j) / values[j], i, j)
        end
    end
    # Of columns that are only rounding there is no direction: any that complete the others will do.
    rank = count(x -> x > m * eps() * values[1], values)
    __within_autodiff() || rank == n || (left = completed(left[:, 1:rank], n))
    svd_of(left, values, copy(adjoint(v[:, p])))
end
"Rotates columns p and q; gives the cosine of the angle they had."
function orthogonalise!(u, v, p, q)
    m, n = size(u, 1), size(v, 1)
    c = zero(eltype(u))
    a, b = real(c), real(c)
    for i in 1:m
        x, y = __get(u, i, p), __get(u, i, q)
        a += abs2(x)
        b += abs2(y)
        c += conj(x) * y
    end
    t = tangent(b - a, 2 * c)
    t === nothing && return zero(a)
    g = 1 / sqrt(abs2(t) + 1)
    h = g * t
    for i in 1:m
        x, y = __get(u, i, p), __get(u, i, q)
        __set(u, g * x - conj(h) * y, i, p)
        __set(u, h * x + g * y, i, q)
    end
    for i in 1:n
        x, y = __get(v, i, p), __get(v, i, q)
        __set(v, g * x - conj(h) * y, i, p)
        __set(v, h * x + g * y, i, q)
    end
    iszero(c) ? zero(a) : abs(c) / sqrt(a * b)
end

"The operator norm: the largest singular value, column sum (1) or row sum (Inf)."
function opnorm(a::AbstractMatrix, p::Real=2)
    p == 1 || p == 2 || p == Inf || Base.__argument_error("invalid p-norm p=", p, ". Valid: 1, 2, Inf")
    isempty(a) && return float(real(zero(eltype(a))))
    float(p == 2 ? maximum(svdvals(a)) : maximum(sum(norm, a; dims=p == 1 ? 1 : 2)))
end
function cond(a::AbstractMatrix, p::Real=2)
    p == 2 && return (s = svdvals(a); iszero(s[1]) ? oftype(s[1], Inf) : s[1] / s[length(s)])
    p == 1 || p == Inf || Base.__argument_error("p-norm must be 1, 2 or Inf, got ", p)
    checksquare(a)
    singular(a) ? oftype(opnorm(a, p), Inf) : opnorm(a, p) * opnorm(inv(a), p)
end
singular(a::AbstractMatrix) = lu(a; check=false).info != 0
"The part of the largest singular value below which others count as zero, unless `atol` says which do."
default_rtol(a, atol) = min(size(a, 1), size(a, 2)) * eps(real(float(oneunit(eltype(a))))) * iszero(atol)
threshold(s, atol, rtol) = isempty(s) ? oftype(rtol, atol) : max(atol, rtol * s[1])
rank(a::AbstractMatrix; atol::Real=0.0, rtol::Real=default_rtol(a, atol)) = (s = svdvals(a); t = threshold(s, atol, rtol); count(x -> x > t, s))
rank(a::AbstractMatrix, tol::Real) = rank(a; atol=tol, rtol=0)
"The pseudo-inverse."
function pinv(a::AbstractMatrix; atol::Real=0.0, rtol::Real=default_rtol(a, atol))
    f = svd(a)
    t = threshold(f.S, atol, rtol)
    # With full rank, derivatives need no singular vectors, which those of equal values do not have.
    if __within_autodiff() && all(x -> x > t, f.S)
        return size(a, 1) >= size(a, 2) ? qr(a) \ Matrix{eltype(a)}(I, size(a, 1), size(a, 1)) : copy(adjoint(pinv(copy(adjoint(a)); atol=atol, rtol=rtol)))
    end
    w = map(x -> x > t ? 1 / x : zero(x), f.S)
    adjoint(f.Vt) * (w .* adjoint(f.U))
end
pinv(a::AbstractMatrix, tol::Real) = pinv(a; rtol=tol)
function nullspace(a::AbstractMatrix; atol::Real=0.0, rtol::Real=default_rtol(a, atol))
    m, n = size(a)
    (m == 0 || n == 0) && return Matrix{eigen_type(eltype(a))}(I, n, n)
    f = svd(a; full=true)
    t = threshold(f.S, atol, rtol)
    copy(adjoint(f.Vt[count(x -> x > t, f.S)+1:n, :]))
end
nullspace(a::AbstractVector; kws...) = nullspace(reshape(a, length(a), 1); kws...)
eigen_type(::Type{T}) where {T} = float(T)
"Whatever solves with the matrix fastest, by what it is."
function factorize(a::AbstractMatrix)
    size(a, 1) == size(a, 2) || return qr(a, ColumnNorm())
    upper, lower = istriu(a), istril(a)
    if istriu(a, -1) && istril(a, 1)
        return upper ? (lower ? Diagonal(a) : Bidiagonal(a, :U)) : lower ? Bidiagonal(a, :L) : lu(Tridiagonal(a))
    end
    upper && return UpperTriangular(a)
    lower && return LowerTriangular(a)
    if ishermitian(a)
        c = cholesky_of(Hermitian(a), false)
        return c.info == 0 ? c : bunchkaufman(Hermitian(a))
    end
    lu(a)
end
factorize(a::Union{Diagonal,UpperTriangular,LowerTriangular,UnitUpperTriangular,UnitLowerTriangular}) = a
end
