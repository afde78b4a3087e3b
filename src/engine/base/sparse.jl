# SparseArrays: matrices by compressed columns, vectors by their stored entries. What is stored stays stored, whatever its value.

module SparseArrays
using LinearAlgebra
export AbstractSparseArray, AbstractSparseMatrix, AbstractSparseVector, SparseMatrixCSC, SparseVector, sparse, sparsevec, spzeros, spdiagm,
    nnz, nonzeros, nonzeroinds, rowvals, nzrange, findnz, issparse, dropzeros, dropzeros!, droptol!, sprand, sprandn, blockdiag

abstract type AbstractSparseArray{Tv,Ti,N} <: AbstractArray{Tv,N} end
const AbstractSparseMatrix{Tv,Ti} = AbstractSparseArray{Tv,Ti,2}
const AbstractSparseVector{Tv,Ti} = AbstractSparseArray{Tv,Ti,1}
"Column `j` has the rows `rowval[k]` with the values `nzval[k]` for `k` from `colptr[j]` to `colptr[j+1] - 1`, in ascending order."
struct SparseMatrixCSC{Tv,Ti<:Integer} <: AbstractSparseArray{Tv,Ti,2}
    m::Int64
    n::Int64
    colptr::Vector{Ti}
    rowval::Vector{Ti}
    nzval::Vector{Tv}
end
SparseMatrixCSC(m::Integer, n::Integer, colptr::Vector{Ti}, rowval::Vector{Ti}, nzval::Vector{Tv}) where {Tv,Ti} =
    SparseMatrixCSC{Tv,Ti}(m, n, colptr, rowval, nzval)
"The entry at `nzind[k]` is `nzval[k]`."
struct SparseVector{Tv,Ti<:Integer} <: AbstractSparseArray{Tv,Ti,1}
    n::Int64
    nzind::Vector{Ti}
    nzval::Vector{Tv}
end
SparseVector(n::Integer, nzind::Vector{Ti}, nzval::Vector{Tv}) where {Tv,Ti} = SparseVector{Tv,Ti}(n, nzind, nzval)
const Turned{T} = Union{Adjoint{T,<:SparseMatrixCSC},Transpose{T,<:SparseMatrixCSC}}

size(a::SparseMatrixCSC) = (a.m, a.n)
size(x::SparseVector) = (x.n,)
"How many entries are stored."
nnz(a::Union{SparseMatrixCSC,SparseVector}) = length(a.nzval)
nnz(a::Turned) = nnz(a.parent)
"The stored values themselves: writing to them changes the matrix."
nonzeros(a::Union{SparseMatrixCSC,SparseVector}) = a.nzval
rowvals(a::SparseMatrixCSC) = a.rowval
nonzeroinds(x::SparseVector) = x.nzind
"Where the entries of column `j` are stored."
nzrange(a::SparseMatrixCSC, j::Integer) = a.colptr[j]:a.colptr[j+1]-1
issparse(a) = false
issparse(a::Union{AbstractSparseArray,Turned}) = true
"Rows, columns and values of the stored entries, column by column."
function findnz(a::SparseMatrixCSC{Tv,Ti}) where {Tv,Ti}
    cols = Array{Ti,1}(undef, nnz(a))
    for j in 1:a.n, k in nzrange(a, j)
        cols[k] = j
    end
    (copy(a.rowval), cols, copy(a.nzval))
end
findnz(x::SparseVector) = (copy(x.nzind), copy(x.nzval))

"Where row `i` of column `j` is stored, or would be: then negative."
function place(a::SparseMatrixCSC, i::Int64, j::Int64)
    low, high = a.colptr[j], a.colptr[j+1] - 1
    placed(a.rowval, i, low, high)
end
function placed(rows, i, low, high)
    while low <= high
        mid = (low + high) >> 1
        r = rows[mid]
        r == i && return mid
        if r < i
            low = mid + 1
        else
            high = mid - 1
        end
    end
    -low
