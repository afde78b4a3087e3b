# LinearAlgebra.LAPACK by its names, and smaller functions.

module LinearAlgebra
kron(a, b, c, more...) = kron(kron(a, b), c, more...)
kron(x::Number, y::Number) = x * y
kron(x::Number, a::AbstractVecOrMat) = x * a
kron(a::AbstractVecOrMat, x::Number) = a * x
"The product written into `out`."
kron!(out::AbstractVecOrMat, a, b) = copyto!(out, kron(a, b))
const RealHermSymComplexHerm{T<:Real,S} = Union{Hermitian{T,S},Symmetric{T,S},Hermitian{Complex{T},S}}
const HermOrSym{T,S} = Union{Hermitian{T,S},Symmetric{T,S}}
const AbstractTriangular{T,S} = Union{UpperTriangular{T,S},LowerTriangular{T,S},UnitUpperTriangular{T,S},UnitLowerTriangular{T,S}}
const UpperOrUnitUpperTriangular{T,S} = Union{UpperTriangular{T,S},UnitUpperTriangular{T,S}}
const LowerOrUnitLowerTriangular{T,S} = Union{LowerTriangular{T,S},UnitLowerTriangular{T,S}}
promote_leaf_eltypes(x::AbstractArray{T}) where {T<:Number} = T
promote_leaf_eltypes(x::Number) = typeof(x)
promote_leaf_eltypes(x) = mapreduce(promote_leaf_eltypes, promote_type, x; init=Bool)
adjoint(g::Givens) = Givens(g.i1, g.i2, g.c, -g.s)
transpose(g::Givens) = adjoint(g)
*(a::AbstractMatrix, g::Givens) = rmul!(float(copy(a)), g)
function rmul!(a::AbstractMatrix, g::Givens)
    for k in 1:size(a, 1)
        x, y = a[k, g.i1], a[k, g.i2]
        a[k, g.i1] = g.c * x - conj(g.s) * y
        a[k, g.i2] = g.s * x + g.c * y
    end
    a
end
function getindex(g::Givens, i::Integer, j::Integer)
    i == j && return i == g.i1 || i == g.i2 ? g.c : one(g.c)
    i == g.i1 && j == g.i2 ? g.s : i == g.i2 && j == g.i1 ? -g.s : zero(g.s)
end
eigvals(x::Number; kws...) = [x]
eigvecs(x::Number) = fill(one(x), 1, 1)
eigen(x::Number; kws...) = eigen(fill(x, 1, 1))
svdvals(x::Number) = [abs(x)]
svd!(a::AbstractMatrix; kws...) = svd(a; kws...)
svdvals!(a::AbstractMatrix) = svdvals(a)
hermitianpart!(a::AbstractMatrix, uplo::Symbol=:U) = hermitianpart(a, uplo)
diagview(a::AbstractMatrix, k::Integer=0) = view(a, diagind(a, k))
haszero(::Type{T}) where {T} = T <: Number
"Operations a second; nothing is measured here."
peakflops(n::Integer=4096; kws...) = 1.0e9

module LAPACK
public geev!, gels!, gesdd!, gesv!, gesvd!, getrf!, getri!, getrs!, posv!, potrf!, potri!, potrs!, syev!, syevd!, trtri!, trtrs!
import ..LinearAlgebra
using ..LinearAlgebra
half(uplo::Char, a) = uplo == 'U' ? Symmetric(a, :U) : Symmetric(a, :L)
function potrf!(uplo::Char, a::AbstractMatrix)
    c = cholesky(LinearAlgebra.Hermitian(a, uplo == 'U' ? :U : :L); check=false)
    for j in axes(a, 2), i in axes(a, 1)
        uplo == 'U' ? (i <= j && (a[i, j] = c.U[i, j])) : (i >= j && (a[i, j] = c.L[i, j]))
    end
    (a, c.info)
end
potrs!(uplo::Char, a::AbstractMatrix, b::AbstractVecOrMat) = copyto!(b, uplo == 'U' ? UpperTriangular(a) \ (UpperTriangular(a)' \ b) : LowerTriangular(a)' \ (LowerTriangular(a) \ b))
function potri!(uplo::Char, a::AbstractMatrix)
    m = uplo == 'U' ? inv(Matrix(UpperTriangular(a)' * UpperTriangular(a))) : inv(Matrix(LowerTriangular(a) * LowerTriangular(a)'))
    for j in axes(a, 2), i in axes(a, 1)
        (uplo == 'U' ? i <= j : i >= j) && (a[i, j] = m[i, j])
    end
    a
end
function posv!(uplo::Char, a::AbstractMatrix, b::AbstractVecOrMat)
    potrf!(uplo, a)
    (a, potrs!(uplo, a, b))
end
"Row exchanges one after the other, as LAPACK keeps them, of a permutation."
function exchanges(p)
    q, out = collect(1:length(p)), zeros(Int, length(p))
    for k in eachindex(p)
        m = findfirst(==(p[k]), q)
        out[k] = m
        q[k], q[m] = q[m], q[k]
    end
    out
end
function permutation(ipiv, n)
    q = collect(1:n)
    for k in eachindex(ipiv)
        q[k], q[ipiv[k]] = q[ipiv[k]], q[k]
    end
    q
end
function getrf!(a::AbstractMatrix; check::Bool=true)
    f = lu(a; check=false)
    copyto!(a, f.factors)
    (a, exchanges(f.p)[1:min(size(a)...)], f.info)
end
function getrs!(trans::Char, a::AbstractMatrix, ipiv::AbstractVector, b::AbstractVecOrMat)
    f = LinearAlgebra.LU{eltype(a),Matrix{eltype(a)},Vector{Int64}}(Matrix(a), permutation(ipiv, size(a, 1)), 0)
    copyto!(b, trans == 'N' ? f \ b : trans == 'T' ? transpose(f) \ b : adjoint(f) \ b)
end
getri!(a::AbstractMatrix, ipiv::AbstractVector) = copyto!(a, getrs!('N', a, ipiv, Matrix{eltype(a)}(I, size(a)...)))
function gesv!(a::AbstractMatrix, b::AbstractVecOrMat)
    x = lu(a) \ b
    f = getrf!(a)
    (copyto!(b, x), f[1], f[2])
end
function syev!(job::Char, uplo::Char, a::AbstractMatrix)
    e = eigen(half(uplo, a))
    job == 'N' ? e.values : (e.values, copyto!(a, e.vectors))
end
syevd!(job::Char, uplo::Char, a::AbstractMatrix) = syev!(job, uplo, a)
function geev!(left::Char, right::Char, a::AbstractMatrix)
    e = eigen(a)
    (e.values, left == 'V' ? copy(inv(e.vectors)') : zeros(0, 0), right == 'V' ? e.vectors : zeros(0, 0))
end
gesdd!(job::Char, a::AbstractMatrix) = (f = svd(a; full=job == 'A'); (f.U, f.S, f.Vt))
gesvd!(ju::Char, jv::Char, a::AbstractMatrix) = gesdd!(ju, a)
trtrs!(uplo::Char, trans::Char, unit::Char, a::AbstractMatrix, b::AbstractVecOrMat) = copyto!(b, LinearAlgebra.BLAS.solved(uplo, trans, unit, a, b))
trtri!(uplo::Char, unit::Char, a::AbstractMatrix) = copyto!(a, inv(LinearAlgebra.BLAS.triangle(uplo, unit, a)))
gels!(trans::Char, a::AbstractMatrix, b::AbstractVecOrMat) = (x = LinearAlgebra.BLAS.oriented(trans, a) \ b; (a, x, zeros(eltype(b), 0)))
end
end
