# SparseArrays: matrices by compressed columns, vectors by their stored entries. What is stored stays stored, whatever its value.

module SparseArrays
using LinearAlgebra
export AbstractSparseArray, AbstractSparseMatrix, AbstractSparseVector, SparseMatrixCSC, SparseVector, sparse, sparsevec, spzeros, spdiagm,
    nnz, nonzeros, nonzeroinds, rowvals, nzrange, findnz, issparse, dropzeros, dropzeros!, droptol!, fkeep!, permute, sprand, sprandn, blockdiag
public getcolptr

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
Base.IndexStyle(::Type{<:SparseVector}) = IndexLinear()
"How many entries are stored."
nnz(a::Union{SparseMatrixCSC,SparseVector}) = length(a.nzval)
nnz(a::Turned) = nnz(a.parent)
"The stored values themselves: writing to them changes the matrix."
nonzeros(a::Union{SparseMatrixCSC,SparseVector}) = a.nzval
rowvals(a::SparseMatrixCSC) = a.rowval
rowvals(x::SparseVector) = x.nzind
nonzeroinds(x::SparseVector) = x.nzind
getcolptr(a::SparseMatrixCSC) = a.colptr
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
getindex(a::SparseMatrixCSC, ::Colon) = stacked(a)
"All columns one after the other."
stacked(a::SparseMatrixCSC{Tv,Ti}) where {Tv,Ti} = ((rows, cols, values) = findnz(a); SparseVector(a.m * a.n, Ti[(cols[k] - 1) * a.m + rows[k] for k in eachindex(rows)], values))
"A mask stands for the positions where it is true."
positions(i) = i
positions(i::AbstractVector{Bool}) = findall(i)
function getindex(x::SparseVector{Tv,Ti}, at::AbstractVector{<:Integer}) where {Tv,Ti}
    checkbounds(x, at)
    at = positions(at)
    ind, val = Ti[], Tv[]
    for (to, i) in enumerate(at)
        k = placed(x.nzind, i, 1, length(x.nzind))
        k > 0 && (push!(ind, to); push!(val, x.nzval[k]))
    end
    SparseVector(length(at), ind, val)
end
function row(a::SparseMatrixCSC{Tv,Ti}, i, cols) where {Tv,Ti}
    checkbounds(a, i, cols)
    cols = positions(cols)
    ind, val = Ti[], Tv[]
    for (to, j) in enumerate(cols)
        k = place(a, i, j)
        k > 0 && (push!(ind, to); push!(val, a.nzval[k]))
    end
    SparseVector(length(cols), ind, val)
end
function part(a::SparseMatrixCSC{Tv,Ti}, rows, cols) where {Tv,Ti}
    checkbounds(a, rows, cols)
    rows, cols = positions(rows), positions(cols)
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

"Without the stored entries of which `keeps(i, j, v)` is false; `keeps(i, v)` of a vector."
function fkeep!(keeps, a::SparseMatrixCSC)
    rows, cols, values = findnz(a)
    kept = [k for k in eachindex(rows) if keeps(rows[k], cols[k], values[k])]
    copyto!(resize!(a.rowval, length(kept)), rows[kept])
    copyto!(resize!(a.nzval, length(kept)), values[kept])
    for j in 1:a.n+1
        a.colptr[j] = 1 + count(k -> cols[k] < j, kept)
    end
    a
end
function fkeep!(keeps, x::SparseVector)
    kept = [k for k in eachindex(x.nzind) if keeps(x.nzind[k], x.nzval[k])]
    rows, values = x.nzind[kept], x.nzval[kept]
    copyto!(resize!(x.nzind, length(kept)), rows)
    copyto!(resize!(x.nzval, length(kept)), values)
    x
end
LinearAlgebra.tril(a::SparseMatrixCSC, k::Integer=0) = kept(a, (i, j) -> j - i <= k)
LinearAlgebra.triu(a::SparseMatrixCSC, k::Integer=0) = kept(a, (i, j) -> j - i >= k)
kept(a, has) = ((rows, cols, values) = findnz(a); at = [k for k in eachindex(rows) if has(rows[k], cols[k])]; sparse(rows[at], cols[at], values[at], a.m, a.n))
permute(a::SparseMatrixCSC, p::AbstractVector{<:Integer}, q::AbstractVector{<:Integer}) = a[p, q]
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
