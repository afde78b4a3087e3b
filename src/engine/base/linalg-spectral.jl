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
eigen(a::RealSymmetric; sortby=nothing, kws...) = sorted_by(sortby, eigen_of(symmetric_copy(a), true))
eigen(a::AbstractMatrix; sortby=nothing, kws...) =
    sorted_by(sortby, eltype(a) <: Real && issymmetric(a) ? eigen_of(symmetric_copy(a), true) : general_eigen(a))
eigvals(a::RealSymmetric; sortby=nothing, kws...) = sorted_by(sortby, eigen_of(symmetric_copy(a), false).values)
eigvals(a::AbstractMatrix; sortby=nothing, kws...) =
    sorted_by(sortby, eltype(a) <: Real && issymmetric(a) ? eigen_of(symmetric_copy(a), false).values : general_eigen(a).values)
"In the order that `sortby` asks for; without one, by value."
sorted_by(by, found) = by === nothing ? found : reordered(by, found)
reordered(by, values::AbstractVector) = sort(values; by)
reordered(by, e::Eigen) = (p = sortperm(e.values; by); typeof(e)(e.values[p], e.vectors[:, p]))
eigvecs(a::AbstractMatrix) = eigen(a).vectors
symmetric_copy(a) = (checksquare(a); floated(a))
# Jacobi rotations until nothing is left off the diagonal. A derivative goes on from there: what is zero off the diagonal may have a
# derivative that is not, of which each sweep takes one order away.
function eigen_of(a::Matrix{T}, needs_vectors) where {T}
    n = size(a, 1)
    __mark(:syevr, a)
    v = Matrix{T}(I, n, n)
    scale = sum(abs2, a)
    more = __within_autodiff() ? 3 : 0
    for sweep in 1:60
        off = zero(T)
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
    d = [__get(a, i, i) for i in 1:n]
    p = sortperm(d)
    values = d[p]
    vectors = v[:, p]
    Eigen{T,T,Matrix{T},Vector{T}}(values, vectors)
end
"The tangent of the angle that makes `r` vanish, smooth where `r` is zero already; nothing where every angle does."
function tangent(d, r)
    h = sqrt(d * d + r * r)
    iszero(h) ? nothing : r / (d + copysign(h, d))
end
"Rotates rows and columns p and q; false where no angle is the right one."
function rotate!(a, v, p, q)
    n = size(a, 1)
    apq = __get(a, p, q)
    t = tangent(__get(a, q, q) - __get(a, p, p), 2 * apq)
    t === nothing && return false
    c = 1 / sqrt(t * t + 1)
    s = t * c
    for k in 1:n
        x, y = __get(a, k, p), __get(a, k, q)
        __set(a, c * x - s * y, k, p)
        __set(a, s * x + c * y, k, q)
    end
    for k in 1:n
        x, y = __get(a, p, k), __get(a, q, k)
        __set(a, c * x - s * y, p, k)
        __set(a, s * x + c * y, q, k)
        x, y = __get(v, k, p), __get(v, k, q)
        __set(v, c * x - s * y, k, p)
        __set(v, s * x + c * y, k, q)
    end
    true
end

"`U Diagonal(S) Vt = A`."
struct SVD{T,S,M} <: Factorization{T}
    U::M
    S::S
    Vt::M
end
iterate(f::SVD) = (f.U, Val(:S))
iterate(f::SVD, ::Val{:S}) = (f.S, Val(:V))
iterate(f::SVD, ::Val{:V}) = (f.V, Val(:done))
iterate(f::SVD, ::Val{:done}) = nothing
getproperty(f::SVD, name::Symbol) = name === :V ? adjoint(getfield(f, :Vt)) : getfield(f, name)
function svd(a::AbstractMatrix; full::Bool=false, alg=nothing)
    f = size(a, 1) >= size(a, 2) ? svd_tall(floated(a)) : svd_flipped(svd_tall(copy(adjoint(floated(a)))))
    full ? typeof(f)(completed(f.U), f.S, copy(adjoint(completed(copy(adjoint(f.Vt)))))) : f
end
"Orthonormal columns, with those that are missing to a square matrix."
completed(u) = size(u, 1) == size(u, 2) ? u : hcat(u, qr(u).Q[:, size(u, 2)+1:size(u, 1)])
svd_flipped(f::SVD{T,S,M}) where {T,S,M} = SVD{T,S,M}(copy(adjoint(f.Vt)), f.S, copy(adjoint(f.U)))
svdvals(a::AbstractMatrix) = svd(a).S
"One-sided Jacobi: the columns are rotated until they are orthogonal; their lengths are the singular values."
function svd_tall(u::Matrix{T}) where {T}
    __mark(:gesdd, u)
    m, n = size(u)
    v = Matrix{T}(I, n, n)
    more = __within_autodiff() ? 2 : 0
    for sweep in 1:60
        worst = zero(T)
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
    SVD{T,Vector{T},Matrix{T}}(left, values, copy(adjoint(v[:, p])))