end
__get(a::SparseMatrixCSC{T}, i::Int64, j::Int64) where {T} = (k = place(a, i, j); k > 0 ? a.nzval[k] : zero(T))
__get(x::SparseVector{T}, i::Int64) where {T} = (k = placed(x.nzind, i, 1, length(x.nzind)); k > 0 ? x.nzval[k] : zero(T))
getindex(a::SparseMatrixCSC, i::Int64, j::Int64) = (Base.__check_scalar_indices(a, (i, j)); __get(a, i, j))
getindex(x::SparseVector, i::Int64) = (checkbounds(x, i); __get(x, i))
function setindex!(a::SparseMatrixCSC{T}, v, i::Int64, j::Int64) where {T}
    Base.__check_scalar_indices(a, (i, j))
    k = place(a, i, j)
    if k > 0
        a.nzval[k] = v
    elseif !iszero(v)
        insert!(a.rowval, -k, i)
        insert!(a.nzval, -k, convert(T, v))
        for c in j+1:a.n+1
            a.colptr[c] += 1
        end
    end
    a
end
__set(a::SparseMatrixCSC, v, i::Int64, j::Int64) = setindex!(a, v, i, j)
function setindex!(x::SparseVector{T}, v, i::Int64) where {T}
    checkbounds(x, i)
    k = placed(x.nzind, i, 1, length(x.nzind))
    if k > 0
        x.nzval[k] = v
    elseif !iszero(v)
        insert!(x.nzind, -k, i)
        insert!(x.nzval, -k, convert(T, v))
    end
    x
end
__set(x::SparseVector, v, i::Int64) = setindex!(x, v, i)
getindex(a::SparseMatrixCSC, ::Colon, j::Int64) = (r = nzrange(a, j); SparseVector(a.m, a.rowval[r], a.nzval[r]))
getindex(a::SparseMatrixCSC, i::Int64, ::Colon) = row(a, i, 1:a.n)
getindex(a::SparseMatrixCSC, i::Int64, cols::AbstractVector{<:Integer}) = row(a, i, cols)
getindex(a::SparseMatrixCSC, rows::AbstractVector{<:Integer}, j::Int64) = a[rows, [j]][:, 1]
getindex(a::SparseMatrixCSC, ::Colon, ::Colon) = copy(a)
getindex(a::SparseMatrixCSC, ::Colon, cols::AbstractVector{<:Integer}) = part(a, 1:a.m, cols)
getindex(a::SparseMatrixCSC, rows::AbstractVector{<:Integer}, ::Colon) = part(a, rows, 1:a.n)
getindex(a::SparseMatrixCSC, rows::AbstractVector{<:Integer}, cols::AbstractVector{<:Integer}) = part(a, rows, cols)
getindex(x::SparseVector, ::Colon) = copy(x)
function getindex(x::SparseVector{Tv,Ti}, at::AbstractVector{<:Integer}) where {Tv,Ti}
    ind, val = Ti[], Tv[]
    for (to, i) in enumerate(at)
        checkbounds(x, i)
        k = placed(x.nzind, i, 1, length(x.nzind))
        k > 0 && (push!(ind, to); push!(val, x.nzval[k]))
    end
    SparseVector(length(at), ind, val)
end
function row(a::SparseMatrixCSC{Tv,Ti}, i, cols) where {Tv,Ti}
    1 <= i <= a.m || Base.__out_of_bounds(a, (i, cols))
    ind, val = Ti[], Tv[]
    for (to, j) in enumerate(cols)
        k = place(a, i, j)
        k > 0 && (push!(ind, to); push!(val, a.nzval[k]))
    end
    SparseVector(length(cols), ind, val)
end
function part(a::SparseMatrixCSC{Tv,Ti}, rows, cols) where {Tv,Ti}
    checkbounds(a, rows, cols)
    colptr, rowval, val = Ti[1], Ti[], Tv[]
    for j in cols
        for (to, i) in enumerate(rows)
            k = place(a, i, j)
            k > 0 && (push!(rowval, to); push!(val, a.nzval[k]))
        end
        push!(colptr, length(val) + 1)
    end
    SparseMatrixCSC(length(rows), length(cols), colptr, rowval, val)
end

# Making them.
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
sprand(m::Integer, n::Integer, p::Real) = drawn(rand, m, n, p)
sprandn(m::Integer, n::Integer, p::Real) = drawn(randn, m, n, p)
sprand(n::Integer, p::Real) = drawn(rand, n, 1, p)[:, 1]
function drawn(draw, m, n, p)
    at = [(i, j) for i in 1:m, j in 1:n if rand() < p]
    sparse(Int64[i for (i, j) in at], Int64[j for (i, j) in at], Float64[draw() for _ in at], m, n)
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

