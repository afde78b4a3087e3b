# SparseMatrixColorings: columns or rows that do not meet are computed together, and taken apart again by the pattern.
module SparseMatrixColorings
using SparseArrays
import ..ADTypes
import ..ADTypes: AbstractColoringAlgorithm
export GreedyColoringAlgorithm, ColoringProblem, NaturalOrder, LargestFirst, coloring, fast_coloring, column_colors, row_colors, ncolors, column_groups, row_groups, compress, decompress, sparsity_pattern

abstract type AbstractOrder end
"In which order columns are given their colours: as they stand, or those that meet most others first."
struct NaturalOrder <: AbstractOrder end
struct LargestFirst <: AbstractOrder end
struct GreedyColoringAlgorithm{O<:AbstractOrder} <: AbstractColoringAlgorithm
    order::O
end
GreedyColoringAlgorithm(order::AbstractOrder=NaturalOrder(); decompression=:direct, postprocessing=false) = GreedyColoringAlgorithm{typeof(order)}(order)
"Which part of the matrix is coloured."
struct ColoringProblem{structure,partition} end
function ColoringProblem(; structure=:nonsymmetric, partition=:column)
    structure === :nonsymmetric && partition in (:column, :row) || error("colourings of symmetric matrices and in both directions are outside of what there is here")
    ColoringProblem{structure,partition}()
end
struct ColoringResult{partition,S}
    pattern::S
    color::Vector{Int64}
end
sparsity_pattern(r::ColoringResult) = r.pattern
ncolors(r::ColoringResult) = maximum(r.color; init=0)
column_colors(r::ColoringResult{:column}) = r.color
row_colors(r::ColoringResult{:row}) = r.color
column_groups(r::ColoringResult{:column}) = groups(r)
row_groups(r::ColoringResult{:row}) = groups(r)
groups(r) = [findall(==(c), r.color) for c in 1:ncolors(r)]

coloring(A::AbstractMatrix, ::ColoringProblem{:nonsymmetric,:column}, alg) = (S = as_pattern(A); ColoringResult{:column,typeof(S)}(S, colors(S, alg)))
coloring(A::AbstractMatrix, ::ColoringProblem{:nonsymmetric,:row}, alg) = (S = as_pattern(A); ColoringResult{:row,typeof(S)}(S, colors(SparseMatrixCSC(S'), alg)))
fast_coloring(A::AbstractMatrix, q::ColoringProblem, alg) = coloring(A, q, alg).color
as_pattern(A::SparseMatrixCSC) = A
as_pattern(A) = sparse(A)
colors(S, ::AbstractColoringAlgorithm) = collect(1:size(S, 2))
"Each column gets the first colour that no column has which meets it in a row."
function colors(S, alg::GreedyColoringAlgorithm)
    rows = [Int64[] for _ in 1:size(S, 1)]
    for j in 1:size(S, 2), k in nzrange(S, j)
        push!(rows[rowvals(S)[k]], j)
    end
    meeting(j) = [i for k in nzrange(S, j) for i in rows[rowvals(S)[k]]]
    color = zeros(Int64, size(S, 2))
    for j in in_order(alg.order, size(S, 2), meeting)
        taken = Set(color[i] for i in meeting(j) if i != j)
        c = 1
        while c in taken
            c += 1
        end
        color[j] = c
    end
    color
end
in_order(::NaturalOrder, n, meeting) = 1:n
in_order(::LargestFirst, n, meeting) = sort(1:n; by=j -> length(Set(meeting(j))), rev=true)

"The sums of the columns (rows) of each colour."
compress(A, r::ColoringResult{:column}) = stack([vec(sum(A[:, g]; dims=2)) for g in groups(r)])
compress(A, r::ColoringResult{:row}) = stack([vec(sum(A[g, :]; dims=1)) for g in groups(r)]; dims=1)
"The matrix that was compressed."
decompress(B::AbstractMatrix, r::ColoringResult{:column}) = filled(r.pattern, (i, j) -> B[i, r.color[j]], eltype(B))
decompress(B::AbstractMatrix, r::ColoringResult{:row}) = filled(r.pattern, (i, j) -> B[r.color[i], j], eltype(B))
function filled(S, entry, ::Type{T}) where {T}
    values = Vector{T}(undef, nnz(S))
    for j in 1:size(S, 2), k in nzrange(S, j)
        values[k] = entry(rowvals(S)[k], j)
    end
    SparseMatrixCSC(size(S, 1), size(S, 2), copy(S.colptr), copy(S.rowval), values)
end
end
