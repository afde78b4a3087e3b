# Sparse arrays from entries, from dense ones, from diagonals, from chance; and without entries that are not wanted.

module SparseArrays

"The matrix with `V[k]` at row `I[k]` and column `J[k]`; what falls on one place is put together by `combine`."
sparse(I::AbstractVector, J::AbstractVector, V, m=nothing, n=nothing) = sparse(I, J, V, m, n, eltype(V) <: Bool ? (|) : (+))
function sparse(I::AbstractVector, J::AbstractVector, V, m, n, combine)
    vals = V isa Number ? fill(V, length(I)) : V
    length(I) == length(J) == length(vals) || Base.__argument_error("the lengths of I, J and V must match: ", length(I), ", ", length(J), ", ", length(vals))
    assembled(I, J, vals, m === nothing ? maximum(I; init=0) : m, n === nothing ? maximum(J; init=0) : n, combine)
end
function assembled(I, J, vals::AbstractVector{Tv}, m, n, combine) where {Tv}
    for k in 1:length(I)
        1 <= I[k] <= m || Base.__argument_error("row indices I[k] must satisfy 1 <= I[k] <= m")
        1 <= J[k] <= n || Base.__argument_error("column indices J[k] must satisfy 1 <= J[k] <= n")
    end
    order = sortperm([(J[k] - 1) * m + I[k] for k in 1:length(I)])
    colptr, rowval, at = zeros(Int64, n + 1), Int64[], zeros(Int64, length(I))
    colptr[1] = 1
    before = (0, 0)
    for k in order
        here = (J[k], I[k])
        if here != before
            push!(rowval, I[k])
            colptr[J[k]+1] += 1
        end
        at[k] = length(rowval)
        before = here
    end
    for j in 1:n
        colptr[j+1] += colptr[j]
    end
    nzval = Array{Tv,1}(undef, length(rowval))
    filled = fill(false, length(rowval))
    for k in 1:length(I)
        s = at[k]
        nzval[s] = filled[s] ? combine(nzval[s], vals[k]) : vals[k]
        filled[s] = true
    end
    SparseMatrixCSC(m, n, colptr, rowval, nzval)
end
"The entries of a matrix that are not zero."
function sparse(a::AbstractMatrix{T}) where {T}
    m, n = size(a)
    colptr, rowval, val = Int64[1], Int64[], T[]
    for j in 1:n
        for i in 1:m
            x = a[i, j]
            iszero(x) || (push!(rowval, i); push!(val, x))
        end
        push!(colptr, length(val) + 1)
    end
    SparseMatrixCSC(m, n, colptr, rowval, val)
end
sparse(a::SparseMatrixCSC) = copy(a)
sparse(a::Adjoint{T,<:SparseMatrixCSC}) where {T} = turned(adjoint, a.parent)
sparse(a::Transpose{T,<:SparseMatrixCSC}) where {T} = turned(transpose, a.parent)
sparse(s::UniformScaling, m::Integer, n::Integer=m) = (k = min(m, n); sparse(1:k, 1:k, fill(s.λ, k), m, n))
sparse(s::UniformScaling, dims::Tuple) = sparse(s, dims...)
sparse(x::AbstractVector) = sparsevec(x)
SparseMatrixCSC(a::AbstractMatrix) = sparse(a)
SparseMatrixCSC{T}(a::AbstractMatrix) where {T} = (s = sparse(a); SparseMatrixCSC(s.m, s.n, s.colptr, s.rowval, convert(Vector{T}, s.nzval)))
SparseMatrixCSC{T,Int64}(a::AbstractMatrix) where {T} = SparseMatrixCSC{T}(a)
SparseMatrixCSC{T,Int64}(s::UniformScaling, m::Integer, n::Integer) where {T} = sparse(UniformScaling(convert(T, s.λ)), m, n)
SparseMatrixCSC(s::UniformScaling, m::Integer, n::Integer) = sparse(s, m, n)
SparseVector(x::AbstractVector) = sparsevec(x)
sparsevec(x::SparseVector) = copy(x)
sparsevec(x::AbstractVector) = (at = findall(!iszero, x); SparseVector(length(x), at, x[at]))
sparsevec(I::AbstractVector, V, n=maximum(I; init=0), combine=(+)) = sparse(I, fill(1, length(I)), V, n, 1, combine)[:, 1]
sparsevec(d::AbstractDict, n=maximum(keys(d); init=0)) = sparsevec(collect(keys(d)), collect(values(d)), n)
spzeros(m::Integer, n::Integer) = spzeros(Float64, m, n)
spzeros(::Type{T}, m::Integer, n::Integer) where {T} = SparseMatrixCSC(m, n, fill(1, n + 1), Int64[], T[])
spzeros(n::Integer) = spzeros(Float64, n)
spzeros(::Type{T}, n::Integer) where {T} = SparseVector(n, Int64[], T[])
"The matrix with `v` on diagonal `k`, for each `k => v`."
spdiagm(v::AbstractVector) = spdiagm(0 => v)
spdiagm(pairs::Pair{<:Integer,<:AbstractVector}...) = (n = maximum(p -> length(p.second) + abs(p.first), pairs); spdiagm(n, n, pairs...))
spdiagm(m::Integer, n::Integer, v::AbstractVector) = spdiagm(m, n, 0 => v)
function spdiagm(m::Integer, n::Integer, pairs::Pair{<:Integer,<:AbstractVector}...)
    rows = reduce(vcat, map(p -> collect(1:length(p.second)) .+ max(-p.first, 0), pairs))
    cols = reduce(vcat, map(p -> collect(1:length(p.second)) .+ max(p.first, 0), pairs))
    sparse(rows, cols, reduce(vcat, map(p -> collect(p.second), pairs)), m, n)