# With other values in the same places.
valued(a::SparseMatrixCSC, v) = SparseMatrixCSC(a.m, a.n, copy(a.colptr), copy(a.rowval), v)
valued(x::SparseVector, v) = SparseVector(x.n, copy(x.nzind), v)
const Stored = Union{SparseMatrixCSC,SparseVector}
-(a::Stored) = valued(a, -a.nzval)
*(x::Number, a::Stored) = valued(a, x * a.nzval)
*(a::Stored, x::Number) = valued(a, a.nzval * x)
/(a::Stored, x::Number) = valued(a, a.nzval / x)
conj(a::Stored) = valued(a, conj(a.nzval))
real(a::Stored) = valued(a, real(a.nzval))
float(a::Stored) = valued(a, float(a.nzval))
convert(::Type{SparseMatrixCSC{T,Int64}}, a::SparseMatrixCSC) where {T} = valued(a, convert(Vector{T}, a.nzval))

"`a` and `b` entry by entry, where either has something stored."
function both(f, a::SparseMatrixCSC{S}, b::SparseMatrixCSC{T}) where {S,T}
    size(a) == size(b) || Base.__size_error("a and b must have the same size, ", size(a), " and ", size(b))
    R = Base.__return_type(f, S, T)
    colptr, rowval, val = Int64[1], Int64[], R[]
    for j in 1:a.n
        p, q = a.colptr[j], b.colptr[j]
        while p < a.colptr[j+1] || q < b.colptr[j+1]
            r = p < a.colptr[j+1] ? a.rowval[p] : a.m + 1
            s = q < b.colptr[j+1] ? b.rowval[q] : a.m + 1
            push!(rowval, min(r, s))
            push!(val, f(r <= s ? a.nzval[p] : zero(S), s <= r ? b.nzval[q] : zero(T)))
            r <= s && (p += 1)
            s <= r && (q += 1)
        end
        push!(colptr, length(val) + 1)
    end
    SparseMatrixCSC(a.m, a.n, colptr, rowval, val)
end
both(f, x::SparseVector, y::SparseVector) = both(f, column(x), column(y))[:, 1]
column(x::SparseVector) = SparseMatrixCSC(x.n, 1, [1, length(x.nzind) + 1], x.nzind, x.nzval)
+(a::SparseMatrixCSC, b::SparseMatrixCSC) = both(+, a, b)
-(a::SparseMatrixCSC, b::SparseMatrixCSC) = both(-, a, b)
+(a::SparseVector, b::SparseVector) = both(+, a, b)
-(a::SparseVector, b::SparseVector) = both(-, a, b)
+(a::SparseMatrixCSC, s::UniformScaling) = a + sparse(s, a.m, a.n)
-(a::SparseMatrixCSC, s::UniformScaling) = a - sparse(s, a.m, a.n)
+(s::UniformScaling, a::SparseMatrixCSC) = sparse(s, a.m, a.n) + a
-(s::UniformScaling, a::SparseMatrixCSC) = sparse(s, a.m, a.n) - a
==(a::SparseMatrixCSC, b::SparseMatrixCSC) = size(a) == size(b) && all(iszero, nonzeros(a - b))

# Products.
function *(a::SparseMatrixCSC{S}, x::AbstractVector{T}) where {S,T}
    a.n == length(x) || Base.__inner_mismatch(a, x)
    out = zeros(Base.__product_type(S, T), a.m)
    for j in 1:a.n
        xj = x[j]
        for k in nzrange(a, j)
            out[a.rowval[k]] += a.nzval[k] * xj
        end
    end
    out
end
function *(a::SparseMatrixCSC{S}, b::AbstractMatrix{T}) where {S,T}
    a.n == size(b, 1) || Base.__inner_mismatch(a, b)
    out = zeros(Base.__product_type(S, T), a.m, size(b, 2))
    for c in 1:size(b, 2), j in 1:a.n
        x = b[j, c]
        for k in nzrange(a, j)
            out[a.rowval[k], c] += a.nzval[k] * x
        end
    end
    out
end
function *(b::AbstractMatrix{T}, a::SparseMatrixCSC{S}) where {S,T}
    size(b, 2) == a.m || Base.__inner_mismatch(b, a)
    out = zeros(Base.__product_type(T, S), size(b, 1), a.n)
    for j in 1:a.n, k in nzrange(a, j), i in 1:size(b, 1)
        out[i, j] += b[i, a.rowval[k]] * a.nzval[k]
    end
    out