end
"Rotates columns p and q; gives the cosine of the angle they had."
function orthogonalise!(u, v, p, q)
    m, n = size(u, 1), size(v, 1)
    a, b, c = zero(eltype(u)), zero(eltype(u)), zero(eltype(u))
    for i in 1:m
        x, y = __get(u, i, p), __get(u, i, q)
        a += x * x
        b += y * y
        c += x * y
    end
    t = tangent(b - a, 2 * c)
    t === nothing && return zero(c)
    g = 1 / sqrt(t * t + 1)
    h = g * t
    for i in 1:m
        x, y = __get(u, i, p), __get(u, i, q)
        __set(u, g * x - h * y, i, p)
        __set(u, h * x + g * y, i, q)
    end
    for i in 1:n
        x, y = __get(v, i, p), __get(v, i, q)
        __set(v, g * x - h * y, i, p)
        __set(v, h * x + g * y, i, q)
    end
    iszero(c) ? zero(c) : abs(c) / sqrt(a * b)
end

"The operator norm: the largest singular value, column sum (1) or row sum (Inf)."
opnorm(a::AbstractMatrix, p::Real=2) =
    p == 2 ? maximum(svdvals(a)) : p == 1 ? maximum(sum(abs, a; dims=1)) : p == Inf ? maximum(sum(abs, a; dims=2)) :
    Base.__argument_error("invalid p-norm p=", p, ". Valid: 1, 2, Inf")
cond(a::AbstractMatrix, p::Real=2) = p == 2 ? (s = svdvals(a); s[1] / s[length(s)]) : opnorm(a, p) * opnorm(inv(a), p)
rank(a::AbstractMatrix; rtol=min(size(a, 1), size(a, 2)) * eps(Float64)) = (s = svdvals(a); count(x -> x > rtol * s[1], s))
"The pseudo-inverse."
function pinv(a::AbstractMatrix; rtol=min(size(a, 1), size(a, 2)) * eps(Float64))
    f = svd(a)
    # With full rank, derivatives need no singular vectors, which those of equal values do not have.
    if __within_autodiff() && all(x -> x > rtol * f.S[1], f.S)
        return size(a, 1) >= size(a, 2) ? qr(a) \ Matrix{eltype(a)}(I, size(a, 1), size(a, 1)) : copy(adjoint(pinv(copy(adjoint(a)); rtol=rtol)))
    end
    w = map(x -> x > rtol * f.S[1] ? 1 / x : zero(x), f.S)
    adjoint(f.Vt) * (w .* adjoint(f.U))
end
function nullspace(a::AbstractMatrix; rtol=min(size(a, 1), size(a, 2)) * eps(Float64))
    e = eigen(Symmetric(adjoint(a) * a))
    top = maximum(e.values)
    keep = [k for k in 1:length(e.values) if e.values[k] <= (rtol * rtol) * top + eps(Float64) * top]
    e.vectors[:, keep]
end
"The exponential of a matrix: a Taylor polynomial of the scaled matrix, squared back."
function exp(a::AbstractMatrix)
    n = checksquare(a)
    size1 = maximum(sum(abs, a; dims=1))
    s = size1 > 0.25 ? max(0, ceil(Int64, log2(size1 / 0.25))) : 0
    x = floated(a) / 2.0^s
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
# Through eigenvalues where they are to be had; a derivative goes another way, for it would miss those of equal eigenvalues.
"The principal square root of a matrix."
sqrt(a::AbstractMatrix) = by_eigenvalues(a) ? of_eigenvalues(sqrt, a) : root_of(floated(a))
"The principal logarithm of a matrix."
log(a::AbstractMatrix) = by_eigenvalues(a) ? of_eigenvalues(log, a) : logarithm_of(floated(a))
by_eigenvalues(a) = eltype(a) <: Union{AbstractFloat,Integer,Rational} && (a isa RealSymmetric || issymmetric(a)) && !__within_autodiff()
of_eigenvalues(f, a) = (e = eigen(a); e.vectors * (f.(e.values) .* adjoint(e.vectors)))
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
"Square roots until the matrix is near the identity, where a series is exact."
function logarithm_of(a)
    k = 0
    while norm(a - I, 1) > 0.25
        a = root_of(a)
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
"Whatever solves with the matrix fastest, by what it is."
function factorize(a::AbstractMatrix)
    size(a, 1) == size(a, 2) || return qr(a, ColumnNorm())
    istriu(a) && return istril(a) ? Diagonal(a) : UpperTriangular(a)
    istril(a) && return LowerTriangular(a)
    if ishermitian(a)
        c = cholesky_of(Hermitian(a), false)
        return c.info == 0 ? c : bunchkaufman(Hermitian(a))
    end
    lu(a)
end
factorize(a::Union{Diagonal,UpperTriangular,LowerTriangular,UnitUpperTriangular,UnitLowerTriangular}) = a
end