end
"A matrix whose elements are there with probability `p`, and then drawn."
sprand(m::Integer, n::Integer, p::Real) = sprand(Random.default_rng(), m, n, p)
sprandn(m::Integer, n::Integer, p::Real) = sprandn(Random.default_rng(), m, n, p)
sprand(n::Integer, p::Real) = sprand(Random.default_rng(), n, p)
sprandn(n::Integer, p::Real) = sprandn(Random.default_rng(), n, p)
sprand(rng::AbstractRNG, m::Integer, n::Integer, p::Real) = drawn(rand, rng, m, n, p)
sprandn(rng::AbstractRNG, m::Integer, n::Integer, p::Real) = drawn(randn, rng, m, n, p)
sprand(rng::AbstractRNG, n::Integer, p::Real) = drawn(rand, rng, n, 1, p)[:, 1]
sprandn(rng::AbstractRNG, n::Integer, p::Real) = drawn(randn, rng, n, 1, p)[:, 1]
function drawn(draw, rng, m, n, p)
    at = [(i, j) for i in 1:m, j in 1:n if rand(rng) < p]
    sparse(Int64[i for (i, j) in at], Int64[j for (i, j) in at], Float64[draw(rng) for _ in at], m, n)
end
"The matrices along a diagonal."
function blockdiag(ms::SparseMatrixCSC...)
    parts = map(findnz, ms)
    below, right = cumsum(Int64[0, map(a -> a.m, ms)...]), cumsum(Int64[0, map(a -> a.n, ms)...])
    sparse(reduce(vcat, [parts[k][1] .+ below[k] for k in 1:length(ms)]), reduce(vcat, [parts[k][2] .+ right[k] for k in 1:length(ms)]),
        reduce(vcat, map(p -> p[3], parts)), last(below), last(right))
end
copy(a::SparseMatrixCSC) = SparseMatrixCSC(a.m, a.n, copy(a.colptr), copy(a.rowval), copy(a.nzval))
copy(x::SparseVector) = SparseVector(x.n, copy(x.nzind), copy(x.nzval))
similar(a::SparseMatrixCSC, ::Type{T}=eltype(a)) where {T} = SparseMatrixCSC(a.m, a.n, copy(a.colptr), copy(a.rowval), similar(a.nzval, T))
similar(a::SparseMatrixCSC, ::Type{T}, dims::Tuple{Int64,Int64}) where {T} = spzeros(T, dims...)
zero(a::SparseMatrixCSC{T}) where {T} = spzeros(T, a.m, a.n)
zero(x::SparseVector{T}) where {T} = spzeros(T, x.n)
"Without the stored zeros."
dropzeros(a) = kept(!iszero, a)
dropzeros!(a) = becomes(a, kept(!iszero, a))
droptol!(a, tol) = becomes(a, kept(x -> abs(x) > tol, a))
function kept(p, a::SparseMatrixCSC)
    I, J, V = findnz(a)
    at = findall(p, V)
    sparse(I[at], J[at], V[at], a.m, a.n)
end
kept(p, x::SparseVector) = (at = findall(p, x.nzval); SparseVector(x.n, x.nzind[at], x.nzval[at]))
becomes(a::SparseMatrixCSC, b) = (copyto!(a.colptr, b.colptr); copy!(a.rowval, b.rowval); copy!(a.nzval, b.nzval); a)
becomes(x::SparseVector, y) = (copy!(x.nzind, y.nzind); copy!(x.nzval, y.nzval); x)

end