end
"Column by column, the columns of `a` that a column of `b` names are added up."
function *(a::SparseMatrixCSC{S}, b::SparseMatrixCSC{T}) where {S,T}
    a.n == b.m || Base.__inner_mismatch(a, b)
    R = Base.__product_type(S, T)
    colptr, rowval, val = Int64[1], Int64[], R[]
    for j in 1:b.n
        sums, used = zeros(R, a.m), fill(false, a.m)
        for q in nzrange(b, j), p in nzrange(a, b.rowval[q])
            i = a.rowval[p]
            sums[i] += a.nzval[p] * b.nzval[q]
            used[i] = true
        end
        for i in 1:a.m
            used[i] && (push!(rowval, i); push!(val, sums[i]))
        end
        push!(colptr, length(val) + 1)
    end
    SparseMatrixCSC(a.m, b.n, colptr, rowval, val)
end
*(a::SparseMatrixCSC, x::SparseVector) = (a * column(x))[:, 1]
*(a::Turned, x::AbstractVector) = turned_product(a, x)
*(a::Turned, x::AbstractMatrix) = reduce(hcat, [turned_product(a, x[:, c]) for c in 1:size(x, 2)])
*(a::Turned, b::SparseMatrixCSC) = sparse(a) * b
*(a::SparseMatrixCSC, b::Turned) = a * sparse(b)
*(a::Turned, b::Turned) = sparse(a) * sparse(b)
*(a::AbstractMatrix, b::Turned) = a * sparse(b)
*(x::Adjoint{T,<:AbstractVector}, a::SparseMatrixCSC) where {T} = adjoint(turned_product(adjoint(a), x.parent))
*(x::Transpose{T,<:AbstractVector}, a::SparseMatrixCSC) where {T} = transpose(turned_product(transpose(a), x.parent))
*(d::Diagonal, a::SparseMatrixCSC) = sparse(d) * a
*(a::SparseMatrixCSC, d::Diagonal) = a * sparse(d)
function turned_product(a::Turned{S}, x::AbstractVector{T}) where {S,T}
    p = a.parent
    p.m == length(x) || Base.__inner_mismatch(a, x)
    out = zeros(Base.__product_type(S, T), p.n)
    for j in 1:p.n
        acc = zero(eltype(out))
        for k in nzrange(p, j)
            acc += (a isa Adjoint ? adjoint(p.nzval[k]) : p.nzval[k]) * x[p.rowval[k]]
        end
        out[j] = acc
    end
    out
end
mul!(y::AbstractVector, a::Union{SparseMatrixCSC,Turned}, x::AbstractVector) = copyto!(y, a * x)
mul!(y::AbstractVector, a::Union{SparseMatrixCSC,Turned}, x::AbstractVector, α::Number, β::Number) = (y .= α .* (a * x) .+ β .* y; y)
mul!(y::AbstractMatrix, a::Union{SparseMatrixCSC,Turned}, x::AbstractMatrix) = copyto!(y, a * x)
mul!(y::AbstractMatrix, a::Union{SparseMatrixCSC,Turned}, x::AbstractMatrix, α::Number, β::Number) = (y .= α .* (a * x) .+ β .* y; y)
dot(x::AbstractVector, a::SparseMatrixCSC, y::AbstractVector) = dot(x, a * y)
dot(x::SparseVector, y::AbstractVector) = sum(k -> conj(x.nzval[k]) * y[x.nzind[k]], 1:length(x.nzind); init=zero(eltype(x)) * zero(eltype(y)))
function turned(f, a::SparseMatrixCSC)
    I, J, V = findnz(a)
    sparse(J, I, map(f, V), a.n, a.m)
end
copy(a::Adjoint{T,<:SparseMatrixCSC}) where {T} = sparse(a)
copy(a::Transpose{T,<:SparseMatrixCSC}) where {T} = sparse(a)
permutedims(a::SparseMatrixCSC) = turned(identity, a)
function kron(a::SparseMatrixCSC, b::SparseMatrixCSC)
    (I, J, V), (K, L, W) = findnz(a), findnz(b)
    sparse([(i - 1) * b.m + k for k in K, i in I][:], [(j - 1) * b.n + l for l in L, j in J][:], [v * w for w in W, v in V][:], a.m * b.m, a.n * b.n)
end
"Solved with the dense matrix."
\(a::SparseMatrixCSC, b::AbstractVecOrMat) = Matrix(a) \ b
\(a::Turned, b::AbstractVecOrMat) = Matrix(a) \ b
lu(a::SparseMatrixCSC) = lu(Matrix(a))
cholesky(a::SparseMatrixCSC) = cholesky(Matrix(a))
det(a::SparseMatrixCSC) = det(Matrix(a))
logdet(a::SparseMatrixCSC) = logdet(Matrix(a))
tr(a::SparseMatrixCSC) = sum(i -> __get(a, i, i), 1:a.n; init=zero(eltype(a)))
sum(a::Stored; dims=:) = dims isa Colon ? sum(a.nzval; init=zero(eltype(a))) : sum(Array(a); dims=dims)
norm(a::Stored) = norm(a.nzval)
iszero(a::Stored) = all(iszero, a.nzval)
map(f, a::Stored) = materialize(broadcasted(f, a))
hcat(a::SparseMatrixCSC, rest::SparseMatrixCSC...) = joined((a, rest...), 2)
vcat(a::SparseMatrixCSC, rest::SparseMatrixCSC...) = joined((a, rest...), 1)
function joined(ms, d)
    parts = map(findnz, ms)
    ends = cumsum(Int64[0, map(a -> size(a, d), ms)...])
    places = map(i -> reduce(vcat, [parts[k][i] .+ (i == d ? ends[k] : 0) for k in 1:length(ms)]), (1, 2))
    sparse(places[1], places[2], reduce(vcat, map(p -> p[3], parts)), d == 1 ? last(ends) : ms[1].m, d == 2 ? last(ends) : ms[1].n)
end

# Dotted calls give sparse arrays: of what is stored if zeros stay zeros, of everything otherwise.
Base.__bc_style(x::AbstractSparseArray) = 3
__materialize(::Val{3}, b) = broadcast_sparse(b, b.args)
broadcast_sparse(b, args::Tuple{Stored}) = kept_zero(b.f(zero(eltype(args[1])))) ? valued(args[1], map(b.f, args[1].nzval)) : every(b)
broadcast_sparse(b, args::Tuple{Stored,Number}) =
    kept_zero(b.f(zero(eltype(args[1])), args[2])) ? valued(args[1], map(x -> b.f(x, args[2]), args[1].nzval)) : every(b)
broadcast_sparse(b, args::Tuple{Number,Stored}) =
    kept_zero(b.f(args[1], zero(eltype(args[2])))) ? valued(args[2], map(x -> b.f(args[1], x), args[2].nzval)) : every(b)
broadcast_sparse(b, args::Tuple{SparseMatrixCSC,SparseMatrixCSC}) = of_both(b, args...)
broadcast_sparse(b, args::Tuple{SparseVector,SparseVector}) = of_both(b, args...)
broadcast_sparse(b, args::Tuple) = every(b)
kept_zero(x) = x isa Number && iszero(x)
of_both(b, x, y) = size(x) == size(y) && kept_zero(b.f(zero(eltype(x)), zero(eltype(y)))) ? shared(b.f, both(b.f, x, y)) : every(b)
shared(f, a) = a
"A product is zero where either factor has nothing stored."
shared(::typeof(*), a) = dropzeros(a)
every(b) = stored_whole(__materialize(Val(2), b))
stored_whole(a::AbstractMatrix) = (m = size(a, 1); n = size(a, 2); SparseMatrixCSC(m, n, collect(1:m:m*n+1), repeat(1:m, n), vec(a)))
stored_whole(x::AbstractVector) = SparseVector(length(x), collect(1:length(x)), x)

show(io::IO, a::SparseMatrixCSC) =
    (parts = findnz(a); print(io, "sparse(", repr(parts[1]), ", ", repr(parts[2]), ", ", repr(parts[3]), ", ", a.m, ", ", a.n, ")"))
show(io::IO, a::Adjoint{T,<:SparseMatrixCSC}) where {T} = print(io, "adjoint(", repr(a.parent), ")")
show(io::IO, a::Transpose{T,<:SparseMatrixCSC}) where {T} = print(io, "transpose(", repr(a.parent), ")")
show(io::IO, x::SparseVector) = print(io, "sparsevec(", repr(x.nzind), ", ", repr(x.nzval), ", ", x.n, ")")
function show(io::IO, ::MIME"text/plain", x::SparseVector)
    print(io, summary(x), " with ", nnz(x), " stored ", nnz(x) == 1 ? "entry" : "entries", nnz(x) == 0 ? "" : ":")
    width = ndigits(max(x.n, 1))
    for k in 1:nnz(x)
        print(io, "\n  [", lpad(string(x.nzind[k]), width), "]  =  ", x.nzval[k])
    end
end
end
